"""`zhengwen explain`: which rules and cues made each slot, and why a numeral is no figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from zhengwen.arbiter import Verdict
from zhengwen.engine import Engine
from zhengwen.records import Figure, plain
from zhengwen.stages import Candidate, Page, Paragraph

__all__ = ["explain", "split_place"]

_SLOTS = "value unit kind approx measure indicator subject period base of status part_of".split()


def split_place(place: str) -> tuple[str, int | None]:
    """Divide FILE[:OFFSET]; a file whose name ends in a colon and digits wins over that reading."""
    path, colon, digits = place.rpartition(":")
    if colon and path and digits.isdecimal() and not Path(place).exists():
        return path, int(digits)
    return place, None


def explain(engine: Engine, page: Page, offset: int | None = None) -> Iterator[str]:
    """Yield lines about every figure of a page and every numeral that is none; with `offset`, only those there."""
    figures = {(f.start, f.end): f for f in engine.read(page) if isinstance(f, Figure)}
    said = False
    for start, lines in sorted(_parts(engine, page, figures), key=lambda p: p[0][0]):
        if offset is None or start[0] <= offset < start[1]:
            said = True
            yield from lines
    if not said:
        where = "" if offset is None else f" at {offset} ({page.text[max(0, offset - 5) : offset + 5]!r})"
        yield f"no figure and no numeral{where}"


Part = tuple[tuple[int, int], list[str]]


def _parts(engine: Engine, page: Page, figures: Mapping[tuple[int, int], Figure]) -> Iterator[Part]:
    """Yield each figure and each numeral without one: its span in the source, and the lines about it."""
    lost: dict[tuple[int, int], list[str]] = {}
    others: list[Part] = []
    covered: set[int] = set()
    for paragraph, verdict in engine.verdicts(page):
        for span, line in _losers(page, paragraph, verdict):
            lost.setdefault(span, []).append(line)
        for candidate in verdict.taken:
            span = paragraph.view.span(candidate.start, candidate.end)
            covered.update(range(*span))
            if candidate.kind != "figure" or span not in figures:
                others.append((span, [_not_a_figure(page, span, candidate)]))
    for figure in figures.values():
        covered.update(range(figure.start, figure.end))
        yield (figure.start, figure.end), [*_about(figure, page), *lost.pop((figure.start, figure.end), [])]
    for span, lines in others:
        if _numeral(page.text[slice(*span)]):
            yield span, lines + lost.pop(span, [])
    yield from ((span, lines) for span, lines in lost.items())
    for span in _bare_numerals(page.text, covered):
        yield span, [f"{_at(page, span)}: no figure: no reading was proposed"]


def _about(figure: Figure, page: Page) -> Iterator[str]:
    yield f"{_at(page, (figure.start, figure.end))}: figure"
    for slot in _SLOTS:
        value = getattr(figure, slot)
        why = _why(figure.reasons.get(slot), page)
        came = figure.inherited.get(slot)
        if value is None and not why:
            why = "the article does not state it"
        notes = [x for x in (why, f"inherited: {_why(came, page)}" if came else "") if x]
        yield f"    {slot:<10} {'–' if value is None else plain(value)}{'   ← ' + '; '.join(notes) if notes else ''}"


def _why(reason: Any, page: Page) -> str:
    """Return a reason as text: a rule id, or an object with a rule, a span and words of its own."""
    if not reason or isinstance(reason, str):
        return reason or ""
    if isinstance(reason, Mapping):
        return " ".join(filter(None, (_quoted(k, v, page) for k, v in reason.items())))
    return ", ".join(filter(None, (_why(part, page) for part in reason)))


def _quoted(key: str, value: Any, page: Page) -> str:
    if key in ("span", "cue") and isinstance(value, list | tuple) and len(value) == 2:
        return f"“{page.text[slice(*value)]}” at {value[0]}"
    return f"{value}" if value not in (None, "", ()) else ""


def _not_a_figure(page: Page, span: tuple[int, int], candidate: Candidate) -> str:
    why = f", {candidate.reason}" if candidate.reason else ""
    return f"{_at(page, span)}: no figure: read as {candidate.kind} ({candidate.rule}{why})"


def _losers(page: Page, paragraph: Paragraph, verdict: Verdict) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield each reading that lost, under the span of the reading that won its characters."""
    for loser in verdict.lost:
        span = paragraph.view.span(loser.winner.start, loser.winner.end)
        own = page.text[slice(*paragraph.view.span(loser.candidate.start, loser.candidate.end))]
        ranks = f"weight {loser.candidate.weight} against {loser.winner.weight}"
        yield span, f"    lost: {loser.candidate.kind} {own!r} ({loser.candidate.rule}) to {loser.winner.rule}, {ranks}"


def _bare_numerals(text: str, covered: set[int]) -> Iterator[tuple[int, int]]:
    """Yield runs of numerals that no reading covers; Unicode knows which characters are numeric."""
    for numeric, run in groupby(range(len(text)), key=lambda i: text[i].isnumeric() and i not in covered):
        if numeric:
            places = list(run)
            yield places[0], places[-1] + 1


def _numeral(text: str) -> bool:
    return any(c.isnumeric() for c in text)


def _at(page: Page, span: tuple[int, int]) -> str:
    return f"{span[0]}:{span[1]} {' '.join(page.text[slice(*span)].split())}"
