from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import zhengwen
from zhengwen.tables.frame import FRAME_COLUMNS

TEXT = "去年,全区税收收入完成4.17亿元,同比下降3.6%。"


def figures(records: list[zhengwen.Record]) -> list[zhengwen.Figure]:
    return [r for r in records if isinstance(r, zhengwen.Figure)]


def test_a_text_gives_records_in_the_contracts_order() -> None:
    records = zhengwen.extract(TEXT, date="2022-01-18", title="题", place="东湖区")

    kinds = list(dict.fromkeys("position" if hasattr(r, "text") else r.record for r in records))
    assert kinds[:3] == ["article", "block", "position"]
    level, fall = figures(records)
    assert (level.value, level.period) == (417000000, "2021")
    assert float(fall.value or 0) == -3.6
    assert all(TEXT[f.start : f.end] == f.text for f in (level, fall))


def test_a_file_is_read_with_what_stands_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="gb18030")
    (tmp_path / "a.meta.json").write_text('{"date": "2011-05"}', encoding="utf-8")

    assert figures(zhengwen.extract_file(path))[0].period == "2010"


ODD = ["", " \n", "没有数字。", "\ud800", "😀", "𠀀1家", "(" * 2000, "9" * 3000, "1" + "万" * 500]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_any_text_gives_records(text: str) -> None:
    for record in zhengwen.extract(text):
        if isinstance(record, zhengwen.Figure | zhengwen.Time):
            assert text[record.start : record.end] == record.text


def test_errors_are_told() -> None:
    with pytest.raises(zhengwen.BadDate):
        zhengwen.extract(TEXT, date="soon")
    with pytest.raises(zhengwen.BadInput):
        zhengwen.extract_file("nowhere.txt")
    with pytest.raises(zhengwen.BadRule):
        zhengwen.extract(TEXT, rules="nowhere")


def test_a_frame_gives_a_row_for_each_figure_and_each_error() -> None:
    news = pd.DataFrame(
        {
            "id": ["a", "b", "c", "d", "a"],
            "text": [TEXT, None, TEXT, "没有数字。", TEXT],
            "date": ["2022", None, "never", "2022", pd.NaT],
            "more": 1,
        },
        index=[7, 7, 8, 9, 9],
    )

    frame = zhengwen.extract_frame(news)

    assert tuple(frame.columns) == FRAME_COLUMNS
    assert frame["id"].tolist() == ["a", "a", "b", "c", "a", "a"]
    assert frame["value"].tolist()[:2] == [417000000.0, -3.6]
    assert frame["period"].tolist()[0] == "2021"
    assert frame["error"].fillna("").tolist()[2:4] == [
        "the row has no text",
        "not a date: 'never' (wanted: 2021, 2021-03 or 2021-03-05)",
    ]


def test_a_frames_types_do_not_depend_on_its_rows() -> None:
    some = zhengwen.extract_frame(pd.DataFrame({"text": [TEXT]}, index=pd.Index(["x"])))
    none = zhengwen.extract_frame(pd.DataFrame({"text": pd.Series([], dtype="str")}))

    assert set(some["id"]) == {"x"}
    types = {c: (some[c].dtype, none[c].dtype) for c in FRAME_COLUMNS if c != "id"}
    assert {c: t for c, t in types.items() if t[0] != t[1]} == {}
    assert some["value"].dtype == "float64"


def test_a_date_column_of_any_type_is_read() -> None:
    for dates in ([2022.0, None], [2022, 2021], pd.to_datetime(["2022-03-01", None])):
        frame = zhengwen.extract_frame(pd.DataFrame({"text": [TEXT, TEXT], "date": dates}))
        assert frame["error"].isna().all()
        assert frame["period"].tolist()[0] == "2021"


def test_a_frame_without_texts_is_told() -> None:
    with pytest.raises(zhengwen.BadInput, match="no column named text"):
        zhengwen.extract_frame(pd.DataFrame({"body": ["x"]}))
