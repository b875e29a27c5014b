"""Do the row rules keep their word? Their examples are read by the engine first: rules speak of what it recognised.

In an example `@` stands before the figure, time or name that is asked about, as in the pattern; a reject without `@`
must match around none of its items. The comparisons are words of time and match whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from zhengwen.engine import Engine
from zhengwen.reading import page_of
from zhengwen.rows.clauses import ASKED, Item, Text, expand_classes
from zhengwen.rules import Example, Rule, Rules, marked

__all__ = ["check"]


def check(rules: Rules, topic: str, rule: Rule, example: Example, /, *, accept: bool) -> str | None:
    """Return what is wrong with an example (`accept`) or reject of a row rule, None when nothing is."""
    plain, spans = marked(example.text)
    if topic == "rows/comparisons":
        return _whole(rule, plain, accept=accept)
    asked = plain.find("@")
    text = _read(rules, plain.replace("@", ""))
    items = [i for i in text.items if asked < 0 or i.start == asked] if text else []
    found = [span for item in items for span in _matches(rule, text, item)] if text else []
    if not accept:
        return f"matches around an item of {plain!r}" if found else None
    if not items:
        return f"no figure, time or name begins at @ of {plain!r}"
    wanted = [tuple(p - (0 <= asked < p) for p in span) for span in spans]
    if found and (not wanted or set(found) & set(wanted)):
        return None
    shown = [plain.replace("@", "")[slice(*s)] for s in found]
    return f"wants {[plain[slice(*s)] for s in spans]} of {plain!r}, matches {shown}"


def _whole(rule: Rule, plain: str, *, accept: bool) -> str | None:
    if bool(rule.regex.fullmatch(plain)) is accept:
        return None
    return f"does not match {plain!r}" if accept else f"matches {plain!r}"


def _matches(rule: Rule, text: Text, item: Item) -> Iterator[tuple[int, int]]:
    """Yield the span of the rule's match around an item in the view; the mark itself is no character of it."""
    window, offset = text.window(item)
    match = re.compile(expand_classes(rule.pattern)).search(window)
    if match:
        mark = window.index(ASKED)
        start, end = (text.position(offset + p - (p > mark)) for p in match.span())
        yield start, end


@lru_cache(maxsize=2)
def _engine(rules: Rules) -> Engine:
    return Engine(rules)


def _read(rules: Rules, plain: str) -> Text | None:
    """Return an example as the row rules see it; None for one without text."""
    study = _engine(rules).study(page_of(plain))
    comparisons = {r.id.rpartition(".")[2]: r.regex for r in rules.of("rows/comparisons")}
    for a in study.articles:
        for paragraph, verdict, periods in zip(a.article.paragraphs, a.verdicts, a.periods, strict=True):
            return Text(paragraph.view, verdict.taken, periods, comparisons)
    return None
