"""spaCy's DocBin: one Doc an article, spans in the groups `figure`, `time` and `entity`, slots in its user data.

A Doc's text is the article's text and offsets are code points: nothing has to be converted. Every character is a token,
so that any span fits.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from zhengwen.corpus.exchange.carried import (
    MARKS,
    SPANS,
    Carried,
    assemble,
    gold_read_in,
    label_of,
    place_of,
    slots_of,
    unseen_of,
)
from zhengwen.corpus.folder import Json
from zhengwen.corpus.labels import typed_slot
from zhengwen.errors import BadInput

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

__all__ = ["KEY", "dump", "load"]

KEY = "zhengwen"
"""Where in a Doc's user data the slots stand, as JSON; a span's `id_` is its key in there."""


def dump(carried: Iterable[Carried]) -> bytes:
    """Return articles as the bytes of a `.spacy` file."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    vocab = Vocab()
    return DocBin(docs=[_doc(c, vocab) for c in carried], store_user_data=True).to_bytes()


def _doc(carried: Carried, vocab: Vocab) -> Doc:
    from spacy.tokens import Doc, Span

    text, gold = carried.text, carried.gold
    doc = Doc(vocab, words=list(text), spaces=[False] * len(text))
    slots: dict[str, Json] = {}
    for kind in SPANS:
        spans = []
        for number, record in enumerate(gold.of(kind)):
            start, end = place_of(record, text, carried.name)
            key = f"{kind}-{number}"
            marks = {m: True for m in MARKS if record.get(m)}
            types = {"type": record["type"]} if kind == "entity" else {}
            slots[key] = slots_of(record, text, carried.name) | marks | types
            spans.append(Span(doc, start, end, label=label_of(record)[0], span_id=key))
        doc.spans[kind] = spans
    told = {"name": carried.name, "header": gold.header, "records": list(unseen_of(gold)), "slots": slots}
    doc.user_data[KEY] = json.dumps(told, ensure_ascii=False)
    return doc


def load(data: bytes, texts: Mapping[str, str], where: str = "") -> Iterator[Carried | BadInput]:
    """Yield the articles of a `.spacy` file; one that cannot be read is an error in its place.

    A span that is new takes its label alone; one that is gone is gone. A Doc whose name is in `texts` must have that
    text.
    """
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    try:
        docs = list(DocBin().from_bytes(data).get_docs(Vocab()))
    except Exception as error:  # zlib, msgpack and spaCy each have their own
        raise BadInput(f"no DocBin: {error}", code="format", where=where) from None
    for number, doc in enumerate(docs, 1):
        try:
            yield _carried(doc, texts, f"{where}:{number}")
        except BadInput as error:
            yield error
        except (KeyError, TypeError, ValueError) as error:
            yield BadInput(f"document {number} has no readable labels: {error}", where=where)


def _carried(doc: Doc, texts: Mapping[str, str], where: str) -> Carried:
    if KEY not in doc.user_data:
        raise BadInput(f"a document without user_data[{KEY!r}] has no name", where=where)
    told = json.loads(doc.user_data[KEY])
    name = str(told["name"])
    if texts.get(name, doc.text) != doc.text:
        raise BadInput("the text is not the one in the corpus", where=name)
    spans = [_record(span, told.get("slots", {}), doc.text, name) for k in SPANS for span in doc.spans.get(k, ())]
    header = told.get("header", {})
    gold = gold_read_in(header, told.get("records", ()), spans, by_hand=bool(header.get("reviewed")))
    return Carried(name, doc.text, gold)


def _record(span: Span, slots: Mapping[str, Json], text: str, name: str) -> Json:
    known = dict(slots.get(span.id_, {}))
    types = str(known.pop("type", span.label_)).split(" | ")
    # Whoever changed a span's label in a tool meant it; otherwise all readings of the type hold.
    labels = types if types[0] == span.label_ else [span.label_]
    marks = {m: True for m in MARKS if known.pop(m, False)}
    typed = {s: typed_slot(s, v) for s, v in known.items()}
    return assemble(labels, span.start_char, span.end_char, text, typed, name) | marks
