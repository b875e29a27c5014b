from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengwen.errors import BadInput
from zhengwen.reading import decode

TEXT = "全年实现税收4.17亿元，\r\n同比增长3.6%。\n"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8 (byte-order mark)"),
        ("utf-16", "utf-16-le (byte-order mark)"),
        ("utf-32", "utf-32-le (byte-order mark)"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
    ],
)
def test_text_comes_out_as_it_is_and_says_its_encoding(encoding: str, said: str) -> None:
    decoded = decode(TEXT.encode(encoding))

    assert decoded.text == TEXT
    assert decoded.encoding == said


def test_big_endian_marks_are_read() -> None:
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be")).text == TEXT


def test_traditional_big5_is_told_from_gb18030() -> None:
    text = "全年實現稅收四億元,比上年增長百分之三,臺灣地區經濟發展統計資料顯示"

    assert decode(text.encode("big5")).text == text
    assert decode("全年实现税收四亿元,比上年增长百分之三".encode("gb18030")).encoding == "gb18030"


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (b"", "empty", "empty"),
        (b"\xef\xbb\xbf", "empty", "no text"),
        (b" \r\n\t ", "empty", "no text"),
        (b"%PDF-1.7 whatever", "binary", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "binary", "picture"),
        (b"PK\x03\x04rest", "binary", "zip"),
        (bytes(range(32)) * 8, "binary", "control"),
        (b"\x00\x01\x02\xff\xfe" * 9, "binary", "NUL"),
        (b"\xff\x81\xff\x80 abc", "undecodable", "first bad byte at 0"),
        (b"\xef\xbb\xbfabc\xff", "undecodable", "byte-order mark"),
    ],
)
def test_what_is_no_text_is_told_in_one_line(data: bytes, code: str, word: str) -> None:
    with pytest.raises(BadInput) as raised:
        decode(data, where="a.txt")

    assert raised.value.code == code
    assert word in raised.value.line()
    assert raised.value.line().startswith("a.txt: ")
    assert "\n" not in raised.value.line()


@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_or_one_error(data: bytes) -> None:
    try:
        assert decode(data).text
    except BadInput as error:
        assert error.code in {"empty", "binary", "undecodable"}


@given(st.text(min_size=1, max_size=100).filter(lambda t: t.strip() and t[0] != "\ufeff"))
def test_every_utf8_text_without_controls_comes_back_whole(text: str) -> None:
    if all(c >= " " or c in "\r\n\t" for c in text) and "\x7f" not in text and text[:4] not in ("GIF8", "%PDF"):
        assert decode(text.encode("utf-8")).text == text
