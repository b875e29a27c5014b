"""One function per shape of expression: its fields and the scene give a period, or None."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from zhengwen.times import feasts, periods
from zhengwen.times.scene import Scene

__all__ = ["SHAPES"]

Parts = Mapping[str, str]
_OF_A_QUARTER = ("quarter", "month", "day", "year_to_date", "as_of")
_THIRDS = {"上": ("01", "10"), "中": ("11", "20"), "下": ("21", "")}


def year(parts: Parts, scene: Scene) -> str | None:
    """2020年, 去年, 2016—2020年, 上年同期."""
    if "year2" in parts:
        return periods.valid(f"{parts['year']}/{parts['year2']}")
    found = scene.year(parts)
    if not found:
        return None
    return same(str(found), scene) if "same" in parts else str(found)


def year_pair(parts: Parts, scene: Scene) -> str | None:
    """今明两年."""
    first, last = scene.year(parts), scene.year(parts, "year2")
    return periods.valid(f"{first:04}/{last:04}") if first and last else None


def same(value: str, scene: Scene) -> str | None:
    """Return the period of the text in the year of `value` (去年同期); the year itself when none runs."""
    base = scene.story.period or scene.reporting or scene.story.article.period
    wanted = periods.year_of(value)
    if not base or not wanted:
        return value
    return periods.shift_years(base, wanted - periods.year_of(base))


def same_period(_: Parts, scene: Scene) -> str | None:
    """同期 alone: the period that runs (占同期), in a comparison a year before it (比同期)."""
    base = scene.story.period or scene.reporting or scene.story.article.period
    if not base or not scene.cues.compared:
        return base or None
    return periods.year_before(base)


def context_year(parts: Parts, scene: Scene) -> str | None:
    """全年, 年内."""
    found = scene.whole_year() if "all" in parts else scene.running_year()
    if not found:
        return None
    return str(found - 1 if "same" in parts else found)


def context_edge(parts: Parts, scene: Scene) -> str | None:
    """年初, 年底."""
    return periods.edge(context_year({}, scene), parts["edge"])


def edge_year(parts: Parts, scene: Scene) -> str | None:
    """2017年底, 明年底, 今年初."""
    found = scene.year(parts)
    return periods.edge(str(found), parts["edge"]) if found else None


def _month(parts: Parts, scene: Scene) -> str:
    """Return the month that the expression names, its year filled in; "" when nothing tells."""
    number = int(parts["month"])
    found = scene.year_for(parts, f"-{number:02}") if 1 <= number <= 12 else 0
    return f"{found:04}-{number:02}" if found else ""


def month(parts: Parts, scene: Scene) -> str | None:
    """9月, 1—8月, 2019年11月到2020年3月."""
    first, last = int(parts["month"]), int(parts.get("month2", 0))
    cumulative = f"-{last:02}" if last and first == 1 and last > 1 else ""
    found = scene.year_for(parts, f"-{first:02}", cumulative)
    if not found:
        return None
    value = f"{found:04}-{first:02}"
    if last:
        ends = scene.year(parts, "year2") or (found if last >= first else found + 1)
        value = periods.span(value, f"{ends:04}-{last:02}")
    value = value if periods.bounds(value) else ""
    if value and "same" in parts and scene.named_year(parts) is None:
        return periods.year_before(value)
    return value or None


def first_months(parts: Parts, scene: Scene) -> str | None:
    """前10个月."""
    count = int(parts["count"])
    if not 1 <= count <= 12:
        return None
    return month({**parts, "month": "1", "month2": str(count)}, scene)


def edge_month(parts: Parts, scene: Scene) -> str | None:
    """6月底, 去年9月初."""
    return periods.edge(_month(parts, scene), parts["edge"])


def ten_days(parts: Parts, scene: Scene) -> str | None:
    """4月中旬, 中下旬, 下旬."""
    first = _month(parts, scene) if "month" in parts else scene.month()
    if not first:
        return None
    last = first[:5] + f"{int(parts['month2']):02}" if "month2" in parts else first
    return _thirds(first, parts["third"], last, parts.get("third2", parts["third"]))


def _thirds(first: str, third: str, last: str, third2: str) -> str | None:
    third, third2 = sorted((third, third2), key="上中下".index) if first == last else (third, third2)
    ends = _THIRDS[third2][1] or f"{monthrange(int(last[:4]), int(last[5:7]))[1]:02}"
    return periods.valid(f"{first}-{_THIRDS[third][0]}/{last}-{ends}")


def half_month(parts: Parts, scene: Scene) -> str | None:
    """8月上半月, 上半月."""
    found = _month(parts, scene) if "month" in parts else scene.month()
    if not found:
        return None
    return f"{found}-01/{found}-15" if parts["half"] == "1" else f"{found}-16/{periods.end(found)}"


def day(parts: Parts, scene: Scene) -> str | None:
    """3月5日, 29日, 7月8日至10日, 本月3日."""
    first = _first_day(parts, scene)
    if not first or not periods.bounds(first):
        return None
    if "day2" not in parts:
        return first
    year2 = scene.year(parts, "year2") or int(first[:4])
    month2 = int(parts.get("month2", first[5:7]))
    if "year2" not in parts and "year2_word" not in parts and month2 < int(first[5:7]):
        year2 += 1
    last = f"{year2:04}-{month2:02}-{int(parts['day2']):02}"
    return periods.valid(periods.span(first, last))


def _first_day(parts: Parts, scene: Scene) -> str:
    number = int(parts["day"])
    if "month" in parts:
        ending = f"-{int(parts['month']):02}-{number:02}"
        found = scene.year_for(parts, ending)
        if ending == "-02-29" and scene.named_year(parts) is None:
            found -= found % 4  # the last year that had one
        return f"{found:04}{ending}" if found else ""
    if "month_word" in parts:
        found_month = _month_word(parts, scene)
        return f"{found_month}-{number:02}" if found_month else ""
    return _bare_day(number, scene)


def _bare_day(number: int, scene: Scene) -> str:
    """Return the day of a month that only the context names: told, else latest before the publication."""
    told = scene.story.sentence.month or scene.story.paragraph.day[:7]
    if told:
        return f"{told}-{number:02}"
    limit = scene.day()
    if not limit:
        known = periods.month_of(scene.published)
        return f"{known}-{number:02}" if known else ""
    this = limit[:7]
    ahead = number - int(limit[8:])
    if ahead > 3 and not scene.cues.future:
        this = periods.shift_months(this, -1)
    if not periods.bounds(f"{this}-{number:02}"):  # a month too short for it: the one before has the day
        this = periods.shift_months(this, -1)
    return f"{this}-{number:02}"


def quarter(parts: Parts, scene: Scene) -> str | None:
    """三季度, 二、三季度."""
    number, last = int(parts["quarter"]), int(parts.get("quarter2", 0))
    found = scene.year_for(parts, f"-{3 * number - 2:02}")
    if not found:
        return None
    value = f"{found:04}-Q{number}"
    value = periods.span(value, f"{found:04}-Q{last}") if last else value
    if "same" in parts and scene.named_year(parts) is None:
        return periods.year_before(value)
    return periods.valid(value)


def edge_quarter(parts: Parts, scene: Scene) -> str | None:
    """一季度末."""
    return periods.edge(quarter(parts, scene), parts["edge"])


def first_quarters(parts: Parts, scene: Scene) -> str | None:
    """前三季度."""
    return month({**parts, "month": "1", "month2": str(3 * int(parts["count"]))}, scene)


def half(parts: Parts, scene: Scene) -> str | None:
    """上半年; a bare second half is the one before or after, whichever is nearer."""
    first = "-01" if parts["half"] == "1" else "-07"
    found = scene.year_for(parts, first)
    now = periods.month_of(scene.published)
    if first == "-07" and now and scene.named_year(parts) is None and not scene.story.year:
        found = scene.published_year - (int(now[5:]) <= 3 and not scene.cues.future)
    if not found:
        return None
    value = f"{found:04}-H{parts['half']}"
    return periods.year_before(value) if "same" in parts and scene.named_year(parts) is None else value


def edge_half(parts: Parts, scene: Scene) -> str | None:
    """上半年末."""
    return periods.edge(half(parts, scene), parts["edge"])


def _month_word(parts: Parts, scene: Scene) -> str:
    """Return the month of 本月, 上月, 当月 …, "" when its anchor is unknown."""
    word = scene.words.get(f"month-{parts['month_word']}")
    if word is None:
        return ""
    anchor = periods.month_of(scene.published)
    if word.anchor == "last":
        anchor = scene.story.named.month or scene.story.sentence.month or periods.month_of(scene.reporting) or anchor
    elif word.anchor == "report":
        anchor = scene.reported_month() or anchor
    return periods.shift_months(anchor, word.offset) if anchor else ""


def month_word(parts: Parts, scene: Scene) -> str | None:
    """上月, 本月初, 本月中旬, 上月同期."""
    found = _month_word(parts, scene)
    if not found:
        return None
    if "edge" in parts:
        return periods.edge(found, parts["edge"])
    if "third" in parts:
        return _thirds(found, parts["third"], found, parts.get("third2", parts["third"]))
    return found


def quarter_word(parts: Parts, scene: Scene) -> str | None:
    """上季度, 本季度, 上季末."""
    word = scene.words.get(f"quarter-{parts['quarter_word']}")
    anchor = scene.story.sentence.period or scene.reporting or scene.published
    known = periods.end(anchor) if periods.frequency(anchor) in _OF_A_QUARTER else ""
    if word is None or not known:
        return None
    first = periods.shift_months(f"{known[:5]}{(int(known[5:7]) - 1) // 3 * 3 + 1:02}", 3 * word.offset)
    value = f"{first[:4]}-Q{(int(first[5:7]) + 2) // 3}"
    return periods.edge(value, parts["edge"]) if "edge" in parts else value


def context_month_edge(parts: Parts, scene: Scene) -> str | None:
    """月底, 月初."""
    return periods.edge(scene.month(), parts["edge"])


def period_edge(parts: Parts, scene: Scene) -> str | None:
    """期末, 期初."""
    running = scene.story.period or scene.reporting or (str(scene.running_year()) if scene.running_year() else "")
    return periods.edge(running, parts["edge"])


def now(_: Parts, scene: Scene) -> str | None:
    """目前: the as-of date of the sentence, else the publication."""
    return scene.story.as_of or scene.published or None


def relative_day(parts: Parts, scene: Scene) -> str | None:
    """今天, 昨晚8时."""
    word = scene.words.get(f"day-{parts['day_word']}")
    if word is None:
        return None
    anchor = scene.day()
    if word.anchor == "last":
        anchor = scene.story.named.day or scene.story.paragraph.day or scene.story.before or anchor
    if anchor:
        return (date.fromisoformat(anchor) + timedelta(word.offset)).isoformat()
    return None


def week(parts: Parts, scene: Scene) -> str | None:
    """上周, 本周五, 周末."""
    if not scene.day():
        return None
    today = date.fromisoformat(scene.day())
    word = scene.words.get(f"week-{parts.get('week_word', '')}")
    monday = today - timedelta(today.weekday()) + timedelta(7 * (word.offset if word else 0))
    weekday = parts.get("weekday")
    if weekday is None:
        return f"{monday.isoformat()}/{(monday + timedelta(6)).isoformat()}"
    if weekday == "weekend":
        return f"{(monday + timedelta(5)).isoformat()}/{(monday + timedelta(6)).isoformat()}"
    found = monday + timedelta(int(weekday) - 1)
    if word is None and found > today and not scene.cues.future:
        found -= timedelta(7)
    return found.isoformat()


SHAPES: Mapping[str, Callable[[Parts, Scene], str | None]] = {
    "year": year,
    "year_pair": year_pair,
    "context_year": context_year,
    "context_edge": context_edge,
    "edge_year": edge_year,
    "month": month,
    "first_months": first_months,
    "edge_month": edge_month,
    "ten_days": ten_days,
    "half_month": half_month,
    "day": day,
    "quarter": quarter,
    "edge_quarter": edge_quarter,
    "first_quarters": first_quarters,
    "half": half,
    "edge_half": edge_half,
    "month_word": month_word,
    "quarter_word": quarter_word,
    "context_month_edge": context_month_edge,
    "period_edge": period_edge,
    "now": now,
    "relative_day": relative_day,
    "same_day": relative_day,
    "same_period": same_period,
    "week": week,
    "holiday": feasts.holiday,
    "days_off": feasts.days_off,
    "lunar_day": feasts.lunar_day,
    "plan": feasts.plan,
    "decade": feasts.decade,
    "era": feasts.era,
    "school_year": feasts.school_year,
    "mid_year": feasts.mid_year,
}
