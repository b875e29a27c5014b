"""Finding reviewed figures again: by identity where the page is the same, else by sentence and neighbouring text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zhengwen.records import Figure
from zhengwen.review.log import Anchor

__all__ = ["Placed", "place"]

_ENOUGH = 16
"""Characters of neighbouring text, of the 80 kept, that must be the same where the sentence is not."""


@dataclass(frozen=True)
class Placed:
    """Where reviewed figures stand now: `same` by identity, `moved` from old id to new, `lost` nowhere."""

    same: frozenset[str]
    moved: Mapping[str, str]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Spot:
    figure_id: str
    source: str
    sentence: str
    before: str
    after: str


def place(anchors: Mapping[str, Anchor], pages: Iterable[tuple[Sequence[Figure], str]]) -> Placed:
    """Find the figures of `anchors` (by figure id) in pages of figures with their text.

    A figure that is not there under its id is looked for among those with the same words: first where the sentence is
    the same, then where enough of the text around it is. When several fit equally well, it is not placed. A place that
    another has taken by then is its place only where all that is known of it is the same: a figure that was spoken of
    in two earlier runs, or in one and in this.
    """
    wanted = {a.text for a in anchors.values()}
    seen: set[str] = set()
    spots: dict[str, list[_Spot]] = defaultdict(list)
    for figures, text in pages:
        for f in figures:
            seen.add(f.figure_id)
            if f.text in wanted:
                around = text[max(0, f.start - 40) : f.start], text[f.end : f.end + 40]
                spots[f.text].append(_Spot(f.figure_id, f.source, f.sentence, *around))
    same = frozenset(i for i in anchors if i in seen)
    taken = set(same)
    moved: dict[str, str] = {}
    # The surest first, so that a figure that is only like another does not take its place.
    for sure in (True, False):
        for figure_id, anchor in anchors.items():
            if figure_id in same or figure_id in moved:
                continue
            found = _find(anchor, [s for s in spots[anchor.text] if s.figure_id not in taken], sure)
            if found:
                moved[figure_id] = found
                taken.add(found)
    for figure_id, anchor in anchors.items():
        if figure_id not in same and figure_id not in moved:
            alike = [s.figure_id for s in spots[anchor.text] if s.figure_id in taken and _is_at(anchor, s)]
            if len(alike) == 1:
                moved[figure_id] = alike[0]
    return Placed(same, moved, tuple(i for i in anchors if i not in same and i not in moved))


def _find(anchor: Anchor, spots: Sequence[_Spot], sure: bool) -> str | None:
    """Return the one figure that fits best: in the same sentence (`sure`), else with enough of the same neighbours."""
    if sure:
        spots = [s for s in spots if s.sentence and s.sentence == anchor.sentence]
    ranked = sorted(((_near(anchor, s), s.source == anchor.source), s.figure_id) for s in spots)
    if not ranked or (len(ranked) > 1 and ranked[-1][0] == ranked[-2][0]):
        return None
    score, figure_id = ranked[-1]
    return figure_id if sure or score[0] >= _ENOUGH else None


def _is_at(anchor: Anchor, spot: _Spot) -> bool:
    """Tell whether a place is the anchor's own: the page, the sentence, and what stands next to the figure.

    Where the page ended then, or ends now, there is less to compare.
    """
    same = bool(anchor.sentence) and (anchor.source, anchor.sentence) == (spot.source, spot.sentence)
    sides = ((anchor.before[::-1], spot.before[::-1]), (anchor.after, spot.after))
    return same and all(_alike(*side) == min(map(len, side)) for side in sides)


def _near(anchor: Anchor, spot: _Spot) -> int:
    """Return how many characters next to the figure are the same."""
    return _alike(anchor.before[::-1], spot.before[::-1]) + _alike(anchor.after, spot.after)


def _alike(one: str, other: str) -> int:
    same = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        same += 1
    return same
