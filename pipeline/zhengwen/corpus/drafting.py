"""An article taken into the corpus: its text copied, its gold drafted by the program, marked as reviewed by nobody."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from zhengwen.corpus.folder import Corpus, Gold, Json, fit_name, write_whole
from zhengwen.corpus.labels import draft_of
from zhengwen.errors import BadInput, ZhengwenError
from zhengwen.reading import find_inputs, read_pages
from zhengwen.records import to_json
from zhengwen.scoring.pages import KINDS, Use

if TYPE_CHECKING:
    from zhengwen.engine import Engine
    from zhengwen.stages import Page

__all__ = ["UNREVIEWED", "add"]

UNREVIEWED = "drafted by zhengwen, reviewed by nobody"


def add(corpus: Corpus, file: Path, engine: Engine, *, name: str = "", genre: str = "other", use: Use) -> str:
    """Copy an article into the corpus, draft its gold, list it in the manifest, and return its name.

    The text is kept as it was decoded, in UTF-8, with its own line ends. Raises `BadInput` for a file that is not one
    article, or a name that is taken.
    """
    page = _one_page(file)
    name = fit_name(name or re.sub(r"[^\w-]+", "_", file.name.removesuffix("".join(file.suffixes[-1:]))).strip("_"))
    if corpus.text_path(name).exists() or corpus.gold_path(name).exists():
        raise BadInput("is in the corpus already (--name gives it another name)", code="taken", where=name)
    write_whole(corpus.text_path(name), page.text)
    known = _known(page)
    if known:
        beside = corpus.text_path(name).with_suffix(".meta.json")
        write_whole(beside, json.dumps(known, ensure_ascii=False, indent=2) + "\n")
    records = [to_json(r) for r in engine.read(page)]
    texts = {r["figure_id"]: r["text"] for r in records if r["record"] == "figure"}
    header: Json = {"record": "gold", "reviewed": [], "drafted": list(KINDS), "by": UNREVIEWED, "genre": genre}
    corpus.save(name, Gold(header, tuple(draft_of(r, texts) for r in records if r["record"] in KINDS)))
    row = {"name": name, "genre": genre, "use": use, "labelled_by": UNREVIEWED, "labelled_on": date.today().isoformat()}
    corpus.list_in_manifest(row | {"written_by": "–", "about": page.meta.title})
    return name


def _one_page(file: Path) -> Page:
    pages: list[Page | ZhengwenError] = []
    for item in find_inputs([file]):
        pages += [item] if isinstance(item, ZhengwenError) else read_pages(item)
    for page in pages:
        if isinstance(page, ZhengwenError):
            raise page
        if len(pages) == 1:
            return page
    raise BadInput(f"holds {len(pages)} articles; the corpus takes them one at a time", where=str(file))


def _known(page: Page) -> Mapping[str, str]:
    meta = page.meta
    told = {k: getattr(meta, k) for k in ("date", "title", "source_name", "url", "place")}
    return {k: v for k, v in (told | dict(meta.extra)).items() if v}
