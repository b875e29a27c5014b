"""Figures that people added because the program missed them: rows like all others, made of what the log says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from zhengwen.ids import figure_id
from zhengwen.records import Article, Block, Figure, Record, Time, Unread, from_json, to_json
from zhengwen.review.log import WHOLE, Anchor, Decision
from zhengwen.stages import Page

__all__ = ["RULE", "additions", "article_at", "as_new", "inserted", "place_in", "with_added"]

RULE = "review.added"
"""What stands as the rule of a row that no rule made."""

_NEAR = 16
Pages = Iterable[tuple[Page, list[Record]]]


def additions(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Return the decisions that added figures, by figure, where anybody still says anything of it."""
    silent: dict[str, set[str]] = {}
    added: dict[str, Decision] = {}
    for d in decisions:
        if d.decision == "add" and d.slot == WHOLE and isinstance(d.new, Mapping) and d.new.get("record") == "figure":
            added[d.figure_id] = d
            silent[d.figure_id] = set()
        if d.figure_id in added and d.slot == WHOLE:
            (silent[d.figure_id].add if d.decision == "undo" else silent[d.figure_id].discard)(d.who)
    return {i: d for i, d in added.items() if d.who not in silent[i]}


def as_new(figure: Figure) -> dict[str, Any]:
    """Return a figure as the log keeps it in the decision that adds it."""
    return to_json(figure)


def with_added(pages: Pages, decisions: Iterable[Decision]) -> Iterator[tuple[Page, list[Record]]]:
    """Yield the pages with the figures that were added to them, each in its place.

    In a page that has changed since, a figure is found again by its words and what stands next to them; one that
    stands nowhere, or in two places, is left out (its marks are reported as not placed). What the program finds itself
    by now is its own.
    """
    wanted = additions(decisions)
    for page, records in pages:
        grown = records
        for decision in wanted.values():
            figure = place_in(page, grown, decision)
            if figure is not None:
                grown = inserted(grown, figure)
        yield page, grown


def place_in(page: Page, records: Sequence[Record], decision: Decision) -> Figure | None:
    """Return an added figure where it stands in a page; None when it is not of this page, or found by the program."""
    anchor = decision.anchor
    articles = {r.article_id for r in records if isinstance(r, Article)}
    if anchor.article_id in articles and page.text[anchor.start : anchor.end] == anchor.text:
        start, article_id = anchor.start, anchor.article_id
    elif anchor.source == page.source and (start := _found(anchor, page.text)) >= 0:
        article_id = article_at(records, start)
    else:
        return None
    end = start + len(anchor.text)
    if not article_id or any(isinstance(r, Figure) and r.start < end and start < r.end for r in records):
        return None
    made = _figure(decision.new)
    return replace(
        made,
        source=page.source,
        figure_id=figure_id(article_id, start, end),
        article_id=article_id,
        start=start,
        end=end,
        text=page.text[start:end],
    )


def article_at(records: Sequence[Record], position: int) -> str:
    """Return the article that a position of a page lies in; empty when there is none."""
    blocks = [r for r in records if isinstance(r, Block)]
    number = next((b.article for b in reversed(blocks) if b.start <= position and b.article), 1)
    return next((r.article_id for r in records if isinstance(r, Article) and r.article == number), "")


def _figure(new: Mapping[str, Any]) -> Figure:
    exact = {k: Decimal(str(v)) if isinstance(v, float) else v for k, v in new.items()}
    made = from_json(exact)
    assert isinstance(made, Figure)
    return made


def _found(anchor: Anchor, text: str) -> int:
    """Return where a figure stands in a changed text by its neighbours, -1 when nowhere or twice."""
    before, after = anchor.before[-_NEAR:], anchor.after[:_NEAR]
    near = before + anchor.text + after
    at = text.find(near)
    return at + len(before) if at >= 0 and text.find(near, at + 1) < 0 else -1


def inserted(records: list[Record], figure: Figure) -> list[Record]:
    """Return the records with a figure more, where the contract's order wants it."""
    at = next(
        (i for i, r in enumerate(records) if isinstance(r, Figure | Time | Unread) and r.start > figure.start),
        next((i for i, r in enumerate(records) if r.record in ("entity", "check")), len(records)),
    )
    return [*records[:at], figure, *records[at:]]
