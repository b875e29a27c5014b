"""Lists of figures: who leads, who follows, who shares a verb. What 分别 gives out is in `cases/lists.tsv`."""

from __future__ import annotations

import pytest

from zhengwen.engine import Engine
from zhengwen.rows.drafts import Draft
from zhengwen.rows.indicators import Indicators
from zhengwen.rows.lists import Lists, chains
from zhengwen.rows.nouns import Nouns

from .readings import draft_of, figure, text_of


@pytest.fixture(scope="module")
def lists(engine: Engine) -> Lists:
    return Lists(engine.rules, Nouns(engine.rules, Indicators(engine.rules)))


def drafts(lists: Lists, source: str, *words: str, units: tuple[str, ...] = ()) -> list[Draft]:
    taken = [figure(source, w, unit=u) for w, u in zip(words, units or ("%",) * len(words), strict=True)]
    text = text_of(source, *taken)
    made = [draft_of(text, w) for w in words]
    lists.link(made)
    return made


@pytest.mark.parametrize("joint", ["、", "和", "与", "及", "以及", " 和 ", "，和", "、约", "和超过"])
def test_a_bare_list_has_a_leader(lists: Lists, joint: str) -> None:
    a, b = drafts(lists, f"增长3%{joint}5%。", "3%", "5%")
    assert b.leader is a
    assert a.last is b
    assert a.leader is None


@pytest.mark.parametrize("between", ["，", "。", "；", "，出口增长", "到", "，其中"])
def test_other_words_make_no_list(lists: Lists, between: str) -> None:
    _, b = drafts(lists, f"增长3%{between}5%。", "3%", "5%")
    assert b.leader is None


def test_the_first_leads_all(lists: Lists) -> None:
    a, b, c = drafts(lists, "增长3%、5%和7%。", "3%", "5%", "7%")
    assert (b.leader, c.leader, a.last) == (a, a, c)
    assert chains([a, b, c]) == [[a, b, c]]


def test_unlike_units_make_no_list(lists: Lists) -> None:
    _, b = drafts(lists, "投入3元和5人。", "3元", "5人", units=("元", "人"))
    assert (b.leader, b.shares) == (None, None)


def test_a_noun_of_its_own_shares_the_verb(lists: Lists) -> None:
    a, b = drafts(lists, "增加小麦3亩、玉米5亩。", "3亩", "5亩", units=("亩", "亩"))
    assert (b.leader, b.shares) == (None, a)
