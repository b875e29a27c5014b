"""spaCy's way in: `load()` gives a pipeline, `nlp.add_pipe("zhengwen.figures")` adds ours to any blank `zh`.

The component runs the engine over the Doc's text and puts the figures into `doc.spans["figures"]`; a span's record
is the plain dict `span._.zhengwen`. What is known about an article comes as the context of
`nlp.pipe(…, as_tuples=True)`, or as `doc.user_data["zhengwen"]`: a dict with `date`, `title`, `place`.
A pipeline that is to be saved needs a name without a dot: `nlp.add_pipe("zhengwen.figures", name="figures")`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import spacy
from spacy.language import FactoryMeta, Language
from spacy.tokens import Doc, Span
from spacy.util import registry

from zhengwen.extraction import engine
from zhengwen.reading import page_of
from zhengwen.records import Figure, to_json

__all__ = ["Figures", "load", "make_figures"]

_KNOWN = ("date", "title", "place")
_LARGEST = 2**63


class Figures:
    """The component: stateless but for its rules, so that it pickles and runs in many processes."""

    def __init__(self, rules: str | None = None, spans_key: str = "figures") -> None:
        self.rules = rules
        self.spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Set the figures of a Doc."""
        page = page_of(doc.text, **_known(doc))
        records = engine(Path(self.rules) if self.rules else None).read(page)
        figures = [r for r in records if isinstance(r, Figure)]
        doc.spans[self.spans_key] = [_span(doc, figure) for figure in figures]
        return doc


def make_figures(nlp: Language, name: str, rules: str | None, spans_key: str) -> Figures:  # noqa: ARG001
    """Return the component; `rules` is a folder of one's own rules, `spans_key` where the figures go."""
    return Figures(rules, spans_key)


def load(rules: str | Path | None = None, disable: Iterable[str] = ()) -> Language:
    """Return a spaCy pipeline for Chinese that finds figures; `disable` names components to leave out.

    Its tokens are jieba's words with figures, dates and known terms in one piece.
    """
    folder = str(rules) if rules else None
    tokenizer = {"@tokenizers": "zhengwen.tokens.v1", "rules": folder}
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": tokenizer}})
    if not {"figures", "zhengwen.figures"} & set(disable):
        nlp.add_pipe("zhengwen.figures", name="figures", config={"rules": folder})
    return nlp


def _register() -> None:
    """Make our factory and extension known to spaCy.

    `Language.factory` refuses names with a dot, because a *component's* name with one cannot be saved in a config; a
    factory's can. So we register it as that decorator would.
    """
    meta = FactoryMeta(
        factory="zhengwen.figures",
        default_config={"rules": None, "spans_key": "figures"},
        assigns=["doc.spans", "span._.zhengwen"],
    )
    registry.factories.register("zhengwen.figures", func=make_figures)
    Language.set_factory_meta("zhengwen.figures", meta)
    if not Span.has_extension("zhengwen"):
        Span.set_extension("zhengwen", default=None)


def _known(doc: Doc) -> dict[str, str]:
    """Return what the Doc's context (or user data) says about its article."""
    context = getattr(doc, "_context", None)
    given = context if isinstance(context, Mapping) else doc.user_data.get("zhengwen", {})
    return {k: str(given[k]) for k in _KNOWN if given.get(k)}


def _span(doc: Doc, figure: Figure) -> Span:
    span = doc.char_span(figure.start, figure.end, label=figure.measure, span_id=figure.rule, alignment_mode="expand")
    if span is None:
        raise ValueError(f"no characters at {figure.start}:{figure.end}")
    span._.zhengwen = _storable(to_json(figure))
    return span


def _storable(value: Any) -> Any:
    """Return plain data that a DocBin takes: whole numbers beyond 64 bits become floats."""
    if isinstance(value, dict):
        return {k: _storable(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_storable(v) for v in value]
    return float(value) if isinstance(value, int) and abs(value) >= _LARGEST else value


_register()
