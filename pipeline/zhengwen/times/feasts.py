"""Shapes that come from tables and conventions: holidays, lunar days, five-year plans, decades, eras, school years."""

from __future__ import annotations

from collections.abc import Mapping

from zhengwen.times import periods
from zhengwen.times.numerals import numeral
from zhengwen.times.scene import Scene

__all__ = ["days_off", "decade", "era", "holiday", "lunar_day", "mid_year", "plan", "school_year"]

Parts = Mapping[str, str]


def holiday(parts: Parts, scene: Scene) -> str | None:
    """春节, 今年“五一”黄金周, 中秋国庆假期."""
    term, table = parts["holiday"], scene.holidays
    found = scene.named_year(parts)
    if found is None:
        day_now = table.day(term, scene.published_year) if scene.published_year else ""
        found = scene.story.sentence.year or (scene.latest(day_now[4:]) if day_now else 0) or scene.story.year
    if not found:
        return None
    if "rest" not in parts and not scene.cues.days_off:
        return table.day(term, found) or None
    value = table.days_off(term, found)
    if "holiday2" in parts:
        both = sorted(x for v in (value, table.days_off(parts["holiday2"], found)) for x in v.split("/") if x)
        value = periods.span(both[0], both[-1]) if both else ""
    return periods.valid(value)


def days_off(parts: Parts, scene: Scene) -> str | None:
    """黄金周, 长假: of the holiday that the text is about, else of the last long one."""
    table = scene.holidays
    term = scene.story.holiday or _last_long(scene)
    if not term:
        return None
    return holiday({**parts, "holiday": term, "rest": parts.get("rest", "长假")}, scene) if table.name(term) else None


def _last_long(scene: Scene) -> str:
    limit = periods.end(scene.published)
    if len(scene.published) < 7:
        return ""
    days = [(scene.holidays.day(h, y), h) for h in scene.holidays.long() for y in (int(limit[:4]), int(limit[:4]) - 1)]
    return max((pair for pair in days if pair[0] and pair[0] <= limit), default=("", ""))[1]


def lunar_day(parts: Parts, scene: Scene) -> str | None:
    """正月十五, 农历八月十五."""
    number = scene.year(parts) or scene.year(parts, "year2") or scene.story.sentence.year or scene.published_year
    if not number:
        return None
    found = scene.holidays.lunar_day(parts["lunar_month"], parts["lunar_day"], number)
    before = scene.holidays.lunar_day(parts["lunar_month"], parts["lunar_day"], number - 1)
    if found[:4] > str(number):  # the twelfth month of a lunar year lies in the next year of ours
        return before or found
    return found or None


def plan(parts: Parts, _: Scene) -> str | None:
    """十三五: 2016 to 2020; the tenth plan began in 2001."""
    first = 1951 + 5 * int(parts["plan"])
    return periods.edge(f"{first}/{first + 4}", parts["edge"]) if "edge" in parts else f"{first}/{first + 4}"


def decade(parts: Parts, scene: Scene) -> str | None:
    """上世纪90年代, 八十年代."""
    if "year" in parts:
        first = int(parts["year"])
    else:
        this = (scene.published_year or 2020) // 100 + 1
        cen = parts.get("century", "")
        century = {"上": this - 1, "本": this, "": 20}.get(cen) or numeral(cen)
        first = (century - 1) * 100 + int(parts["decade"])
    return periods.valid(f"{first:04}/{first + 9:04}")


def era(parts: Parts, _: Scene) -> str | None:
    """民国二十三年."""
    first = 1911 + numeral(parts["era"])
    return periods.valid(f"{first}-{int(parts['month']):02}" if "month" in parts else str(first))


def school_year(parts: Parts, _: Scene) -> str | None:
    """2018—2019学年."""
    return f"{parts['year']}-09/{int(parts['year']) + 1}-08"


def mid_year(parts: Parts, _: Scene) -> str | None:
    """2018年中旬."""
    return f"{parts['year']}-06"
