// The page's text: marked pieces, the figure in view, and which characters somebody has dragged over.

import { all, ask, byId, make, points, runs, shownCode, t } from "./common.js";

const place = byId("text");
let shown = null; // what the server sent: source, low, high, lines
let current = "";

function piece([start, text, kind, figure], states) {
  const made = make("span", { kind: `${kind} ${states[figure] ?? ""}`.trim() });
  made.dataset.start = start;
  if (figure) made.dataset.id = figure;
  let at = start;
  for (const [run, hidden] of runs(text)) {
    if (hidden) {
      const code = make("span", { kind: "code" });
      code.textContent = shownCode(run);
      code.dataset.start = at;
      code.dataset.single = "yes";
      made.append(code);
    } else if (run.length === text.length) made.append(run);
    else {
      const part = make("span");
      part.append(run);
      part.dataset.start = at;
      made.append(part);
    }
    at += points(run);
  }
  return made;
}

function further(at) {
  const button = make("button", { text: t("text_more"), kind: "more", type: "button" });
  button.onclick = () => load(shown.source, at).then(() => mark(current, false));
  return button;
}

function draw() {
  const lines = shown.lines.map((line) => {
    const made = make("p", { kind: line.label, children: line.pieces.map((p) => piece(p, shown.states)) });
    made.dataset.line = line.line;
    return made;
  });
  if (!shown.length) lines.push(make("p", { text: t("no_text"), kind: "furniture" }));
  if (shown.low > 0) lines.unshift(further(shown.low));
  if (shown.high < shown.length) lines.push(further(shown.high));
  place.replaceChildren(...lines);
}

let run = "";
export const begin = (id) => {
  run = id;
};

async function load(source, at) {
  shown = await ask(`/api/runs/${run}/text`, { query: { source, at } });
  draw();
}

/** Show a figure in its text; what is loaded is loaded anew only where it does not hold the figure. */
export async function show(figure) {
  const far = !shown || shown.source !== figure.source || figure.start < shown.low || figure.end > shown.high;
  if (far) await load(figure.source, figure.start);
  mark(figure.id, true);
}

/** Load the text again: a figure was added, or is gone. */
export async function renew(at) {
  if (shown) await load(shown.source, at ?? shown.low + 1);
  mark(current, false);
}

function mark(id, scroll) {
  for (const old of all(".f.on", place)) old.classList.remove("on");
  current = id;
  const own = id ? all(`[data-id="${CSS.escape(id)}"]`, place) : [];
  for (const part of own) part.classList.add("on");
  if (scroll) own[0]?.scrollIntoView({ block: "center" });
}

/** Give a figure's marks the colour of its state. */
export function colour(id, state) {
  if (shown) shown.states[id] = state;
  for (const part of all(`[data-id="${CSS.escape(id)}"]`, place)) {
    part.classList.remove("open", "accepted", "fixed", "rejected", "disputed", "again", "answered");
    part.classList.add(state);
  }
}

/** Return the character (code point of the page's text) at a place in the document. */
function position(node, offset, end) {
  if (node.nodeType === Node.ELEMENT_NODE) {
    const child = node.childNodes[Math.min(offset, node.childNodes.length - 1)];
    if (!child) return null;
    return position(child, offset >= node.childNodes.length ? (child.data ?? child.childNodes).length : 0, end);
  }
  const holder = node.parentElement?.closest("[data-start]");
  if (!holder || !place.contains(holder)) return null;
  const start = Number(holder.dataset.start);
  if (holder.dataset.single) return start + (end ? 1 : 0);
  let before = 0;
  for (const other of holder.childNodes) {
    if (other === node) break;
    before += points(other.textContent);
  }
  return start + before + points(node.data.slice(0, offset));
}

/** Return what is marked in the text: its place and words; nothing when nothing is. */
export function marked() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !shown) return null;
  const range = selection.getRangeAt(0);
  if (!place.contains(range.startContainer) || !place.contains(range.endContainer)) return null;
  const start = position(range.startContainer, range.startOffset, false);
  const end = position(range.endContainer, range.endOffset, true);
  if (start === null || end === null || end <= start) return null;
  return { source: shown.source, start, end, text: selection.toString() };
}

export const unmark = () => getSelection().removeAllRanges();
