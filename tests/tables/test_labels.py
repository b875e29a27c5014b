"""Every code that people may meet has a label in both languages, and no two headers are the same."""

from __future__ import annotations

import pytest

from zhengwen.errors import BadInput
from zhengwen.rules import load
from zhengwen.schema import meanings
from zhengwen.tables.figuresheet import COLUMNS, ENUMERATED, columns
from zhengwen.tables.labels import LANGUAGES, Labels, codes


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_enumerated_value_has_a_label(lang: str) -> None:
    labels = Labels(load(), lang)
    said = meanings(load())

    for column, topic in ENUMERATED.items():
        for code in said.get(f"figure.{column}", ("", ()))[1]:
            assert code in labels.topic(topic), f"{topic}.{code}"
    for code in (*said["check.check"][1], *said["entity.type"][1]):
        assert code in {**labels.topic("check"), **labels.topic("type")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headers_are_unique_and_dropdowns_fit(lang: str) -> None:
    pytest.importorskip("xlsxwriter")
    made = columns(Labels(load(), lang))

    assert len({c.header.lower() for c in made}) == len(COLUMNS)
    assert all(len(",".join(c.values)) <= 255 for c in made)


def test_labels_lead_back_to_their_codes() -> None:
    assert codes(load(), "measure")["增速"] == "growth_rate"
    assert codes(load(), "measure")["growth_rate"] == "growth_rate"
    assert codes(load(), "review")["通过"] == "accept"


def test_no_label_is_empty_in_either_language() -> None:
    for row in load().table("labels"):
        assert row["zh"], row["key"]
        assert row["en"] or row["key"].startswith("about."), row["key"]


def test_an_unknown_language_is_one_line() -> None:
    with pytest.raises(BadInput, match="no such language: fr"):
        Labels(load(), "fr")
