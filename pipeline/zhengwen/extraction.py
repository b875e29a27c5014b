"""Text, files and frames in; records and frames out: the plain Python face of the engine."""

from __future__ import annotations

from functools import lru_cache
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhengwen import rules as _rules
from zhengwen.engine import Engine
from zhengwen.errors import BadInput, BadRule, ZhengwenError
from zhengwen.reading import page_of, read_page
from zhengwen.records import Article, Figure, Record
from zhengwen.stages import Page

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["engine", "extract", "extract_file", "extract_frame", "read"]


@lru_cache(maxsize=4)
def engine(rules: Path | None = None) -> Engine:
    """Return the engine of the shipped rules, a user's folder `rules` over them; built once for each folder.

    Raises `BadRule` when the folder cannot be loaded, or no engine can be built of it.
    """
    loaded = _rules.load(rules)
    if rules is None:
        return Engine(loaded)
    try:
        made = Engine(loaded)
        made.complete()  # now, so that a fault of the folder is told before the first article
    except BadRule:
        raise
    except Exception as error:  # whatever a cell or pattern of the user's makes the stages stumble over
        raise BadRule(f"no engine can be built: {type(error).__name__}: {error}", where=str(rules)) from error
    return made


def extract(
    text: str,
    *,
    date: str | None = None,
    title: str | None = None,
    place: str | None = None,
    rules: str | Path | None = None,
) -> list[Record]:
    """Return all records of a text, offsets into `text` as it is.

    `date` is the publication date (2021, 2021-03 or 2021-03-05), `title` the headline, `place` what 全区 and 全市 stand
    for, each where the text does not tell. Raises `BadDate` when `date` is none.
    """
    return read(page_of(text, date=date, title=title, place=place), rules=rules)


def extract_file(path: str | Path, *, date: str | None = None, rules: str | Path | None = None) -> list[Record]:
    """Return all records of a text file, read with the metadata beside it (NAME.meta.json).

    Raises `BadInput` when it cannot be read, `BadDate` when its date is none.
    """
    return read(read_page(path, date=date), rules=rules)


def read(page: Page, *, rules: str | Path | None = None) -> list[Record]:
    """Return all records of a page that is already read."""
    return engine(Path(rules) if rules else None).read(page)


def extract_frame(frame: pd.DataFrame, *, rules: str | Path | None = None) -> pd.DataFrame:
    """Return one row per figure for a frame of articles: the function that any engine can map over its parts.

    `frame` has a column `text`, and may have `id`, `date`, `title` and `place`. The result has the columns of
    `FRAME_COLUMNS`: the article's `id` (the frame's index without one), the figure table's columns, and `error`: an
    article that cannot be read is one row with its error and nothing else. Raises `BadInput` without a `text` column.
    """
    from zhengwen.tables.frame import to_frame

    if "text" not in frame.columns:
        raise BadInput("the frame has no column named text", code="format", where="extract_frame")
    ids = frame["id"] if "id" in frame.columns else frame.index
    fields = [c for c in ("text", "date", "title", "place") if c in frame.columns]
    cells = frame[fields].to_dict("records")
    rows: list[dict[str, Any]] = []
    for key, row in zip(ids, cells, strict=True):
        rows += _rows(key, {str(k): v for k, v in row.items()}, rules)
    return to_frame(rows)


def _rows(key: object, row: dict[str, Any], rules: str | Path | None) -> list[dict[str, Any]]:
    """Return one article's rows; whatever goes wrong with it becomes its row, so that a batch never ends early."""
    from zhengwen.tables.columns import figure_row

    try:
        text = row["text"]
        if not isinstance(text, str) or not text.strip():
            raise BadInput("the row has no text", code="empty")
        known = {k: _said(v) for k, v in row.items() if k != "text"}
        records = extract(text, rules=rules, **known)
    except ZhengwenError as error:
        return [{"id": key, "error": error.line()}]
    except Exception as error:
        return [{"id": key, "error": f"internal error: {type(error).__name__}: {error}"}]
    articles = {r.article_id: r for r in records if isinstance(r, Article)}
    return [{"id": key, **figure_row(r, articles.get(r.article_id))} for r in records if isinstance(r, Figure)]


def _said(value: object) -> str:
    """Return a cell as text: nothing for a missing one, 2021 for the 2021.0 that a column with gaps makes of it."""
    import pandas as pd

    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and isnan(value)):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
