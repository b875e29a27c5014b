// Texts in: pasted or dropped, sent into a run of their own, read, and shown on the review page.

import { all, ask, byId, make, speak, t, trouble } from "./common.js";

const files = [];

function showFiles() {
  byId("chosen").replaceChildren(
    ...files.map((file, at) => {
      const gone = make("button", { text: t("remove"), type: "button" });
      gone.onclick = () => {
        files.splice(at, 1);
        showFiles();
      };
      return make("li", { children: [make("span", { text: `${file.name} · ${Math.ceil(file.size / 1024)} KB` }), gone] });
    }),
  );
}

function take(list) {
  files.push(...list);
  showFiles();
}

/** Send everything into a run and read it; the run's id, or nothing when there was nothing to read. */
async function read() {
  const text = byId("paste").value;
  if (!text.trim() && !files.length) {
    trouble(t("read_none"));
    byId("paste").focus();
    return;
  }
  const { id } = await ask("/api/runs", { method: "POST" });
  const sent = text.trim() ? [new File([text], "pasted.txt"), ...files] : files;
  for (const file of sent) {
    await ask(`/api/runs/${id}/inputs/${encodeURIComponent(file.name)}`, { method: "PUT", raw: file });
  }
  const known = Object.fromEntries(all("input[name]").map((input) => [input.name, input.value]));
  const made = await ask(`/api/runs/${id}/read`, { method: "POST", body: known });
  byId("failed").replaceChildren(...made.failed.map((line) => make("li", { text: `${t("read_failed")}: ${line}` })));
  if (made.failed.length && !made.characters) throw new Error(t("read_failed"));
  location.assign(`/runs/${id}?show=all&order=text`);
}

async function go(event) {
  event.preventDefault();
  trouble("");
  byId("failed").replaceChildren();
  byId("go").disabled = true;
  byId("said").textContent = t("reading");
  try {
    await read();
  } catch (fault) {
    trouble(fault.message);
  }
  byId("said").textContent = "";
  byId("go").disabled = false;
}

await speak();
byId("form").addEventListener("submit", go);
byId("files").addEventListener("change", ({ target }) => {
  take(target.files);
  target.value = "";
});
document.addEventListener("dragover", (event) => {
  event.preventDefault();
  byId("drop").hidden = ![...event.dataTransfer.types].includes("Files");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) byId("drop").hidden = true;
});
document.addEventListener("drop", (event) => {
  byId("drop").hidden = true;
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  take(event.dataTransfer.files);
});
byId("paste").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) byId("form").requestSubmit();
});
document.body.dataset.ready = "yes";
