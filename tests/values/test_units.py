"""Units: longest match, compounds, and factors checked against an independent library."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhengwen.rules import load
from zhengwen.values.units import Units

RULES = load()
UNITS = Units(RULES)

PINT_NAMES = {
    "har": "hectare", "ar": "are", "m2": "meter**2", "km2": "kilometer**2", "cm2": "centimeter**2",
    "mm2": "millimeter**2",
    "[mi_i]2": "mile**2", "[ft_i]2": "foot**2", "[acr_br]": "acre", "m3": "meter**3", "km3": "kilometer**3",
    "cm3": "centimeter**3", "[bbl_us]": "oil_barrel", "[gal_us]": "gallon", "hL": "hectoliter", "L": "liter",
    "mL": "milliliter",
    "[nmi_i]": "nautical_mile", "[mi_i]": "mile", "[ft_i]": "foot", "[in_i]": "inch", "[yd_i]": "yard",
    "t": "tonne", "[lb_av]": "pound", "[oz_av]": "ounce", "[car_m]": "carat", "ug": "microgram", "um": "micrometer",
    "a": "year", "mo": "month", "wk": "week", "d": "day", "min": "minute", "s": "second", "h": "hour",
    "cal": "calorie", "kcal": "kilocalorie", "kW.h": "kilowatt_hour", "MW.h": "megawatt_hour",
    "GW.h": "gigawatt_hour",
    "W.h": "watt_hour", "km/h": "kilometer/hour", "m/s": "meter/second", "[mi_i]/h": "mile/hour",
    "mg/L": "milligram/liter", "ug/L": "microgram/liter", "mg/m3": "milligram/meter**3",
    "ug/m3": "microgram/meter**3",
    "By": "byte", "kBy": "kilobyte", "MBy": "megabyte", "GBy": "gigabyte", "TBy": "terabyte", "PBy": "petabyte",
    "EBy": "exabyte", "ZBy": "zettabyte", "bit": "bit", "kbit": "kilobit", "Mbit": "megabit", "mm[Hg]": "mmHg",
    "kV.A": "kilovolt*ampere",
    "MV.A": "megavolt*ampere", "mA.h": "milliampere*hour",
}  # fmt: skip
BASES = {
    "m": "meter", "m2": "meter**2", "m3": "meter**3", "kg": "kilogram", "s": "second", "J": "joule", "W": "watt",
    "m/s": "meter/second", "kg/m3": "kilogram/meter**3", "By": "byte", "Hz": "hertz", "V": "volt", "Pa": "pascal",
    "A": "ampere", "N": "newton", "C": "coulomb",
}  # fmt: skip
CHECKED = [r for r in RULES.table("units") if r["code"] in BASES and r["ucum"] and not r["ucum"].startswith("[ly")]


@pytest.mark.parametrize("row", CHECKED, ids=lambda r: r["unit"])
def test_factors_agree_with_pint(row: dict[str, str]) -> None:
    pytest.importorskip("pint")
    name = PINT_NAMES.get(row["ucum"], row["ucum"])
    ours = float(row["factor"])
    theirs = _pint(name, row["code"])
    assert ours == pytest.approx(theirs, rel=1e-5 if row["unit"] == "英亩" else 1e-9)


_REGISTRY: list[object] = []


def _pint(name: str, code: str) -> float:
    import pint

    if not _REGISTRY:
        _REGISTRY.append(pint.UnitRegistry())
    return float(_REGISTRY[0].Quantity(1, name).to(BASES[code]).magnitude)  # type: ignore[attr-defined]


def test_most_units_of_a_physical_dimension_are_checked() -> None:
    assert len(CHECKED) > 120


@pytest.mark.parametrize(
    ("unit", "factor"),
    [("亩", Decimal(10000) / 15), ("斤", Decimal("0.5")), ("两", Decimal("0.05")), ("里", Decimal(500)),
     ("公亩", Decimal(100)), ("吨标准煤", Decimal("29307600000")), ("公顷", Decimal(10000))],
)  # fmt: skip
def test_our_own_units(unit: str, factor: Decimal) -> None:
    assert float(UNITS.entries[unit].factor or 0) == pytest.approx(float(factor), rel=1e-12)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("元/平方米", "元/平方米", "rate"),
        ("微克/立方米", "微克/立方米", "concentration"),
        ("吨标准煤/万元", "吨标准煤/万元", "rate"),
        ("人/平方公里", "人/平方公里", "rate"),
        ("元/人/夜", "元/人/夜", "rate"),
        ("元每吨", "元每吨", "rate"),
        ("公里/小时", "公里/小时", "speed"),
        ("头（只）", "头（只）", "count"),
        ("人(次)", "人(次)", "count"),
        ("台/套", "台/套", "count"),
        ("个百分点", "百分点", "percentage_point"),
        ("个月", "个月", "duration"),
        ("平方公里", "平方公里", "area"),
        ("标箱", "标箱", "count"),
    ],
)
def test_match(text: str, name: str, kind: str) -> None:
    found = UNITS.match(text + "。", 0)
    assert found is not None
    assert (found[0].name, found[0].kind, found[1]) == (name, kind, len(text))


@pytest.mark.parametrize("text", ["角洲", "元旦", "年级", "个体户", "mph", "家庭"])
def test_unit_that_begins_a_word_is_none(text: str) -> None:
    assert UNITS.match(text, 0) is None


@pytest.mark.parametrize(
    ("head", "name", "magnitude"),
    [("亿元", "元", 10**8), ("万吨", "吨", 10**4), ("%", "%", 1), ("万人次", "人次", 10**4), ("千瓦时", "千瓦时", 1),
     ("亿千瓦时", "千瓦时", 10**8), ("元/平方米", "元/平方米", 1), ("亿", None, 10**8), ("万TEU", "TEU", 10**4),
     ("±%", "%", 1), ("千公顷", "公顷", 1000), ("百万美元", "美元", 10**6), ("万头（只）", "头（只）", 10**4)],
)  # fmt: skip
def test_head_of_a_table(head: str, name: str | None, magnitude: int) -> None:
    unit, found = UNITS.read(head)
    assert (unit.name if unit else None, found) == (name, magnitude)


def test_rate_in_base_units() -> None:
    unit = UNITS.match("吨标准煤/万元", 0)
    assert unit is not None
    assert unit[0].code == "J/CNY"
    assert unit[0].factor == Decimal("29307600000") / 10000


def test_a_day_under_a_stroke() -> None:
    unit = UNITS.match("吨/日", 0)
    assert unit is not None
    assert (unit[0].name, unit[0].kind, unit[0].code) == ("吨/日", "rate", "kg/s")
    assert UNITS.match("日", 0) is None


def test_there_are_many_units() -> None:
    assert len(RULES.table("units")) > 300
    assert len(RULES.table("classifiers")) > 200
