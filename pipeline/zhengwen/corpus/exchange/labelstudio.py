"""Label Studio: a JSON list of tasks and back, and the labelling config that shows them.

It counts UTF-16 units, in a text whose lines end in \\n: offsets are converted here and nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

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
from zhengwen.corpus.labels import SLOTS, typed_slot
from zhengwen.errors import BadInput
from zhengwen.scoring.alternatives import alternatives

__all__ = ["Ruler", "config", "dump", "load"]

_CHOICES = ("kind", "measure", "approx", "status")
_TYPES = ("person", "organisation", "place", "project", "document")


class Ruler:
    """Offsets of one text in two counts: code points in the text as it is, UTF-16 units with every line end as \\n."""

    def __init__(self, text: str) -> None:
        self.shown = text.replace("\r\n", "\n").replace("\r", "\n")
        self._units, self._points, unit = [], {}, 0
        for at, character in enumerate(text):
            self._units.append(unit)
            self._points[unit] = at
            unit += 0 if character == "\r" and text[at + 1 : at + 2] == "\n" else 1 + (ord(character) > 0xFFFF)
            if text[at - 1 : at + 1] == "\r\n" and at:
                self._points[self._units[-1]] = at - 1
        self._units.append(unit)
        self._points[unit] = len(text)

    def unit(self, point: int) -> int:
        """Return the UTF-16 offset of a code point of the text."""
        return self._units[point]

    def point(self, unit: int) -> int:
        """Return the code point at a UTF-16 offset; `BadInput` where that is half a character, or outside."""
        if unit not in self._points:
            raise BadInput(f"no character begins at UTF-16 offset {unit}")
        return self._points[unit]


def dump(carried: Iterable[Carried]) -> str:
    """Return articles as a file that Label Studio imports: reviewed labels as annotations, drafts as predictions."""
    return json.dumps([_task(c) for c in carried], ensure_ascii=False, indent=1) + "\n"


def _task(carried: Carried) -> Json:
    ruler, gold = Ruler(carried.text), carried.gold
    shown = [r for r in gold.records if r["record"] in SPANS]
    results = [result for n, r in enumerate(shown) for result in _results(r, n, ruler, carried)]
    unseen = {"header": gold.header, "records": list(unseen_of(gold))}
    data = {"id": carried.name, "text": ruler.shown, "zhengwen": unseen}
    if gold.reviewed:
        return {"data": data, "annotations": [{"result": results}]}
    return {"data": data, "predictions": [{"model_version": "zhengwen", "result": results}]}


def _results(record: Json, number: int, ruler: Ruler, carried: Carried) -> Iterator[Json]:
    """Yield the region of a record, then one result for each of its slots, all under one id."""
    start, end = place_of(record, carried.text, carried.name)
    place = {"start": ruler.unit(start), "end": ruler.unit(end)}
    same = {"id": f"{record['record']}-{number}", "to_name": "text"}
    words = carried.text[start:end].replace("\r\n", "\n").replace("\r", "\n")
    labels = {"labels": label_of(record)}
    yield same | {"from_name": "label", "type": "labels", "value": place | {"text": words} | labels}
    for slot, value in slots_of(record, carried.text, carried.name).items():
        if slot in _CHOICES:
            said = {"choices": [str(a) for a in alternatives(value)]}
            yield same | {"from_name": slot, "type": "choices", "value": place | said}
        else:
            yield same | {"from_name": slot, "type": "textarea", "value": place | {"text": [typed_slot(slot, value)]}}
    marks = [m for m in MARKS if record.get(m)]
    if marks:
        yield same | {"from_name": "marks", "type": "choices", "value": place | {"choices": marks}}


def load(data: str, texts: Mapping[str, str], where: str = "") -> Iterator[Carried | BadInput]:
    """Yield the articles of a Label Studio export; a task that cannot be read is an error in its place.

    `texts` are the corpus's own texts by name, whose line ends the tool has not kept.
    """
    try:
        tasks = json.loads(data)
    except json.JSONDecodeError as error:
        raise BadInput(f"no JSON: {error.msg}", code="bad_json", where=where) from None
    if not isinstance(tasks, list):
        raise BadInput("no list of tasks (export as JSON)", code="bad_json", where=where)
    for number, task in enumerate(tasks, 1):
        try:
            yield _carried(task, texts)
        except BadInput as error:
            yield error
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            yield BadInput(f"task {number} is none of Label Studio's: {type(error).__name__} {error}", where=where)


def _carried(task: Json, texts: Mapping[str, str]) -> Carried:
    data = task["data"]
    name, shown, kept = str(data["id"]), data["text"], data.get("zhengwen") or {}
    text = texts.get(name, shown)
    ruler = Ruler(text)
    if ruler.shown != Ruler(shown).shown:
        raise BadInput("the text is not the one in the corpus", where=name)
    annotations = [a for a in task.get("annotations") or () if not a.get("was_cancelled")]
    chosen = annotations[-1] if annotations else next(iter(task.get("predictions") or ()), {"result": []})
    spans = [_record(results, ruler, text, name) for results in _by_region(chosen["result"])]
    gold = gold_read_in(kept.get("header", {}), kept.get("records", ()), spans, by_hand=bool(annotations))
    return Carried(name, text, gold)


def _by_region(results: Iterable[Json]) -> Iterable[list[Json]]:
    regions: dict[str, list[Json]] = {}
    for result in results:
        regions.setdefault(result["id"], []).append(result)
    return regions.values()


def _record(results: list[Json], ruler: Ruler, text: str, name: str) -> Json:
    region = next((r for r in results if r["type"] == "labels"), None)
    if region is None:
        raise BadInput(f"slots without a label: {results[0]['from_name']}", where=name)
    value: Mapping[str, Any] = region["value"]
    start, end = ruler.point(value["start"]), ruler.point(value["end"])
    if Ruler(text[start:end]).shown != value.get("text", Ruler(text[start:end]).shown):
        raise BadInput(f"offsets do not fit the text: {value['text']}", where=f"{name}:{start}")
    typed: dict[str, str] = {}
    marks: dict[str, bool] = {}
    for result in results:
        said = result["value"].get("choices") or result["value"].get("text") or []
        if result["from_name"] == "marks":
            marks = {m: True for m in MARKS if m in said}
        elif result["type"] in ("choices", "textarea"):
            typed[result["from_name"]] = " | ".join(said)
    return assemble(value["labels"], start, end, text, typed, name) | marks


def config() -> str:
    """Return the labelling interface, as the XML that a Label Studio project is set up with."""
    from zhengwen import rules
    from zhengwen.schema import meanings

    said = meanings(rules.load())
    labels = "".join(f"    <Label value={quoteattr(x)}/>\n" for x in (*SPANS[:2], *_TYPES))
    parts = [f'  <Labels name="label" toName="text" choice="multiple">\n{labels}  </Labels>\n']
    parts.append('  <Text name="text" value="$text" granularity="symbol"/>\n')
    for slot in dict.fromkeys(s for kind in SPANS for s in SLOTS[kind] if s != "type"):
        if slot in _CHOICES:
            parts.append(_choices(slot, said[f"figure.{slot}"][1]))
        else:
            parts.append(f'  <TextArea name="{slot}" toName="text" perRegion="true" placeholder="{slot}"/>\n')
    return f"<View>\n{''.join(parts)}{_choices('marks', MARKS)}</View>\n"


def _choices(name: str, values: Iterable[str]) -> str:
    options = "".join(f"    <Choice value={quoteattr(v)}/>\n" for v in values)
    return f'  <Choices name="{name}" toName="text" perRegion="true" choice="multiple">\n{options}  </Choices>\n'
