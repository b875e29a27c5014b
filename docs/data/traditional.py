"""Write `rules/traditional.tsv`: traditional characters and their simplified ones, one to one.

Run once, with opencc installed (`pip install opencc`, Apache-2.0): `python docs/data/traditional.py`.
A pair is kept when opencc turns the single character into another single one, when the result is a character of
GB 2312 and the source is not: a character that simplified text uses itself (乾, 著, 瞭) has no safe mapping.
"""

from __future__ import annotations

from pathlib import Path

import opencc

TARGET = Path(__file__).parents[2] / "rules" / "traditional.tsv"


def simple(char: str) -> bool:
    """Tell whether `char` belongs to the simplified national set."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def pairs() -> list[tuple[str, str]]:
    """Return every safe (traditional, simplified) pair of the basic CJK block, in code order."""
    convert = opencc.OpenCC("t2s").convert
    found = ((c, convert(c)) for c in map(chr, range(0x4E00, 0xA000)))
    return [(c, s) for c, s in found if len(s) == 1 and s != c and simple(s) and not simple(c)]


def main() -> None:
    """Write the table."""
    rows = "".join(f"{c}\t{s}\n" for c, s in pairs())
    TARGET.write_text("traditional\tsimplified\n" + rows, encoding="utf-8")


if __name__ == "__main__":
    main()
