"""Reviewed pages become gold: their text and what people settled, in the corpus' own form.

A page is taken when every figure of it is settled (accepted, fixed or rejected). Its gold lists the figures alone as
reviewed, and says that they were drafted by the program: a figure that the program missed is missing here too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zhengwen import __version__
from zhengwen.records import Article, Figure, Record, plain
from zhengwen.review.marks import Mark, Marks
from zhengwen.stages import Page

__all__ = ["Promoted", "gold_of", "promote"]

_DONE = ("accepted", "fixed", "rejected")
_FIELDS = "value low high terms unit kind approx measure indicator subject period base of status".split()
_DEFAULTS = {"approx": "exact", "status": "actual"}


@dataclass
class Promoted:
    """Which pages became gold, and why others did not, as lines to read."""

    written: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def promote(pages: Iterable[tuple[Page, list[Record]]], marks: Marks, corpus: Path) -> Promoted:
    """Write every wholly reviewed page into `corpus` (articles, gold, manifest) and say what was done.

    A name that is there already is left alone when its text or its gold is not the same: gold by hand is never lost.
    """
    out = Promoted()
    for page, records in pages:
        figures = [r for r in records if isinstance(r, Figure)]
        open_ones = sum(marks.of(f).state not in _DONE for f in figures)
        if not figures or open_ones == len(figures):
            continue
        name = _name(page.source)
        if open_ones:
            out.left.append(f"{name}: {open_ones} of {len(figures)} figures are not settled")
        elif not page.text:
            out.left.append(f"{name}: its text cannot be read any more, or has changed since the run")
        else:
            _write(corpus, name, page, list(gold_of(records, marks)), out)
    return out


def gold_of(records: Sequence[Record], marks: Marks) -> Iterator[dict[str, Any]]:
    """Yield a page's gold: header, articles, and the figures that were kept, with what people corrected."""
    figures = [r for r in records if isinstance(r, Figure)]
    who = sorted({w for f in figures for w in marks.of(f).who})
    drafted = f"zhengwen {__version__}"
    yield {"record": "gold", "reviewed": ["figure"], "by": f"{', '.join(who)}, reviewing the program's rows"} | {
        "drafted": drafted
    }
    for article in (r for r in records if isinstance(r, Article)):
        said = {"article": article.article, "title": article.title, "date": article.date, "place": article.place}
        yield {"record": "article"} | {k: v for k, v in said.items() if v}
    texts = {f.figure_id: f.text for f in figures}
    for figure in sorted(figures, key=lambda f: f.start):
        mark = marks.of(figure)
        if mark.state != "rejected":
            yield _gold(figure, mark, texts)


def _gold(figure: Figure, mark: Mark, texts: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {"record": "figure", "start": figure.start, "end": figure.end, "text": figure.text}
    said = {name: plain(getattr(figure, name)) for name in _FIELDS}
    for slot, value in mark.fixes.items():
        said |= _value(value) if slot == "value" else {slot: value}
    for name, value in said.items():
        repeats = name in ("low", "high") and value == said["value"]
        if value is not None and value != _DEFAULTS.get(name) and not repeats:
            row[name] = value
    if figure.part_of in texts:
        row["part_of"] = texts[figure.part_of or ""]
    return row


def _value(said: Any) -> dict[str, Any]:
    """Return a corrected value as the fields of a record: a number, a range 10~15, or a ratio 1:2:3."""
    text = str(said)
    if "~" in text:
        low, high = (_number(part) for part in text.split("~"))
        return {"value": None, "low": low, "high": high, "terms": None}
    if ":" in text:
        return {"value": None, "low": None, "high": None, "terms": [_number(part) for part in text.split(":")]}
    return {"value": said, "low": said, "high": said, "terms": None}


def _number(text: str) -> int | float:
    number = float(text)
    return int(number) if number.is_integer() else number


def _write(corpus: Path, name: str, page: Page, gold: list[dict[str, Any]], out: Promoted) -> None:
    article, labels = corpus / "articles" / f"{name}.txt", corpus / "gold" / f"{name}.jsonl"
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in gold)
    text = page.text.encode("utf-8")
    if article.exists() and article.read_bytes().removeprefix(b"\xef\xbb\xbf") != text:
        out.left.append(f"{name}: {article} is another text")
        return
    if labels.exists() and labels.read_text(encoding="utf-8") != lines and not _drafted(labels):
        out.left.append(f"{name}: {labels} is there already, labelled by hand")
        return
    for path, data in ((article, text), (labels, lines.encode("utf-8"))):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    _keep_meta(corpus, name, gold)
    out.written.append(f"{name}: {sum(r['record'] == 'figure' for r in gold)} figures → {labels}")


def _keep_meta(corpus: Path, name: str, gold: list[dict[str, Any]]) -> None:
    """Write what is known of the article beside its text, and its line of the manifest, where they are missing."""
    first = next((r for r in gold if r["record"] == "article"), {})
    meta = corpus / "articles" / f"{name}.meta.json"
    if first.get("date") and not meta.exists():
        known = {"date": first["date"]}
        meta.write_text(json.dumps(known, ensure_ascii=False) + "\n", encoding="utf-8")
    manifest = corpus / "manifest.tsv"
    if manifest.is_file() and f"\n{name}\t" not in (said := manifest.read_text(encoding="utf-8")):
        line = [name, "", "", gold[0]["by"], "", "promoted from a review"]
        manifest.write_text(f"{said.rstrip()}\n" + "\t".join(line) + "\n", encoding="utf-8")


def _drafted(path: Path) -> bool:
    """Tell whether a gold file came from a review of the program's rows: a newer review may replace it."""
    with path.open(encoding="utf-8") as lines:
        return '"drafted"' in lines.readline()


def _name(source: str) -> str:
    """Return the corpus name of a source: its file's stem; an archive's row adds its id."""
    path, mark, row = source.rpartition("#")
    stem = Path((path if mark else source).replace("\\", "/")).name.partition(".")[0]
    return f"{stem}_{row}" if mark else stem
