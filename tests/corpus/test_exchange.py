"""To an annotation tool and back: the same labels, whatever the characters and line ends."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengwen.cli import main
from zhengwen.corpus.exchange import Carried, docbin, labelstudio
from zhengwen.corpus.exchange.labelstudio import Ruler
from zhengwen.corpus.folder import Corpus, Gold
from zhengwen.errors import BadInput

Put = Callable[..., Path]
Records = list[dict[str, Any]]
There = Callable[[Carried], Any]


def studio(carried: Carried) -> str:
    return labelstudio.dump([carried])


def back(data: str | bytes, texts: dict[str, str]) -> Carried:
    read = labelstudio.load(data, texts) if isinstance(data, str) else docbin.load(data, texts)
    (found,) = read
    assert isinstance(found, Carried), found.line()
    return found


def spacy_file(carried: Carried) -> bytes:
    return docbin.dump([carried])


BOTH = pytest.mark.parametrize("there", [studio, spacy_file])


@BOTH
def test_every_article_comes_back_as_it_went(root: Path, there: There) -> None:
    corpus = Corpus(root / "corpus")
    for page in corpus.pages():
        went = Carried(page.name, page.text, corpus.gold(page.name))
        came = back(there(went), {page.name: page.text})
        assert came.text == went.text
        assert came.gold.header == went.gold.header
        assert _sorted(came.gold.records) == _sorted(went.gold.records), page.name


def _sorted(records: Any) -> list[str]:
    """Records in an order of their own; the one reading `null` is the same as no slot."""
    said = [{k: v for k, v in r.items() if v != "null"} for r in records]
    return sorted(json.dumps(r, ensure_ascii=False, sort_keys=True) for r in said)


CHARACTERS = st.sampled_from(["税", "3", "𠮷", "😀", "\r\n", "\n", "\r", "　", "é", "\u0301", "。", "\t"])


@st.composite
def labelled(draw: st.DrawFn) -> Carried:
    pieces = draw(st.lists(CHARACTERS, min_size=1, max_size=30))
    text, edges = "", [0]
    for piece in pieces:
        # What counts as one line end is one piece: nobody labels half of it.
        text += piece
        edges.append(len(text))
    if "\r\n" in text:
        edges = [e for e in edges if text[e - 1 : e + 1] != "\r\n"]
    spans = draw(st.lists(st.tuples(st.sampled_from(edges), st.sampled_from(edges)), max_size=6, unique=True))
    records = [_labelled(draw, text, min(s), max(s)) for s in spans if s[0] != s[1]]
    head = {"record": "gold", "by": "x", "reviewed": ["figure", "time"]}
    return Carried("a", text, Gold(head, tuple(records)))


def _labelled(draw: st.DrawFn, text: str, start: int, end: int) -> dict[str, Any]:
    record: dict[str, Any] = {"record": "time", "start": start, "end": end, "text": text[start:end]}
    if draw(st.booleans()):
        record |= {"record": "figure", "value": draw(st.integers() | st.floats(-1e9, 1e9)), "kind": "money | rate"}
        record |= {"indicator": draw(st.sampled_from(["税收", "𠮷田 | 田", "a=b"])), "measure": "level"}
    if draw(st.booleans()):
        record["optional"] = True
    return record


@BOTH
@given(carried=labelled())
@settings(max_examples=150, deadline=None)
def test_labels_survive_any_text(there: There, carried: Carried) -> None:
    came = back(there(carried), {"a": carried.text})

    assert _sorted(came.gold.records) == _sorted(carried.gold.records)
    for record in came.gold.records:
        assert came.text[record["start"] : record["end"]] == record["text"]


def test_label_studio_counts_utf16_units_and_one_for_a_line_end() -> None:
    ruler = Ruler("𠮷a\r\nb")

    assert ruler.shown == "𠮷a\nb"
    assert [ruler.unit(p) for p in (0, 1, 2, 4, 5)] == [0, 2, 3, 4, 5]
    assert [ruler.point(u) for u in (0, 2, 3, 4, 5)] == [0, 1, 2, 4, 5]
    with pytest.raises(BadInput, match="UTF-16 offset 1"):
        ruler.point(1)


def test_a_task_as_label_studio_exports_it(gold: Records) -> None:
    """The shape of its own export: ids of its own making, other keys, the last annotation that was not cancelled."""
    text = "😀税收收入4.2亿元"
    place = {"start": 6, "end": 11}
    region = {"id": "x7Qp", "to_name": "text", "origin": "manual"}
    result = [
        region | {"from_name": "label", "type": "labels", "value": place | {"text": "4.2亿元", "labels": ["figure"]}},
        region | {"from_name": "value", "type": "textarea", "value": place | {"text": ["420000000"]}},
        region | {"from_name": "measure", "type": "choices", "value": place | {"choices": ["level", "share"]}},
    ]
    cancelled = {"id": 3, "was_cancelled": True, "result": []}
    task = {"id": 1, "data": {"id": "a", "text": text}, "annotations": [{"id": 2, "result": result}, cancelled]}

    came = back(json.dumps([task]), {})

    assert came.gold.reviewed == ["figure"]
    assert list(came.gold.records) == [
        {"record": "figure", "start": 5, "end": 10, "text": "4.2亿元", "value": 420000000, "measure": "level | share"}
    ]


def test_a_draft_is_a_prediction_and_stays_one_until_somebody_annotates(put: Put, gold: Records) -> None:
    corpus = Corpus(put("a", [{**r, "drafted": True} for r in gold], reviewed=[]))
    (task,) = json.loads(studio(Carried("a", corpus.text("a"), corpus.gold("a"))))

    assert "annotations" not in task
    assert back(json.dumps([task]), {}).gold.reviewed == []
    task["annotations"] = task["predictions"]
    came = back(json.dumps([task]), {}).gold
    assert came.reviewed == ["figure", "time", "entity"]
    assert all(r["drafted"] for r in came.records)


@BOTH
def test_a_name_that_a_line_breaks_is_found_and_kept_whole(there: There) -> None:
    text = "通讯员 季\r\n鹏飞报道。"
    person = {"record": "entity", "name": "季鹏飞", "type": "person", "role": "通讯员"}
    head = {"record": "gold", "by": "x", "reviewed": ["entity"]}

    came = back(there(Carried("a", text, Gold(head, (person,)))), {"a": text})

    assert list(came.gold.records) == [person]


def tasks(corpus: Corpus) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads(studio(Carried("a", corpus.text("a"), corpus.gold("a"))))
    return read


def spoilt_tasks(corpus: Corpus) -> Iterator[tuple[object, str]]:
    (task,) = tasks(corpus)
    yield "x", "task 1"
    yield {"data": task["data"] | {"text": "别的"}, "annotations": []}, "not the one in the corpus"
    value = task["annotations"][0]["result"][0]["value"]
    value["start"], value["end"] = value["start"] + 1, value["end"] + 1
    yield task, "offsets do not fit"
    (task,) = tasks(corpus)
    task["annotations"][0]["result"][0]["value"]["labels"] = ["figure", "place"]
    yield task, "no label can be read"
    (task,) = tasks(corpus)
    next(r for r in task["annotations"][0]["result"] if r["from_name"] == "period")["value"]["text"] = ["soon"]
    yield task, "soon is no period"


def test_a_task_that_cannot_be_read_is_an_error_in_its_place(put: Put, gold: Records) -> None:
    corpus = Corpus(put("a", gold))
    good = tasks(corpus)[0]
    for bad, said in spoilt_tasks(corpus):
        first, second = labelstudio.load(json.dumps([bad, good]), {"a": corpus.text("a")})
        assert isinstance(first, BadInput)
        assert said in first.line()
        assert isinstance(second, Carried)


def test_what_is_no_export_is_said_to_be_none() -> None:
    with pytest.raises(BadInput, match="no JSON"):
        list(labelstudio.load("{", {}))
    with pytest.raises(BadInput, match="no list of tasks"):
        list(labelstudio.load("{}", {}))
    with pytest.raises(BadInput, match="no DocBin"):
        list(docbin.load(b"x", {}))


def test_a_label_changed_in_spacy_counts(put: Put, gold: Records) -> None:
    from spacy.tokens import DocBin, Span
    from spacy.vocab import Vocab

    records = [{**r, "type": "place | organisation"} if r["record"] == "entity" else r for r in gold]
    corpus = Corpus(put("a", records))
    data = spacy_file(Carried("a", corpus.text("a"), corpus.gold("a")))
    (doc,) = DocBin().from_bytes(data).get_docs(Vocab())
    assert doc.text == corpus.text("a")
    assert [s.text for s in doc.spans["figure"]] == ["4.2亿元", "3.6%", "12个"]

    old = doc.spans["entity"][0]
    doc.spans["entity"] = [Span(doc, old.start, old.end, label="project", span_id=old.id_)]
    doc.spans["time"] = []
    came = back(DocBin(docs=[doc], store_user_data=True).to_bytes(), {})

    assert [r["type"] for r in came.gold.of("entity")] == ["project"]
    assert came.gold.of("time") == []


def test_the_labelling_config_knows_every_slot_and_choice(root: Path) -> None:
    view = ElementTree.fromstring(labelstudio.config())
    controls = {e.get("name"): e for e in view if e.get("name")}
    corpus = Corpus(root / "corpus")
    for page in corpus.pages()[:5]:
        (task,) = json.loads(studio(Carried(page.name, page.text, corpus.gold(page.name))))
        for result in task["annotations"][0]["result"]:
            control = controls[result["from_name"]]
            allowed = {e.get("value") for e in control}
            assert set(result["value"].get("labels") or result["value"].get("choices") or ()) <= allowed


@pytest.mark.parametrize("form", ["labelstudio", "docbin"])
def test_there_and_back_by_the_commands(
    put: Put, gold: Records, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = put("a", gold)
    put("secret", gold, use="held_out")
    file, other = tmp_path / "out.bin", tmp_path / "other"

    assert run("corpus", "export", "--format", form, "-o", file, "--corpus", folder) == 0
    assert run("corpus", "import", file, "--format", form, "--corpus", folder) == 1
    assert "there is gold already" in capsys.readouterr().err
    assert run("corpus", "import", file, "--format", form, "--corpus", other) == 0

    assert [p.name for p in Corpus(other).pages()] == ["a"]
    assert _sorted(Corpus(other).gold("a").records) == _sorted(gold)
    assert run("corpus", "import", file, "--format", form, "--corpus", folder, "--replace") == 0
    assert _sorted(Corpus(folder).gold("a").records) == _sorted(gold)


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(a) for a in arguments])
    return int(left.value.code or 0)
