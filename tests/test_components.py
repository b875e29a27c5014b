from __future__ import annotations

import pickle
import subprocess
import sys

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import zhengwen

TEXT = "去年,全区税收收入完成4.17亿元,规模以上工业企业达123,244.2万家。"
NEWS = [(TEXT, {"date": "2022-01-18", "id": 1}), (TEXT, {"date": "2015", "id": 2})]


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    return zhengwen.load()


def said(doc: Doc) -> list[tuple[str, str | None]]:
    return [(s.text, s._.zhengwen["period"]) for s in doc.spans["figures"]]


def test_figures_stand_in_the_doc(nlp: spacy.language.Language) -> None:
    doc = nlp(TEXT)

    span = doc.spans["figures"][0]
    assert doc.text == TEXT
    assert (span.text, span.label_) == ("4.17亿元", "level")
    assert span._.zhengwen["value"] == 417000000
    assert doc.ents == ()


def test_tokens_are_words_with_figures_and_dates_whole(nlp: spacy.language.Language) -> None:
    words = [t.text for t in nlp.make_doc("2020年,群众收入123,244.2元,同比增长3.6%。\n\n  全区 第一")]

    assert {"123,244.2元", "3.6%", "2020年", "群众"} <= set(words)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "a b  c\t", "😀 𠀀1家\r\n", "第一行\n第二行"])
def test_the_docs_text_is_the_text(nlp: spacy.language.Language, text: str) -> None:
    assert nlp(text).text == text


@pytest.mark.parametrize("processes", [1, 2])
def test_metadata_comes_as_context(nlp: spacy.language.Language, processes: int) -> None:
    found = list(nlp.pipe(NEWS, as_tuples=True, n_process=processes))

    assert [c["id"] for _, c in found] == [1, 2]
    assert [said(d)[0] for d, _ in found] == [("4.17亿元", "2021"), ("4.17亿元", "2014")]


def test_metadata_comes_as_user_data(nlp: spacy.language.Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc.user_data["zhengwen"] = {"date": "2011"}

    assert said(nlp(doc))[0] == ("4.17亿元", "2010")


def test_docs_and_pipelines_pickle_and_docbins_come_back(nlp: spacy.language.Language) -> None:
    (doc, _), *_ = nlp.pipe(NEWS, as_tuples=True)

    again = pickle.loads(pickle.dumps(doc))
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (back,) = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    copy = pickle.loads(pickle.dumps(nlp))

    assert said(again) == said(back) == said(doc)
    assert said(copy(TEXT))[0][0] == "4.17亿元"


def test_numbers_of_any_size_are_stored(nlp: spacy.language.Language) -> None:
    doc = nlp("总产值99999999999999999999亿元。")

    assert DocBin(store_user_data=True, docs=[doc]).to_bytes()


def test_a_pipeline_is_saved_and_loaded(nlp: spacy.language.Language, tmp_path) -> None:
    nlp.to_disk(tmp_path)

    assert said(spacy.load(tmp_path)(TEXT))[0][0] == "4.17亿元"


def test_components_can_be_left_out() -> None:
    nlp = zhengwen.load(disable=["figures"])

    assert nlp.pipe_names == []
    assert "4.17亿元" in [t.text for t in nlp(TEXT)]


def test_installing_is_enough_for_a_blank_pipeline() -> None:
    code = (
        "import spacy; nlp = spacy.blank('zh', config={'nlp': {'tokenizer': {'segmenter': 'jieba'}}});"
        "nlp.add_pipe('zhengwen.figures'); doc = nlp('税收收入完成4.17亿元。');"
        "print([s.text for s in doc.spans['figures']])"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "['4.17亿元']"


def test_what_the_component_assigns_is_declared(nlp: spacy.language.Language) -> None:
    about = nlp.analyze_pipes()["summary"]["figures"]

    assert set(about["assigns"]) == {"doc.spans", "span._.zhengwen"}
