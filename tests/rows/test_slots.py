"""What rows say of whole sentences: every slot, as the contract decides it. The cases are data, in `cases/`."""

from __future__ import annotations

import pytest

from zhengwen.engine import Engine

from .casefiles import Case, cases, differences


@pytest.mark.parametrize("case", cases("measures"))
def test_measures(engine: Engine, case: Case) -> None:
    assert differences(engine, case) == []
