"""What rows say of whole sentences: every slot, as the contract decides it. The cases are data, in `cases/`."""

from __future__ import annotations

import pytest

from zhengwen.engine import Engine

from .casefiles import Case, cases, differences


@pytest.mark.parametrize("case", cases("measures"))
def test_measures(engine: Engine, case: Case) -> None:
    assert differences(engine, case) == []


@pytest.mark.parametrize("case", cases("when"))
def test_periods(engine: Engine, case: Case) -> None:
    assert differences(engine, case) == []


@pytest.mark.parametrize("case", cases("status"))
def test_status(engine: Engine, case: Case) -> None:
    assert differences(engine, case) == []


@pytest.mark.parametrize("case", cases("parts"))
def test_parts(engine: Engine, case: Case) -> None:
    assert differences(engine, case) == []


@pytest.mark.parametrize("case", cases("lists"))
def test_lists(engine: Engine, case: Case) -> None:
    assert differences(engine, case) == []


@pytest.mark.parametrize("case", cases("naming"))
def test_indicators(engine: Engine, case: Case) -> None:
    assert differences(engine, case) == []


@pytest.mark.parametrize("case", cases("subjects"))
def test_subjects(engine: Engine, case: Case) -> None:
    assert differences(engine, case) == []


@pytest.mark.parametrize("case", cases("passages"))
def test_passages(engine: Engine, case: Case) -> None:
    assert differences(engine, case) == []


@pytest.mark.parametrize("case", cases("news"))
def test_news(engine: Engine, case: Case) -> None:
    assert differences(engine, case) == []
