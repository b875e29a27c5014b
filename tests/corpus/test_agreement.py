"""Agreement of two readers: symmetric, best reading against alternatives, optional records left out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhengwen.corpus.folder import Corpus
from zhengwen.corpus.status import agreed, agreement_table, genre_table, write_tables
from zhengwen.errors import BadInput
from zhengwen.scoring.agreement import agreement, nominal_alpha

Put = Callable[..., Path]
Records = list[dict[str, Any]]


def both(put: Put, first: Records, second: Records) -> Corpus:
    put("a", first)
    return Corpus(put("a", second, folder="second"))


def change(records: Records, text: str, **slots: object) -> Records:
    assert any(r.get("text") == text for r in records)
    return [{**r, **slots} if r.get("text") == text else r for r in records]


def test_readers_who_say_the_same_agree(put: Put, gold: Records) -> None:
    result = agreed(both(put, gold, gold))

    assert {s for s, v in result.scores.items() if v != 1.0} == {"joins", "article.date"}  # neither is said
    assert result.counted["figure"] == (3, 3)


def test_another_slot_is_a_row_less(put: Put, gold: Records) -> None:
    result = agreed(both(put, gold, change(gold, "12个", period="2023")))

    assert result.scores["row"] == pytest.approx(2 / 3, abs=1e-4)
    assert result.scores["slot.period"] == pytest.approx(2 / 3, abs=1e-4)
    assert result.scores["figure"] == 1.0


def test_a_figure_that_one_reader_lacks_counts_once_in_two_ways(put: Put, gold: Records) -> None:
    result = agreed(both(put, gold, [r for r in gold if r.get("text") != "12个"]))

    assert result.scores["figure"] == pytest.approx(2 * 2 / (3 + 2), abs=1e-4)


def test_the_best_reading_is_judged_against_alternatives_both_ways(put: Put, gold: Records) -> None:
    # The second reader's best is among the first's readings, the first's best is not among the second's: half right.
    first, second = change(gold, "12个", period="2024-Q1 | 2024"), change(gold, "12个", period="2024")
    result = agreed(both(put, first, second))

    assert result.scores["slot.period"] == pytest.approx(5 / 6, abs=1e-4)


def test_neither_order_changes_the_agreement(put: Put, gold: Records) -> None:
    corpus = both(put, change(gold, "3.6%", base="2023 | yoy"), change(gold, "12个", subject="全县 | 云台县"))
    first, second = corpus.pages(), corpus.second()

    assert agreement(first, second).scores == agreement(second, first).scores


def test_what_one_reader_doubts_counts_for_neither(put: Put, gold: Records) -> None:
    result = agreed(both(put, change(gold, "12个", optional=True, value=99), gold))

    assert result.counted["figure"] == (2, 2)
    assert result.scores["row"] == 1.0


def test_two_texts_are_no_two_readings(put: Put, gold: Records) -> None:
    corpus = both(put, gold, gold)
    first = corpus.pages()
    put("a", gold, text="别的文字")

    with pytest.raises(BadInput, match="same text"):
        agreement(first, corpus.second())


def test_alpha_takes_chance_off() -> None:
    # Krippendorff (2011), nominal data, two observers, ten units: alpha 0.095.
    ones, twos = "0100000000", "1110010100"

    assert nominal_alpha(list(zip(ones, twos, strict=True))) == pytest.approx(0.095, abs=5e-4)
    assert nominal_alpha([("a", "a")] * 3) == 1.0


def test_the_readme_shows_the_tables_as_they_are(root: Path, tmp_path: Path) -> None:
    corpus, copy = Corpus(root / "corpus"), tmp_path / "README.md"
    copy.write_bytes((root / "corpus" / "README.md").read_bytes())
    tables = {"genres": genre_table(corpus), "agreement": agreement_table(agreed(corpus))}

    assert write_tables(copy, tables) == [], "make corpus-tables renews them"
    assert write_tables(copy, {"genres": ["| x |"]}) == ["genres"]
    with pytest.raises(BadInput, match="corpus:nowhere"):
        write_tables(copy, {"nowhere": []})


def test_second_labels_say_what_the_text_says(root: Path) -> None:
    pages = Corpus(root / "corpus").second()
    assert len(pages) >= 15
    for page in pages:
        for record in page.records:
            if "start" in record:
                assert page.text[record["start"] : record["end"]] == record["text"], (page.name, record)
