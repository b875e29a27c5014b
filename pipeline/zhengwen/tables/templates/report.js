"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (query, from = document) => [...from.querySelectorAll(query)];
  const why = JSON.parse(byId("data").textContent);
  const body = document.querySelector("#table tbody");
  const rows = all("tr", body);
  const words = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const marks = new Map();
  for (const mark of all("#texts [data-f]")) {
    if (!marks.has(mark.dataset.f)) marks.set(mark.dataset.f, []);
    marks.get(mark.dataset.f).push(mark);
  }
  const [article, search, measure, incidental] = ["article", "search", "measure", "incidental"].map(byId);
  let chosen = null;

  const fits = (row, wanted) =>
    (!article.value || row.dataset.article === article.value) &&
    (!measure.value || row.dataset.measure === measure.value) &&
    (incidental.checked || row.dataset.tier !== "incidental") &&
    wanted.every((word) => words.get(row).includes(word));

  function filter() {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const narrowed = wanted.length > 0 || measure.value;
    const seen = new Set();
    let shown = 0;
    for (const row of rows) {
      row.hidden = !fits(row, wanted);
      if (!row.hidden) { shown += 1; seen.add(row.dataset.article); }
    }
    for (const text of all("#texts article")) {
      const own = text.dataset.article;
      text.hidden = article.value ? own !== article.value : narrowed && !seen.has(own);
    }
    const checks = all("#checks tbody tr");
    for (const check of checks) check.hidden = article.value !== "" && check.dataset.article !== article.value;
    byId("no-checks").hidden = checks.some((check) => !check.hidden);
    byId("nothing").hidden = shown > 0;
    byId("count").textContent = `${byId("count").dataset.shown} ${shown} / ${rows.length}`;
  }

  function element(name, text, kind) {
    const made = document.createElement(name);
    made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  function explain(id) {
    const { slots, citation, review } = why[id];
    const list = document.createElement("dl");
    for (const [name, value, reason] of slots) {
      list.append(element("dt", name), element("dd", value || "–"), element("dd", reason, "reason"));
    }
    const said = [element("p", citation)];
    if (review) said.unshift(element("p", review));
    byId("why").replaceChildren(...said, list);
  }

  function choose(id, { scroll = true, focus = true } = {}) {
    const row = byId(id);
    if (!row || !(id in why)) return;
    if (chosen) for (const old of [byId(chosen), ...(marks.get(chosen) ?? [])]) old.classList.remove("on");
    chosen = id;
    if (row.hidden) {
      search.value = "";
      measure.value = "";
      if (row.dataset.tier === "incidental") incidental.checked = true;
      if (article.value !== row.dataset.article) article.value = "";
      filter();
    }
    const own = marks.get(id) ?? [];
    for (const part of [row, ...own]) part.classList.add("on");
    explain(id);
    if (scroll) {
      row.scrollIntoView({ block: "nearest" });
      own[0]?.scrollIntoView({ block: "center" });
    }
    if (focus) row.focus({ preventScroll: true });
    history.replaceState(null, "", `#${id}`);
  }

  function show(name) {
    for (const tab of all("[role=tab]")) {
      const on = tab.getAttribute("aria-controls") === name;
      tab.setAttribute("aria-selected", on);
      byId(tab.getAttribute("aria-controls")).hidden = !on;
    }
  }

  function sort(button) {
    const head = button.closest("th");
    const up = head.getAttribute("aria-sort") !== "ascending";
    for (const other of all("th[aria-sort]")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const at = Number(button.dataset.column);
    const key = (row) => {
      const cell = row.cells[at];
      if (!("value" in cell.dataset)) return cell.textContent;
      return cell.dataset.value === "" ? Number.NEGATIVE_INFINITY : Number(cell.dataset.value);
    };
    const keyed = rows.map((row) => [key(row), row]);
    const order = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, "zh-CN"));
    keyed.sort(([a], [b]) => (up ? order(a, b) : order(b, a)));
    body.append(...keyed.map(([, row]) => row));
  }

  function step(by) {
    const seen = all("tr", body).filter((row) => !row.hidden);
    const at = seen.findIndex((row) => row.id === chosen);
    const next = seen[at < 0 ? 0 : Math.min(seen.length - 1, Math.max(0, at + by))];
    if (next) choose(next.id);
  }

  function turn(by) {
    const at = article.selectedIndex + by;
    if (at < 0 || at >= article.options.length) return;
    article.selectedIndex = at;
    filter();
    byId("texts").scrollTop = 0;
  }

  const keys = {
    ArrowDown: () => step(1), ArrowUp: () => step(-1), PageDown: () => step(15), PageUp: () => step(-15),
    ArrowRight: () => turn(1), ArrowLeft: () => turn(-1),
    "/": () => search.focus(),
  };

  document.addEventListener("click", ({ target }) => {
    const at = target.closest("[data-f], #table tbody tr, [role=tab], th button");
    if (!at) return;
    if (at.matches("[role=tab]")) show(at.getAttribute("aria-controls"));
    else if (at.matches("th button")) sort(at);
    else {
      if (at.closest("#texts")) show("table");
      choose(at.dataset.f ?? at.id);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.matches("input[type=search], select");
    if (event.key === "Escape") {
      search.value = "";
      filter();
      event.target.blur();
    } else if (event.key === "Enter" && field) step(0);
    else if ((event.key === "Enter" || event.key === " ") && event.target.dataset?.f) choose(event.target.dataset.f);
    else if (!field && keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  for (const input of [article, measure, incidental]) input.addEventListener("change", filter);
  search.addEventListener("input", filter);
  byId("print").addEventListener("click", () => window.print());
  const linked = () => choose(decodeURIComponent(location.hash.slice(1)));
  window.addEventListener("hashchange", linked);
  filter();
  linked();
})();
