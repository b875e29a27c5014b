from __future__ import annotations

from pathlib import Path

import pytest

from zhengwen.explaining import explain, split_place
from zhengwen.extraction import engine
from zhengwen.reading import page_of

TEXT = "2021年,全区税收收入完成4.17亿元。沿107国道前进,进一步提升。"


def said(offset: int | None = None, text: str = TEXT) -> str:
    return "\n".join(explain(engine(None), page_of(text, source="a.txt"), offset))


def test_every_figure_has_its_slots_with_their_rules() -> None:
    whole = said()

    assert "14:20 4.17亿元: figure" in whole
    assert "value      417000000   ← quantities." in whole
    assert "measure    level   ← measures." in whole
    assert "period     2021" in whole
    assert "base       –   ← " in whole


@pytest.mark.parametrize(
    ("offset", "word"),
    [
        (1, "2021年: no figure: read as time (dates.year"),
        (TEXT.index("107"), "107国道: no figure: read as name (names."),
        (TEXT.index("一步"), "一: no figure: no reading was proposed"),
        (TEXT.index("税收"), "no figure and no numeral at"),
    ],
)
def test_a_numeral_that_is_no_figure_has_its_reason(offset: int, word: str) -> None:
    assert word in said(offset)


def test_a_place_is_a_file_and_an_offset(tmp_path: Path) -> None:
    odd = tmp_path / "a.txt:12"
    odd.write_text("x", encoding="utf-8")

    assert split_place("a.txt:12") == ("a.txt", 12)
    assert split_place("a.txt") == ("a.txt", None)
    assert split_place("C:\\a.txt") == ("C:\\a.txt", None)
    assert split_place(str(odd)) == (str(odd), None)
