"""Is the same figure stated twice with different values?

Only for series that have one value for a subject and a period, whose slots the text states itself; everything else
that looks the same (two projects' investments) may well be two things.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from zhengwen.checks.claims import claim_key
from zhengwen.checks.growth import is_real
from zhengwen.checks.printed import agree, is_exact, value_of
from zhengwen.checks.series import Series
from zhengwen.records import Check, Figure

__all__ = ["conflict_checks"]

_FAR = 2
"""Two values of one series differ by less than this factor; more is two series, not a slip."""
_SLIP = Decimal("1.05")
"""The same for a subject that is only the article's own, not said again: whole regions may be meant between the lines,
so only what looks like a slip (4.17 and 4.18) is called a contradiction."""
_LOOSE = frozenset({"paragraph", "section"})
"""A subject that runs on from an earlier sentence is no ground at all."""


def conflict_checks(figures: Sequence[Figure], series: Series) -> list[Check]:
    """Report each later statement of a series that contradicts the first one."""
    firsts: dict[tuple[str | None, ...], Figure] = {}
    checks = []
    for figure in figures:
        about = claim_key(figure) if _certain(figure, series) else None
        if about is None:
            continue
        first = firsts.setdefault(about, figure)
        if not agree(first, figure) and _comparable(first, figure, series):
            checks.append(
                Check(
                    source=figure.source,
                    article_id=figure.article_id,
                    check="conflict",
                    figure_ids=(first.figure_id, figure.figure_id),
                    expected=value_of(first),
                    found=value_of(figure),
                    ok=False,
                )
            )
    return checks


def _certain(figure: Figure, series: Series) -> bool:
    """Say whether the figure is an exact statement about a series, with nothing that its clause leaves open."""
    return (
        is_exact(figure)
        and figure.measure in ("level", "growth_rate")
        and series.is_single(figure.indicator_id)
        and bool(figure.subject and figure.period)
        and figure.part_of is None
        and "indicator" not in figure.inherited
        and _origin(figure) not in _LOOSE
    )


def _comparable(first: Figure, figure: Figure, series: Series) -> bool:
    """Say whether two statements could be one: from different sentences, at the same prices, of like size."""
    if first.sentence == figure.sentence:
        return False
    bases = {first.price_basis, figure.price_basis}
    if len(bases) > 1 and ("current" in bases or not is_real(figure, series)):
        return False
    a, b = abs(value_of(first)), abs(value_of(figure))
    far = _SLIP if "article" in (_origin(first), _origin(figure)) else _FAR
    return max(a, b) <= far * min(a, b) and (value_of(first) < 0) == (value_of(figure) < 0)


def _origin(figure: Figure) -> str:
    """Return from how far the figure has its subject (sentence, paragraph, article), empty for its own clause."""
    return str(figure.inherited.get("subject", {}).get("from", ""))
