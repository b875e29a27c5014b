from __future__ import annotations

import pytest

from zhengwen.errors import BadDate
from zhengwen.reading import parse_date


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", ""),
        ("2021", "2021"),
        ("2021-03", "2021-03"),
        ("2021-3-5", "2021-03-05"),
        (" 2021/03/05 ", "2021-03-05"),
        ("20210305", "2021-03-05"),
        ("2021年3月5日", "2021-03-05"),
        ("2021年3月", "2021-03"),
        ("2021年", "2021"),
        ("2021-03-05 08:30", "2021-03-05"),
        ("2021-03-05T08:30:00+08:00", "2021-03-05"),
    ],
)
def test_dates_keep_their_exactness(given: str, expected: str) -> None:
    assert parse_date(given) == expected


@pytest.mark.parametrize("given", ["gestern", "2021-13", "2021-02-30", "21-03-05", "0000", "2021-03-05 hello", "20211"])
def test_what_is_no_date_is_told(given: str) -> None:
    with pytest.raises(BadDate, match="not a date"):
        parse_date(given, where="--date")
