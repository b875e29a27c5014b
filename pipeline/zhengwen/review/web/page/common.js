// What both pages share: the words, elements made without markup, and requests that say plainly when they fail.

export const byId = (id) => document.getElementById(id);
export const all = (query, from = document) => [...from.querySelectorAll(query)];

export let words = {};

/** Return a word of the page, its places {0} {1} filled. */
export const t = (key, ...filled) =>
  filled.reduce((said, value, at) => said.replace(`{${at}}`, value), String(words[key] ?? key));

/** Characters that would reorder or hide what is around them are shown by their number. */
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;
const shownCode = (character) => `⟨${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`;

/** Return text as it can be shown: nothing in it turns the line around. */
export const clean = (text) => String(text ?? "").replace(new RegExp(HIDDEN, "gu"), shownCode);

/** Divide text into runs that are shown as they are and single characters that are shown by their number. */
export function* runs(text) {
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (!HIDDEN.test(text[at])) continue;
    if (at > from) yield [text.slice(from, at), false];
    yield [text[at], true];
    from = at + 1;
  }
  if (from < text.length) yield [text.slice(from), false];
}

export { shownCode };

/** Return the number of characters (code points) of a text: offsets are counted in them. */
export const points = (text) => [...text].length;

/** Return an element with text or children in it. */
export function make(name, { text, kind, children = [], ...more } = {}) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  if (text !== undefined) made.textContent = clean(text);
  for (const [key, value] of Object.entries(more)) {
    if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

export class Refused extends Error {
  constructor(message, status, code) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Ask the server; JSON back. A refusal is an error with the server's own words, no answer one with status 0. */
export async function ask(path, { method = "GET", body, raw, query = {} } = {}) {
  const address = new URL(path, location.origin);
  for (const [key, value] of Object.entries(query)) address.searchParams.set(key, value);
  const headers = body === undefined ? {} : { "Content-Type": "application/json" };
  let answer;
  try {
    answer = await fetch(address, { method, headers, body: raw ?? (body === undefined ? undefined : JSON.stringify(body)) });
  } catch {
    throw new Refused(t("offline"), 0, "offline");
  }
  if (answer.ok) return answer.json();
  const said = await answer.text();
  try {
    const { error, code, detail } = JSON.parse(said);
    throw new Refused(error ?? detail?.map((d) => d.msg).join("; ") ?? said, answer.status, code);
  } catch (fault) {
    throw fault instanceof Refused ? fault : new Refused(said.trim() || answer.statusText, answer.status);
  }
}

/** Load the page's words in the reader's language and put them in their places. */
export async function speak() {
  const lang = localStorage.getItem("zhengwen.lang");
  words = await ask("/api/words", { query: lang ? { lang } : {} });
  document.documentElement.lang = words.lang === "zh" ? "zh-CN" : "en";
  for (const e of all("[data-t]")) e.textContent = t(e.dataset.t);
  for (const e of all("[data-t-placeholder]")) e.placeholder = t(e.dataset.tPlaceholder);
  for (const e of all("[data-t-label]")) e.setAttribute("aria-label", t(e.dataset.tLabel));
  for (const e of all("[data-t-title]")) e.title = t(e.dataset.tTitle);
  const other = words.langs.find((l) => l !== words.lang);
  const button = byId("lang");
  button.textContent = other === "zh" ? "中文" : "English";
  button.onclick = () => {
    localStorage.setItem("zhengwen.lang", other);
    location.reload();
  };
}

/** Show what went wrong, until something goes right. */
export function trouble(message) {
  const place = byId("trouble");
  place.hidden = !message;
  place.textContent = message ? clean(message) : "";
}
