"""Masked texts: symbols for items, the way back to every position, and where clauses begin and end."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengwen.engine import Engine
from zhengwen.rows.clauses import ASKED, CLASSES, Text, expand_classes
from zhengwen.stages import Candidate, NameMention, Period
from zhengwen.views import View

from .readings import figure, item, name, read, text_of, time

SENTENCE = "全市税收30亿元，比上年增长5%（剔除退税因素后增长8%），总量居全市第2位；出口9亿元。"


@pytest.fixture(scope="module")
def masked(engine: Engine) -> Text:
    return read(engine, SENTENCE)


def words(text: Text, span: tuple[int, int]) -> str:
    return text.text[slice(*span)]


def test_every_item_is_one_symbol_of_its_kind(masked: Text) -> None:
    pattern = (
        "全市税收<money>，比<last_year>增长<percent>（剔除退税因素后增长<percent>），总量居全市<rank>；出口<money>。"
    )
    assert re.fullmatch(expand_classes(pattern), masked.masked)


def test_groups_stand_for_any_of_their_kinds(engine: Engine) -> None:
    text = read(engine, "截至目前，临沂市共有企业276家，占地330公顷，利用率98%。")
    assert re.search(expand_classes("截至<any_time>，<name>共有企业<amount>，占地<figure>"), text.masked)
    assert not re.search(expand_classes("利用率<amount>"), text.masked)


def test_unlike_times_have_unlike_symbols(engine: Engine) -> None:
    text = read(engine, "上年、上月、目前和2021年，增长5%。")
    kinds = [next(n for n, c in CLASSES.items() if c == i.symbol) for i in text.items if i.kind == "time"]
    assert kinds == ["last_year", "last_period", "now", "time"]


def test_narrow_punctuation_is_read_as_wide() -> None:
    text = text_of("甲(乙),丙;丁:戊!己?")
    assert text.masked == "甲（乙），丙；丁：戊！己？"
    assert text.text == "甲(乙),丙;丁:戊!己?"


def test_private_characters_of_the_source_are_no_symbols() -> None:
    forged = CLASSES["percent"] + "增长" + ASKED
    assert text_of(forged).masked == "？增长？"


def test_labels_and_idioms_stay_words() -> None:
    label = Candidate(0, 2, "label", "test", 90)
    text = text_of("5G基站20座", label, figure("5G基站20座", "20座"))
    assert [i.kind for i in text.items] == ["figure"]
    assert text.masked.startswith("5G基站")


def test_each_time_has_its_own_period() -> None:
    source = "2021年3家，上年4家"
    taken = (time(source, "2021年"), figure(source, "3家"), time(source, "上年"), figure(source, "4家"))
    text = text_of(source, *taken, periods=(Period("2021"), None))
    assert [i.period for i in text.items] == [Period("2021"), None, None, None]


def test_unknown_classes_are_an_error() -> None:
    with pytest.raises(ValueError, match="unknown class <percents>"):
        expand_classes("增长@<percents>")


def test_classes_inside_a_set_are_taken_apart() -> None:
    pattern = re.compile(expand_classes("[^，<figure>]+"))
    match = pattern.match("税收" + CLASSES["money"])
    assert match and match.group() == "税收"


def test_groups_in_patterns_keep_their_names() -> None:
    match = re.search(expand_classes("(?P<of>全市)@<rank>"), "居全市" + ASKED + CLASSES["rank"])
    assert match and match["of"] == "全市"


def test_a_sentence_ends_at_stops_and_a_full_one_at_full_stops(masked: Text) -> None:
    at = SENTENCE.index("出口")
    assert words(masked, masked.sentence(at)) == "出口9亿元"
    assert words(masked, masked.full_sentence(at)) == SENTENCE[:-1]
    assert words(masked, masked.sentence(0)) == SENTENCE[: SENTENCE.index("；")]


@pytest.mark.parametrize(
    ("text", "asked", "clause"),
    [
        ("税收30亿元，增长5%。", "5%", "增长5%"),
        ("税收30亿元，增长5%。", "30亿元", "税收30亿元"),
        ("税收30亿元,增长5%。", "5%", "增长5%"),
        ("税收：30亿元", "30亿元", "30亿元"),
        ("税收30亿元——增长5%", "30亿元", "税收30亿元"),
        ("企业49家（工业16家），增长5%。", "16家", "工业16家"),
        ("企业49家（工业16家），增长5%。", "49家", "企业49家"),
        ("全市（含各县）税收30亿元", "30亿元", "全市（含各县）税收30亿元"),
        ("小学5所、中学8所", "8所", "中学8所"),
        ("小学5所和中学8所", "8所", "中学8所"),
        ("小学5所左右和中学8所", "8所", "中学8所"),
        ("粮食、油料产量5吨", "5吨", "粮食、油料产量5吨"),
        ("比例为1:2:3，增长5%", "1:2:3", "比例为1:2:3"),
        ("产值1,200.5万元", "1,200.5万元", "产值1,200.5万元"),
        ("第一季度产值5元\n第二季度产值6元", "6元", "第二季度产值6元"),
    ],
)
def test_clauses(text: str, asked: str, clause: str) -> None:
    figures = [figure(text, w) for w in re.findall(r"\d[\d.,:]*\d(?:[亿万]?[元家所吨%])?|\d[亿万]?[元家所吨%]", text)]
    found = text_of(text, *figures)
    # the mark between two list members belongs to neither of them
    assert words(found, found.segment(item(found, asked).start)).strip("、和左右") == clause


def test_brackets_count_only_around_figures(masked: Text) -> None:
    inside = masked.bracket(SENTENCE.index("8%"))
    assert inside and words(masked, inside) == "剔除退税因素后增长8%"
    assert masked.bracket(SENTENCE.index("第2位")) is None
    assert text_of("甲（乙）丙").bracket(2) is None


@pytest.mark.parametrize("text", ["企业49家（工业16家", "企业49家）工业16家", "（企业49家【工业16家）"])
def test_unpaired_brackets_are_none(text: str) -> None:
    found = text_of(text, figure(text, "49家"), figure(text, "16家"))
    assert found.bracket(text.index("16家")) is None


def test_items_between_positions_are_whole_and_of_a_kind(masked: Text) -> None:
    end = SENTENCE.index("（")
    assert [words(masked, (i.start, i.end)) for i in masked.between(0, end)] == ["30亿元", "上年", "5%"]
    assert [words(masked, (i.start, i.end)) for i in masked.between(0, end, "figure")] == ["30亿元", "5%"]
    assert masked.between(0, end - 1, "figure")[-1] == item(masked, "30亿元")


def test_a_window_holds_its_sentence_and_the_mark(masked: Text) -> None:
    window, offset = masked.window(item(masked, "9亿元"))
    assert window == "出口" + ASKED + CLASSES["money"]
    assert masked.position(offset) == SENTENCE.index("出口")


def test_a_window_is_bounded() -> None:
    source = "甲" * 100 + "3家" + "乙" * 100
    text = text_of(source, figure(source, "3家"))
    window, offset = text.window(text.items[0], left=10, right=5)
    assert window == "甲" * 10 + ASKED + CLASSES["count"] + "乙" * 4
    assert offset == 90


PIECES = st.lists(
    st.tuples(
        st.text(alphabet="税收比增长，。；、：（）()[]和\n5", max_size=6),
        st.sampled_from(["figure", "time", "name", "label", ""]),
        st.integers(1, 5),
    ),
    max_size=8,
)


def made(pieces: list[tuple[str, str, int]]) -> Text:
    """Put words and items of any kind and length side by side."""
    source, taken = "", []
    for before, kind, length in pieces:
        source += before
        start = len(source)
        source += "甲" * length
        if kind == "figure":
            taken.append(figure("x" * start + source[start:], source[start:]))
        elif kind == "name":
            taken.append(Candidate(start, len(source), "name", "test", 80, NameMention("甲", "place")))
        elif kind:
            taken.append(Candidate(start, len(source), kind, "test"))  # type: ignore[arg-type]
    return Text(View.of(source, [(0, len(source))]), taken, [None] * len(taken), {})


@given(PIECES)
def test_masked_positions_lead_back(pieces: list[tuple[str, str, int]]) -> None:
    text = made(pieces)
    inside = {p for i in text.items for p in range(i.start + 1, i.end)}
    for position in range(len(text.text) + 1):
        there = text.masked_position(position)
        assert 0 <= there <= len(text.masked)
        if position not in inside:
            assert text.position(there) == position
    for i in text.items:
        assert text.masked[i.at] == i.symbol
        assert text.position(i.at) == i.start
        assert text.position(i.at + 1) == i.end


@given(PIECES)
def test_masking_loses_nothing_between_items(pieces: list[tuple[str, str, int]]) -> None:
    text = made(pieces)
    assert len(text.masked) == len(text.text) - sum(i.end - i.start - 1 for i in text.items)
    assert sorted(text.items, key=lambda i: i.start) == text.items


@given(PIECES)
def test_spans_enclose_their_position(pieces: list[tuple[str, str, int]]) -> None:
    text = made(pieces)
    for i in text.items:
        first, last = text.sentence(i.start)
        start, end = text.segment(i.start)
        full = text.full_sentence(i.start)
        assert full[0] <= first <= start <= i.start < i.end <= end <= last <= full[1]
        window, offset = text.window(i)
        assert window.count(ASKED) == 1
        assert offset + window.index(ASKED) == i.at


def test_a_name_is_a_place_or_what_it_is() -> None:
    source = "甲县乙厂"
    text = text_of(source, name(source, "甲县"), name(source, "乙厂", "organisation"))
    assert text.masked == CLASSES["place"] + CLASSES["organisation"]
    assert text.items[1].name.type == "organisation"
