"""What holds for any text: no exception, offsets that slice back, one date in many forms, linear time."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengwen.rules import load
from zhengwen.stages import ArticleText, Frame, Paragraph
from zhengwen.times import Times
from zhengwen.times.evidence import published_year, reporting_period
from zhengwen.times.numerals import numeral
from zhengwen.views import View

TIMES = Times(load(None))
ALPHABET = (
    "0123456789０９.-/:—至到、，。年月日号季度上下前半初底末旬今去明昨同期五一十二三〇零“”国庆春节周第个目前"
    "全本当次至截时点分“十三五”世纪代"
)
DIGITS = "〇一二三四五六七八九"


def han(number: int) -> str:
    """Write 1 to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十") + (DIGITS[ones] if ones else "")


def article_of(text: str) -> ArticleText:
    return ArticleText(1, text[:30], None, (Paragraph(View.of(text, [(0, len(text))]), "body", 1, (1,)),))


def values(text: str) -> list[str | None]:
    article = article_of(text)
    taken = [[c for c in TIMES.find(text) if c.kind == "time"]]
    return [p.value if p else None for p in TIMES.resolve(article, taken, Frame(date="2021-05-20"))[0]]


@settings(max_examples=400, deadline=None)
@given(st.text(ALPHABET, max_size=40), st.sampled_from(["", "2021", "2021-02", "2020-02-29", "1980-01-01"]))
def test_any_text_is_read_without_an_exception(text: str, published: str) -> None:
    article = article_of(text)
    found = TIMES.find(text)
    taken = [found]
    resolved = TIMES.resolve(article, taken, Frame(date=published, reporting=published[:4]))

    assert len(resolved[0]) == len(found)
    assert all(0 <= c.start < c.end <= len(text) for c in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    published_year(article, taken)
    reporting_period(article, taken, published)


@given(st.text(max_size=60))
def test_text_of_any_script_is_read(text: str) -> None:
    values(text)


@settings(deadline=None)
@given(st.dates(date(1949, 10, 1), date(2035, 12, 31)))
def test_one_day_in_many_forms(day: date) -> None:
    year = "".join(DIGITS[int(d)] for d in str(day.year))
    forms = [
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month:02}月{day.day:02}日",
        f"{day.year} 年 {day.month} 月 {day.day} 日",
        f"{year}年{han(day.month)}月{han(day.day)}日",
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日上午9时30分",
    ]

    assert [values(f"于{form}，") for form in forms] == [[day.isoformat()]] * len(forms)


@settings(deadline=None)
@given(st.integers(1980, 2035), st.integers(1, 11), st.integers(1, 11))
def test_one_range_of_months_in_many_forms(year: int, first: int, length: int) -> None:
    last = min(12, first + length)
    forms = [f"{year}年{first}{dash}{last}月" for dash in ("-", "—", "－", "至", "到", "～", "--")]
    forms += [f"{year}年{first}月至{last}月", f"{year}年{han(first)}至{han(last)}月"]
    expected = f"{year}-{first:02}/{year}-{last:02}"

    assert [values(form) for form in forms] == [[expected]] * len(forms)


@given(st.integers(1, 99))
def test_numerals(number: int) -> None:
    assert numeral(han(number)) == numeral(str(number)) == number


@pytest.mark.parametrize(
    "piece",
    [
        "一",
        "1:",
        "1:1.",
        "、",
        "1、",
        "十",
        "9",
        "20-",
        "2-",
        "第一",
        " ",
        "二〇",
        "亿",
        "(",
        "“",
        "年",
        "一、",
        "同",
        "至1",
        "上半",
    ],
)
def test_a_million_characters_take_seconds_only(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    started = time.process_time()
    TIMES.find(text)

    assert time.process_time() - started < 8  # quadratic, it would be minutes


@pytest.mark.parametrize("piece", ["2020年", "“五一”", "1月", "1月1日至", "年初", "今年的", "1月、"])
def test_texts_of_nothing_but_times_stay_linear(piece: str) -> None:
    text = piece * (50_000 // len(piece))
    started = time.process_time()
    TIMES.find(text)

    assert time.process_time() - started < 8  # quadratic, it would be minutes


def test_wide_digits_are_read(read: Callable[..., list[tuple[str, str | None]]]) -> None:
    assert read("２０２０年３月") == [("２０２０年３月", "2020-03")]
