// The review page: a list, a figure with its slots, its text; one key for each decision, which is on disk before it shows.

import { all, ask, byId, clean, make, speak, t, trouble, words } from "./common.js";
import * as text from "./text.js";

const run = decodeURIComponent(location.pathname.split("/")[2]);
const at = (path) => `/api/runs/${encodeURIComponent(run)}${path}`;
const asked = new URLSearchParams(location.search);
const [card, rowsPlace] = ["card", "rows"].map(byId);
const SIGNS = { accepted: "✓", fixed: "✎", rejected: "✗", disputed: "⇄", again: "!", answered: "?" };
const SHOWN = ["open", "all", "mine", "disputed", "again", "rejected", "added"];
const LONG = 60; // characters of a cell
const NEAR = 12; // figures shown beside the one in view
const COLUMNS = ["state", "subject", "indicator", "period", "value", "measure", "base_of", "sure"];

let who = "";
let rows = []; // the list as it stands, decided ones in it
let count = 0;
let figure = null; // the card in view
let draft = null; // a figure that is being added
let number = 0; // the last decision that we have heard of
let writing = Promise.resolve();

// ---- what the server knows

const lang = () => ({ lang: words.lang });
const chosen = () => ({
  who, ...lang(), show: byId("show").value, order: byId("order").value, article: byId("article").value,
  words: byId("search").value, incidental: byId("incidental").checked,
});

async function list({ more = false } = {}) {
  const offset = more ? rows.length : 0;
  const found = await ask(at("/rows"), { query: { ...chosen(), offset, limit: more ? 200 : 100 } });
  const known = new Set(more ? rows.map((r) => r.id) : []);
  rows = [...(more ? rows : []), ...found.rows.filter((r) => !known.has(r.id))];
  count = found.count;
  progress(found.progress);
  number = Math.max(number, found.progress.number);
  draw();
}

function progress(said) {
  const bar = byId("progress");
  bar.max = Math.max(1, said.figures);
  bar.value = said.done;
  const pace = said.pace === null ? "" : ` · ${t("pace", said.pace)}`;
  byId("counted").textContent = t("progress", said.done, said.figures, said.mine) + pace;
}

function saying(state, message = "") {
  const place = byId("said");
  place.className = state;
  place.textContent = clean(message || (state === "saved" ? t("saved") : state === "saving" ? t("saving") : ""));
}

/** Count what is still to be done; the page says how much that is. */
function busy(by) {
  document.body.dataset.busy = Number(document.body.dataset.busy ?? 0) + by;
}

/** Do one thing after the other, in the order of the keys; what fails says so and leaves everything as it was. */
function inTurn(act) {
  busy(1);
  writing = writing.then(async () => {
    try {
      await act();
    } catch (fault) {
      saying("failed", t("failed"));
      trouble(fault.message);
      if (fault.code === "changed" && figure) await open(figure.id).catch(() => {});
    }
    busy(-1);
  });
  return writing;
}

async function write(path, method, body) {
  saying("saving");
  const answer = await ask(at(path), { method, body, query: lang() });
  trouble("");
  saying("saved");
  progress(answer.progress);
  number = Math.max(number, answer.progress.number);
  if (answer.card) renewRow(answer.card);
  return answer;
}

// ---- the list

function cells(row) {
  const value = row.value ? `${row.printed} → ${row.value}` : row.printed;
  const sure = row.confidence === null ? "–" : `${Math.round(row.confidence * 100)}%`;
  const taken = (slot) => (row.taken.includes(slot) ? "taken" : "");
  return [
    [SIGNS[row.state] ?? "", "state"], [row.subject, taken("subject")], [row.indicator, taken("indicator")],
    [row.period, taken("period")], [value, "number"], [row.measure, "short"], [row.against, ""], [sure, "number"],
  ].map(([said, kind]) => make("td", { text: said.length > LONG ? `${said.slice(0, LONG)}…` : said, kind }));
}

function rowElement(row) {
  const made = make("tr", { kind: `${row.state} ${row.target ? "target" : ""} ${row.id === figure?.id ? "on" : ""}`, children: cells(row) });
  made.dataset.id = row.id;
  made.title = t("state_head") + ": " + (words.state[row.state] ?? row.state);
  return made;
}

function draw() {
  rowsPlace.replaceChildren(...rows.map(rowElement));
  byId("more").hidden = rows.length >= count;
  byId("more").textContent = t("more", count - rows.length);
  const empty = byId("empty");
  empty.hidden = rows.length > 0;
  if (!rows.length) {
    const everything = make("button", { text: t("done_all"), type: "button" });
    everything.onclick = () => {
      byId("show").value = "all";
      inTurn(() => list().then(first));
    };
    empty.replaceChildren(t("done"), byId("show").value === "all" ? "" : everything);
  }
}

function renewRow(row) {
  const n = rows.findIndex((r) => r.id === row.id);
  text.colour(row.id, row.state);
  if (n < 0) return;
  rows[n] = row;
  const old = rowsPlace.children[n];
  if (old) old.replaceWith(rowElement(row));
}

const waits = (row) => row.state === "open" || row.state === "again" || row.state === "answered" || row.state === "disputed";

// ---- the figure in view

async function open(id, { scroll = true } = {}) {
  figure = await ask(at(`/figures/${encodeURIComponent(id)}`), { query: { who, ...lang() } });
  draft = null;
  for (const old of all("tr.on", rowsPlace)) old.classList.remove("on");
  const row = rowsPlace.querySelector(`[data-id="${CSS.escape(id)}"]`);
  row?.classList.add("on");
  row?.scrollIntoView({ block: "center" });
  drawCard();
  await text.show(figure);
  if (scroll) card.scrollTop = 0;
  history.replaceState(null, "", `#${id}`);
}

async function first() {
  const linked = decodeURIComponent(location.hash.slice(1));
  if (linked && !rows.some((r) => r.id === linked)) {
    const there = await open(linked).then(() => true, () => false);
    if (there) return;
  }
  const start = rows.find((r) => r.id === linked) ?? rows.find((r) => byId("show").value !== "open" || waits(r)) ?? rows[0];
  if (start) await open(start.id);
  else {
    figure = null;
    card.replaceChildren(make("p", { text: t("done"), kind: "hint" }));
  }
}

/** Go to the next figure that waits; the list is asked for anew at its end. */
async function onward() {
  const here = rows.findIndex((r) => r.id === figure?.id);
  const fresh = (row) => waits(row) && !decided.has(row.id);
  let next = rows.slice(here + 1).find(fresh);
  if (!next && rows.length < count) {
    await list({ more: true });
    next = rows.slice(here + 1).find(fresh);
  }
  if (!next) {
    await list();
    next = rows.find(fresh);
  }
  if (next) await open(next.id);
  else if (figure) await open(figure.id);
}

async function step(by) {
  const here = rows.findIndex((r) => r.id === figure?.id);
  const next = rows[Math.max(0, Math.min(rows.length - 1, here + by))];
  if (next && next.id !== figure?.id) await open(next.id);
}

const decided = new Set(); // what this reviewer has judged since the page was opened

function said(verb, { fixes = figure.mine.fixes, note = figure.mine.note } = {}) {
  const id = figure.id;
  return write(`/figures/${encodeURIComponent(id)}`, "PUT", { who, verb, fixes, note, row: figure.row }).then((answer) => {
    if (verb === "undo" || verb === "note") decided.delete(id);
    else decided.add(id);
    figure = answer.card;
    return answer;
  });
}

const keep = () => (Object.keys(figure.mine.fixes).length && figure.mine.verb !== "reject" ? "fix" : "accept");

/** Do what goes into the log: under a name. */
const decide = (act) => inTurn(async () => {
  await named();
  await act();
});

const accept = () => decide(async () => {
  if (!figure) return;
  if (keep() !== "fix" || figure.mine.verb === "") await said(keep());
  else decided.add(figure.id);
  await onward();
});
const reject = () => decide(async () => {
  if (!figure) return;
  await said("reject", { fixes: {} });
  await onward();
});
const undo = () => decide(async () => {
  const answer = await write("/undo", "POST", { who });
  const [id] = answer.undone;
  if (!id) {
    saying("saved", t("nothing_to_undo"));
    return;
  }
  for (const each of answer.undone) decided.delete(each);
  for (const row of answer.rows) renewRow(row);
  saying("saved", t("undone"));
  if (!answer.card) {
    await text.renew(figure?.start);
    await list();
    await first();
    return;
  }
  if (!rows.some((r) => r.id === id)) rows.unshift(answer.card);
  draw();
  await open(id);
});
/** The figures of the sentence or table that are shown beside the one in view: nothing is judged that is not shown. */
function near() {
  const all_ = figure.together;
  const here = all_.findIndex((r) => r.id === figure.id);
  const from = Math.max(0, Math.min(here - 3, all_.length - NEAR));
  return all_.slice(from, from + NEAR);
}

const fellows = () => near().filter((r) => waits(r) && !r.judged);
const acceptTogether = () => decide(async () => {
  if (!figure || !fellows().length) return;
  await sayTogether(fellows());
  await onward();
});

async function sayTogether(chosen, correction = {}) {
  const answer = await write("/together", "POST", { who, ...correction, rows: Object.fromEntries(chosen.map((r) => [r.id, r.row])) });
  for (const row of answer.rows) {
    if (!correction.slot) decided.add(row.id);
    renewRow(row);
  }
}

/** What in the sentence or table holds the same in a slot as the figure in view, itself included. */
const alike = (slot) => near().filter((r) => r.id === figure.id || (!r.judged && waits(r) && r.slots[slot.slot] === (slot.was ?? slot.value)));

/** The other figures of the sentence or table, to be taken in at one glance. */
function together() {
  const lines = near().map((r) => {
    const made = make("tr", { kind: `${r.state} ${r.id === figure.id ? "on" : ""}`, children: cells(r).slice(0, -1) });
    made.dataset.id = r.id;
    return made;
  });
  const [some, all_] = [near().length, figure.together.length];
  const rest = some < all_ ? [make("span", { text: t("of_all", some, all_), kind: "hint" })] : [];
  return make("div", { kind: "together", children: [make("table", { children: [make("tbody", { children: lines })] }), ...rest] });
}

function slotValue(slot) {
  const { value, was, taken } = slot;
  const kind = `value ${value === "" ? "none" : ""} ${was !== null ? "corrected" : taken ? "taken" : ""}`;
  const shown = make("span", { text: value === "" ? t("empty") : slot.shown || value, kind, tabIndex: -1 });
  shown.dataset.edit = slot.slot;
  return was === null ? shown : make("span", { children: [shown, make("del", { text: was === "" ? t("empty") : was, title: t("was") })] });
}

const digit = (n) => String((n + 1) % 10);

function slotLine(slot, n) {
  const made = make("div", { kind: "slot" });
  made.dataset.slot = slot.slot;
  made.append(
    make("kbd", { text: digit(n) }), make("span", { text: slot.label, kind: "label" }),
    slotValue(slot), make("span", { text: slot.why, kind: "why", title: clean(slot.why) }),
  );
  return made;
}

function voiceLine(voice) {
  const fixes = Object.entries(voice.fixes).map(([slot, value]) => {
    const label = figure.slots.find((s) => s.slot === slot)?.label ?? slot;
    return `${label} → ${value}`;
  });
  const verb = voice.verb === "add" ? t("added") : words.verb[voice.verb] ?? "";
  const parts = [`${voice.who}${voice.machine ? ` (${t("model")})` : ""}: ${verb}`, ...fixes, voice.note];
  return make("p", { text: parts.filter(Boolean).join(" · "), kind: "said-by" });
}

function actButton(key, word, act, kind = "") {
  const button = make("button", { type: "button", kind, children: [make("kbd", { text: key }), ` ${t(word)}`] });
  button.onclick = act;
  button.dataset.act = word;
  return button;
}

function drawCard() {
  const [before, bold, after] = figure.parts;
  const badge = (word, kind) => make("span", { text: word, kind: `badge ${kind}` });
  const where = make("p", { kind: "where", text: [figure.title, figure.date, figure.place].filter(Boolean).join(" · ") });
  if (figure.state !== "open") where.append(badge(words.state[figure.state] ?? figure.state, figure.state));
  for (const check of figure.checks.filter((c) => !c.ok)) where.append(badge(`${check.name}: ${check.said}`, "failed"));
  if (figure.looking) where.append(badge(t("looking", figure.looking), ""));
  const sentence = make("p", { kind: "sentence", children: [clean(before), make("b", { text: bold || figure.printed }), clean(after)] });
  sentence.title = clean(figure.citation);
  const lines = make("div", { kind: "slots", children: figure.slots.map(slotLine) });
  const own = figure.mine.note ? [voiceLine({ ...figure.mine, verb: "", fixes: {} })] : [];
  const about = figure.about && figure.state === "again" ? [make("p", { text: figure.about, kind: "said-by" })] : [];
  const group = figure.together.length > 1 ? [together()] : [];
  const many = fellows().length > 1 ? [actButton("A", "accept_together", acceptTogether)] : [];
  for (const button of many) button.append(` (${fellows().length})`);
  const going = keep() === "fix" ? "go_on" : "accept";
  const acts = make("div", { kind: "acts", children: [
    actButton("a", going, accept, "main"), actButton("r", "reject", reject, "no"), actButton("u", "undo", undo),
    actButton("n", "note", () => edit("note")), actButton("s", "next", () => inTurn(onward)),
    ...many, make("span", { text: t("add_hint"), kind: "hint" }),
  ] });
  card.replaceChildren(where, sentence, lines, ...about, ...figure.others.map(voiceLine), ...own, acts, ...group);
}

// ---- correcting a slot

let editor = null; // { input, offers, save }

/** Open a line to type in, with what may be chosen; `done` gets what was typed. */
function typing(value, offers, done, hint = "") {
  const input = make("input", { value, maxLength: 500, spellcheck: false });
  const buttons = [...new Set(offers.filter((o) => o !== ""))].map((offer) => {
    const button = make("button", { text: offer, type: "button", tabIndex: -1 });
    button.onclick = () => {
      input.value = offer;
      done(offer);
    };
    return button;
  });
  const wrong = make("small", { kind: "wrong", role: "alert" });
  let pick = -1;
  input.onkeydown = (event) => {
    if (event.isComposing) return;
    event.stopPropagation();
    if (event.key === "Enter") done(input.value, event.shiftKey);
    else if (event.key === "Escape") leave();
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && buttons.length) {
      event.preventDefault();
      buttons[pick]?.classList.remove("on");
      pick = (pick + (event.key === "ArrowDown" ? 1 : -1) + buttons.length) % buttons.length;
      buttons[pick].classList.add("on");
      buttons[pick].scrollIntoView({ block: "nearest" });
      input.value = buttons[pick].textContent;
    }
  };
  const made = make("div", { kind: "editor", children: [
    input, wrong, make("div", { kind: "offers", children: buttons }), make("small", { text: [t("edit_hint"), hint].filter(Boolean).join(" · ") }),
  ] });
  editor = { input, wrong };
  return made;
}

function leave() {
  editor = null;
  if (draft) drawDraft();
  else if (figure) drawCard();
}

function edit(name) {
  if (!figure || draft) return;
  drawCard();
  if (name === "note") {
    const line = make("div", { kind: "said-by", children: [typing(figure.mine.note, [], (note) => noted(note))] });
    card.querySelector(".acts").before(line);
  } else {
    const slot = figure.slots.find((s) => s.slot === name);
    const line = card.querySelector(`[data-slot="${name}"]`);
    line.children[3].remove();
    const many = alike(slot).length;
    const hint = many > 1 ? t("edit_all", many) : "";
    line.children[2].replaceWith(typing(slot.value, slot.choices.length ? slot.choices : slot.offers, (value, all_) => corrected(slot, value, all_), hint));
  }
  editor.input.focus();
  editor.input.select();
}

/** Let a correction that is refused be mended where it was typed. */
const mended = (act) => decide(async () => {
  try {
    await act();
  } catch (fault) {
    if (fault.status !== 400 || !editor) throw fault;
    editor.wrong.textContent = clean(fault.message);
    saying("failed", t("failed"));
  }
});

const corrected = (slot, value, everywhere) => mended(async () => {
  if (everywhere && alike(slot).length > 1 && value.trim() !== slot.value) {
    await sayTogether(alike(slot), { slot: slot.slot, typed: value.trim() === "" ? "-" : value.trim() });
    return open(figure.id).then(leave);
  }
  const fixes = { ...figure.mine.fixes, [slot.slot]: value.trim() === "" ? "-" : value.trim() };
  if (value.trim() === slot.value) return leave();
  await said("fix", { fixes });
  leave();
});

const noted = (note) => mended(async () => {
  await said(figure.mine.verb === "" || figure.mine.verb === "add" ? "note" : figure.mine.verb, { note });
  leave();
});

// ---- adding what was missed

function drawDraft(focus = "indicator") {
  const form = make("form", { kind: "slots" });
  for (const slot of draft.slots) {
    const input = make("input", { value: slot.value, name: slot.slot, maxLength: 500, autocomplete: "off" });
    if (slot.choices.length) {
      const options = slot.choices.map((c) => make("option", { text: c, value: c, selected: c === slot.value }));
      const select = make("select", { name: slot.slot, children: options });
      form.append(make("span"), make("span", { text: slot.label, kind: "label" }), select, make("span"));
      continue;
    }
    const why = make("span", { text: slot.taken ? t("taken") : "", kind: "why" });
    form.append(make("span"), make("span", { text: slot.label, kind: "label" }), input, why);
  }
  const save = make("button", { kind: "main", text: t("add_save") });
  const cancel = make("button", { type: "button", text: t("cancel") });
  cancel.onclick = close;
  const wrong = make("small", { kind: "wrong", role: "alert" });
  form.append(make("div", { kind: "acts editor", children: [save, cancel, wrong] }));
  form.onkeydown = (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close();
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    add(form);
  };
  const at = draft.sentence.indexOf(draft.text);
  const parts = at < 0 ? [clean(draft.sentence)] : [clean(draft.sentence.slice(0, at)), make("b", { text: draft.text }), clean(draft.sentence.slice(at + draft.text.length))];
  card.replaceChildren(make("p", { text: t("add_title"), kind: "where" }), make("p", { kind: "sentence", children: parts }), form);
  editor = { input: form.elements[focus], wrong };
  editor.input.focus();
}

function close() {
  draft = null;
  editor = null;
  text.unmark();
  if (figure) drawCard();
  else card.replaceChildren();
}

const propose = (where) => inTurn(async () => {
  try {
    draft = await ask(at("/draft"), { method: "POST", body: where, query: lang() });
  } catch (fault) {
    // What is dragged over is a figure already: show it.
    if (fault.code !== "taken") throw fault;
    const id = fault.message.split(":")[0];
    text.unmark();
    return open(id);
  }
  trouble("");
  drawDraft();
});

const add = (form) => mended(async () => {
  const slots = Object.fromEntries([...form.elements].filter((e) => e.name).map((e) => [e.name, e.value.trim()]).filter(([, v]) => v !== ""));
  const { source, start, end } = draft;
  const answer = await write("/figures", "POST", { who, source, start, end, slots });
  draft = null;
  editor = null;
  text.unmark();
  decided.add(answer.id);
  await text.renew(start);
  const here = Math.max(0, rows.findIndex((r) => r.id === figure?.id));
  rows.splice(here, 0, answer.card);
  count += 1;
  draw();
  await open(answer.id);
  saying("saved", t("added"));
});

// ---- others at work

async function listen() {
  if (document.hidden) return;
  try {
    const heard = await ask(at("/news"), { query: { who, after: number, incidental: byId("incidental").checked, ...lang() } });
    if (heard.number === number) return;
    number = heard.number;
    progress(heard.progress);
    for (const row of heard.rows) renewRow(row);
    if (figure && !editor && !draft && heard.rows.some((r) => r.id === figure.id)) {
      figure = await ask(at(`/figures/${encodeURIComponent(figure.id)}`), { query: { who, ...lang() } });
      drawCard();
    }
  } catch {
    // The next decision says so aloud; while one only looks, an absent server does no harm.
  }
}

// ---- keys and mouse

const keys = {
  a: accept, Enter: accept, " ": accept, r: reject, x: reject, Delete: reject, u: undo, n: () => edit("note"),
  A: acceptTogether, s: () => inTurn(onward),
  j: () => inTurn(() => step(1)), ArrowDown: () => inTurn(() => step(1)),
  k: () => inTurn(() => step(-1)), ArrowUp: () => inTurn(() => step(-1)),
  "/": () => byId("search").focus(), "?": () => help(),
};

function help() {
  const said = [
    ["a ⏎", "help_accept"], ["r x", "help_reject"], ["1 … 9 0", "help_edit"], ["u", "help_undo"], ["j k ↓ ↑", "help_move"],
    ["s", "help_skip"], ["A", "help_sentence"], ["⇧⏎", "help_all"], ["n", "help_note"], ["⇱⇲", "help_drag"], ["/", "help_search"],
  ].flatMap(([key, word]) => [make("dt", { children: key.split(" ").map((k) => make("kbd", { text: k })) }), make("dd", { text: t(word) })]);
  byId("keys").replaceChildren(make("h3", { text: t("help_title") }), make("dl", { children: said }));
  byId("keys").showModal();
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.matches("input, select, textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.target.matches("button, summary, a") && (event.key === "Enter" || event.key === " ")) return;
  if (/^[0-9]$/.test(event.key) && figure && !draft) {
    event.preventDefault();
    inTurn(async () => edit(figure.slots[(Number(event.key) + 9) % 10].slot));
  } else if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  } else if (event.key === "Escape") close();
}

/** Let go after dragging: a slot that is edited gets the words, else a figure is proposed. */
function dragged() {
  const where = text.marked();
  if (!where) return;
  if (editor?.input) {
    const field = draft && document.activeElement?.closest("#card form") ? document.activeElement : editor.input;
    field.value = where.text.replace(/\s+/g, "");
    text.unmark();
    field.focus();
    return;
  }
  propose({ source: where.source, start: where.start, end: where.end });
}

function clicked({ target }) {
  const row = target.closest("tr[data-id]");
  const mark = target.closest("#text [data-id]");
  const slot = target.closest("[data-edit]");
  if (slot && !draft) inTurn(async () => edit(slot.dataset.edit));
  else if (row) inTurn(() => open(row.dataset.id));
  else if (mark && !text.marked() && !editor) inTurn(() => open(mark.dataset.id));
}

// ---- the beginning

/** Take the name that is known; whoever only wants a table is not asked. */
function known() {
  who = (asked.get("who") ?? localStorage.getItem("zhengwen.who") ?? "").trim();
  if (who) localStorage.setItem("zhengwen.who", who);
  byId("who").textContent = clean(`${t("reviewer")}: ${who || "?"}`);
}

async function named() {
  while (!who) {
    byId("name").value = "";
    byId("ask").showModal();
    await new Promise((resolve) => byId("ask").addEventListener("close", resolve, { once: true }));
    localStorage.setItem("zhengwen.who", byId("name").value.trim());
    known();
  }
}

function choices(id, options, value) {
  byId(id).replaceChildren(...options.map(([code, said]) => make("option", { value: code, text: said })));
  if (value && options.some(([code]) => code === value)) byId(id).value = value;
}

async function start() {
  await speak();
  known();
  if (!words.can_read) await named();
  const about = await ask(at(""), { query: lang() });
  document.title = clean(`${t("review_title")} · ${about.run}`);
  choices("article", [["", `${t("all_articles")} (${about.articles.length})`], ...about.articles.map((a) => [a.id, `${a.title} · ${a.count}`])], asked.get("article"));
  choices("show", SHOWN.map((s) => [s, t(`show_${s}`)]), asked.get("show"));
  choices("order", ["doubt", "text"].map((o) => [o, t(`order_${o}`)]), asked.get("order"));
  byId("home").textContent = words.can_read ? `← ${t("read_again")}` : t("review_title");
  const heads = { base_of: words.heads.base_of, sure: t("sure"), state: t("state_head"), ...words.heads };
  byId("heads").replaceChildren(...COLUMNS.map((c) => make("th", { text: heads[c] ?? c, scope: "col", title: c === "sure" ? t("sure_about") : "" })));
  for (const link of all("[data-export]")) link.href = `${at(`/export/${link.dataset.export}`)}?lang=${words.lang}`;
  text.begin(run);
  await list();
  await first();
}

byId("who").onclick = () => {
  localStorage.removeItem("zhengwen.who");
  asked.delete("who");
  who = "";
  inTurn(() => named().then(() => list()).then(first));
};
byId("help").onclick = help;
byId("keys").onclick = () => byId("keys").close();
byId("more").onclick = () => inTurn(() => list({ more: true }));
for (const id of ["article", "show", "order", "incidental"]) {
  byId(id).onchange = ({ target }) => inTurn(async () => {
    target.blur();
    history.replaceState(null, "", location.pathname + location.search);
    await list();
    await first();
  });
}
let waiting = 0;
byId("search").oninput = () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => inTurn(() => list()), 200);
};
byId("search").onkeydown = (event) => {
  if (event.key !== "Enter" && event.key !== "Escape") return;
  if (event.key === "Escape") event.target.value = "";
  clearTimeout(waiting);
  event.target.blur();
  inTurn(() => list().then(first));
};
document.addEventListener("click", clicked);
document.addEventListener("keydown", press);
byId("text").addEventListener("mouseup", () => setTimeout(dragged, 0));
inTurn(async () => {
  await start();
  document.body.dataset.ready = "yes";
  setInterval(listen, 2500);
});
