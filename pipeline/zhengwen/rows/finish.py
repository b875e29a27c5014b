"""From drafts to records: signs, ids, spans in the source, and the fields that only the program writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from zhengwen.entities import Book
from zhengwen.fixed import fixed
from zhengwen.ids import figure_id
from zhengwen.records import Figure
from zhengwen.rows.confidence import Confidence
from zhengwen.rows.drafts import Draft
from zhengwen.rows.fields import Fields, Standing
from zhengwen.rows.indicators import IndicatorEntry, Indicators
from zhengwen.rules import Rules
from zhengwen.stages import ArticleText, Frame, Page
from zhengwen.times.periods import bounds, frequency

__all__ = ["Finish"]


@fixed
class _Where:
    """What all records of an article share, and the ids of its drafts by their objects' ids."""

    page: Page
    article_id: str
    frame: Frame
    book: Book
    ids: Mapping[int, str]


class Finish:
    """Makes the records of an article's drafts."""

    def __init__(self, rules: Rules, indicators: Indicators) -> None:
        self._fields = Fields(rules)
        self._indicators = indicators
        self._confidence = Confidence(rules)

    def records(
        self, drafts: Sequence[Draft], article: ArticleText, name: str, frame: Frame, book: Book, page: Page
    ) -> list[Figure]:
        """Return the figures of the article with the id `name`, by position."""
        ids = {id(d): figure_id(name, *_span(d)) for d in drafts}
        production = any(self._is_production(d.indicator or "") for d in drafts)
        standing = self._fields.standing([p.view.text for p in article.paragraphs]) if production else []
        where = _Where(page, name, frame, book, ids)
        return [self._record(d, where, self._said(d, article, standing)) for d in drafts]

    def _said(self, draft: Draft, article: ArticleText, standing: Sequence[Standing]) -> dict[str, str]:
        """Return the fields that the words around a figure state, and note in the draft where they stand."""
        said = {
            s.field: s for s in reversed(self._fields.of(draft.text, draft.paragraph, draft.item.start, draft.item.end))
        }
        if "price_basis" not in said and standing and self._is_production(draft.indicator or ""):
            found = (s.of(draft.measure, draft.paragraph, draft.item.start) for s in standing)
            said |= {s.field: s for s in found if s is not None}
        said.pop("outlook" if draft.status != "target" else "vintage", None)  # a plan has no versions, a fact no aims
        for s in said.values():
            span = article.paragraphs[s.paragraph].view.span(*s.span)
            draft.reasons[s.field] = {"rule": s.rule, "cue": span}
            if s.how:
                draft.comes_from(s.field, s.how, span)
        return {s.field: s.value for s in said.values()}

    def _is_production(self, indicator: str) -> bool:
        """Say whether growth of the indicator is published at constant prices."""
        known = self._indicators.known(indicator) if indicator else None
        return "增加值" in indicator or bool(known and known.volume)

    def _record(self, draft: Draft, where: _Where, said: dict[str, str]) -> Figure:
        q = draft.quantity
        start, end = _span(draft)
        low, high = _signed(q.low, draft), _signed(q.high, draft)
        if low is not None and high is not None and low > high:
            low, high = high, low
        first, last = bounds(draft.period) or ("", "")
        known = self._indicators.known(draft.indicator) if draft.indicator else None
        book, frame = where.book, where.frame
        own = book.area(draft.subject) if draft.subject else None
        national = draft.subject == _NATIONAL  # the country has no code of a division, nor the article's
        area = own or (book.area(frame.place) if frame.place and not national else None)
        sentence = draft.text.full_sentence(draft.item.start)
        measured = self._confidence.of(draft.reasons)
        trust = {"confidence": measured.told()} if measured else {}
        return Figure(
            source=where.page.source,
            article_id=where.article_id,
            figure_id=where.ids[id(draft)],
            start=start,
            end=end,
            text=where.page.text[start:end],
            value=_signed(q.value, draft),
            low=low,
            high=high,
            terms=q.terms,
            unit=q.unit,
            kind=q.kind,
            unit_code=q.unit_code,
            value_base=_signed(q.value_base, draft),
            approx=q.approx,
            measure=draft.measure,
            indicator=draft.indicator,
            indicator_id=known.id if known else "",
            subject=draft.subject,
            subject_id=book.id_of(draft.subject) if draft.subject else "",
            period=draft.period,
            period_start=first,
            period_end=last,
            base=draft.base,
            of=draft.of,
            status=draft.status,
            part_of=where.ids[id(draft.part_of)] if draft.part_of else None,
            number_printed=q.number_printed,
            unit_printed=q.unit_printed,
            decimals=q.decimals,
            tier=_tier(draft, known is not None and _counts_in(known, draft)),
            freq=frequency(draft.period) if draft.period else "",
            area_code=area.code if area else "",
            province=area.province if area else "",
            city=area.city if area else "",
            county=area.county if area else "",
            area_from=("subject" if own else "article") if area else "",
            sentence=draft.text.text[slice(*sentence)].strip(),
            rule=str(draft.reasons.get("measure", {}).get("rule", draft.item.candidate.rule)),
            inherited=draft.inherited,
            confidence=measured.low if measured else None,
            reasons=draft.reasons | {"value": {"rule": draft.item.candidate.rule}} | trust,
            **said,
        )


_NATIONAL = "全国"
_STATISTIC = frozenset({"money", "percent", "percentage_point", "multiple", "ratio", "rank", "rate", "concentration"})


def _signed(value: Decimal | None, draft: Draft) -> Decimal | None:
    """Give a decrease its minus sign; a printed minus keeps its own."""
    if value is None or not draft.negative or value < 0:
        return value
    return -value


def _counts_in(known: IndicatorEntry, draft: Draft) -> bool:
    """Say whether a figure is one of the indicator: not 关税暂停一年, whose unit is no money."""
    return draft.measure != "level" or not known.units or draft.quantity.kind in known.units


def _tier(draft: Draft, known: bool) -> str:
    if draft.measure == "threshold" or (draft.quantity.kind == "duration" and not known):
        return "incidental"
    if known or draft.quantity.kind in _STATISTIC or draft.measure not in ("level",):
        return "statistic"
    small = draft.quantity.number_printed in ("一", "两", "二", "三") and draft.quantity.kind == "count"
    return "incidental" if small else "count"


def _span(draft: Draft) -> tuple[int, int]:
    """Return the span of a figure in the source."""
    return draft.text.view.span(draft.item.start, draft.item.end)
