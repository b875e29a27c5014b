from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from zhengwen.scoring.align import overlap, pair


def at(start: int, end: int) -> dict[str, Any]:
    return {"start": start, "end": end}


def test_the_best_overlap_wins() -> None:
    assert pair([at(0, 4), at(4, 8)], [at(3, 8)]) == [(1, 0)]
    assert pair([at(0, 10)], [at(0, 3), at(0, 9)]) == [(0, 1)]


def test_one_to_one_and_ties_go_to_the_earlier() -> None:
    assert pair([at(0, 4)], [at(0, 4), at(0, 4)]) == [(0, 0)]
    assert pair([at(0, 2), at(2, 4)], [at(0, 4)]) == [(0, 0)]


def test_touching_is_not_meeting() -> None:
    assert pair([at(0, 4)], [at(4, 8)]) == []


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda t: at(t[0], t[0] + t[1])), max_size=12)


@given(spans, spans)
def test_no_pair_is_left_that_could_meet(gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> None:
    met = pair(gold, found)
    left, right = {i for i, _ in met}, {j for _, j in met}
    assert len(left) == len(right) == len(met)
    assert all(overlap(gold[i], found[j]) > 0 for i, j in met)
    free = [(i, j) for i in range(len(gold)) for j in range(len(found)) if i not in left and j not in right]
    assert not [1 for i, j in free if overlap(gold[i], found[j]) > 0]
