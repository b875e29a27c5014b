"""Numbers as dates write them: figures, 二〇二〇, 二十三, 廿八, 元."""

from __future__ import annotations

__all__ = ["numeral"]

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "两": 2, "元": 1, "首": 1, "正": 1}


def numeral(text: str) -> int:
    """Return the number that `text` writes; 0 where it writes none.

    Digits stand side by side (二〇二〇) or in tens (二十三, 廿八, 三十); 两千零四 counts in thousands.
    """
    if text.isascii() and text.isdigit():
        return int(text)
    if "千" in text:
        thousands, _, rest = text.partition("千")
        return _DIGITS.get(thousands, 1) * 1000 + numeral(rest.lstrip("零〇○"))
    text = text.replace("廿", "二十").replace("十十", "十")
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (numeral(tens) if tens else 1) * 10 + numeral(ones)
    value = 0
    for char in text:
        value = value * 10 + (int(char) if char.isascii() and char.isdigit() else _DIGITS.get(char, 0))
    return value
