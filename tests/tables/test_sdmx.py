"""SDMX observations: a renaming of the rows that have all concepts."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from zhengwen.reading import page_of
from zhengwen.records import Figure
from zhengwen.rules import load
from zhengwen.tables import RunFolder
from zhengwen.tables.sdmx import SDMX_COLUMNS, Sdmx, time_period
from zhengwen.times.periods import bounds, frequency


def figure(period: str = "2021", **slots: object) -> Figure:
    first, last = bounds(period) or ("", "")
    known: dict[str, object] = {
        "value": Decimal("417000000"),
        "kind": "money",
        "unit_code": "CNY",
        "indicator_id": "tax_revenue",
        "area_code": "410800",
        "area_from": "subject",
        "period": period,
        "period_start": first,
        "period_end": last,
        "freq": frequency(period),
    }
    return Figure(source="a", figure_id="f1", article_id="a-1", start=0, end=1, text="x", **(known | slots))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def sdmx() -> Sdmx:
    return Sdmx(load())


def test_a_level_is_an_observation(sdmx: Sdmx) -> None:
    cells = sdmx.cells(figure())
    assert cells == ["410800", "tax_revenue", "2021", "A", "N", "CNY", "0", "417000000", "A", "f1"]
    assert len(cells) == len(SDMX_COLUMNS)


@pytest.mark.parametrize(
    ("period", "wanted"),
    [
        ("2021", "2021"),
        ("2021-H2", "2021-S2"),
        ("2021-Q3", "2021-Q3"),
        ("2021-09", "2021-09"),
        ("2021-09-01", "2021-09-01"),
        ("/2020-12-31", "2020-12-31"),
        ("2021-01/2021-05", "2021-01-01/P5M"),
        ("2016/2020", "2016-01-01/P5Y"),
    ],
)
def test_periods_in_sdmx_notation(period: str, wanted: str) -> None:
    assert time_period(figure(period)) == wanted


def test_growth_and_status_have_their_codes(sdmx: Sdmx) -> None:
    growth = sdmx.cells(figure(measure="growth_rate", base="yoy", kind="percent", unit_code="", vintage="preliminary"))
    target = sdmx.cells(figure(status="target"))
    assert growth and (growth[4], growth[5], growth[8]) == ("GY", "PT", "P")
    assert target and target[8] == "F"


@pytest.mark.parametrize(
    "slots",
    [
        {"area_from": "article"},
        {"indicator_id": ""},
        {"value": None},
        {"measure": "rank"},
        {"measure": "growth_rate", "base": "2019"},
        {"period": None, "period_start": "", "period_end": "", "freq": ""},
    ],
)
def test_a_row_without_a_concept_is_left_out(sdmx: Sdmx, slots: dict[str, object]) -> None:
    assert sdmx.cells(figure(**slots)) is None


def test_the_country_needs_no_code(sdmx: Sdmx) -> None:
    cells = sdmx.cells(figure(subject="全国", area_code="", area_from=""))
    assert cells and cells[0] == "CN"


def test_a_run_folder_writes_it_when_asked(tmp_path: Path) -> None:
    with RunFolder(tmp_path, ["sdmx"]) as run:
        run.add(page_of("x"), [figure(), figure(indicator_id="")])
        run.close({})
    with (tmp_path / "sdmx.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [r["FIGURE_ID"] for r in rows] == ["f1"]
    with RunFolder(tmp_path) as run:
        run.close({})
    assert not (tmp_path / "sdmx.csv").exists()
