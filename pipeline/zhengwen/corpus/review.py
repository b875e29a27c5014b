"""The review of one article, apart from how it is shown: what is next, and what each decision does.

Every decision is on disk, in the gold file and in the log of decisions, before the next label is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from zhengwen.corpus.decisions import Decisions, Verb, key_of
from zhengwen.corpus.folder import Corpus, Gold, Json, find_name
from zhengwen.corpus.labels import SLOTS, read_slots
from zhengwen.errors import BadInput
from zhengwen.scoring.pages import KINDS

__all__ = ["ORDER", "Review"]

ORDER = ("figure", "time", "entity", "block", "article")
"""What is reviewed first: what the scores are about."""


class Review:
    """One article under review by one person. It can be left at any time and taken up again."""

    def __init__(
        self, corpus: Corpus, name: str, who: str, kinds: tuple[str, ...] = ORDER, *, machine: bool = False
    ) -> None:
        self.corpus, self.name, self.who = corpus, name, who
        self.text = corpus.text(name)
        self.gold = corpus.gold(name)
        self.decisions = Decisions(corpus, name, who, machine=machine)
        self._settled = self.decisions.settled()
        self._kinds = kinds
        self._skipped: list[str] = []
        self._back: list[tuple[Gold, str, Json]] = []

    @property
    def kind(self) -> str | None:
        """The kind that is being reviewed; None when every kind that was asked for is done."""
        return next((k for k in self._kinds if k not in self.gold.reviewed), None)

    def waiting(self) -> list[Json]:
        """Return the labels of the present kind that nobody has decided on, skipped ones last."""
        kind = self.kind
        open_ = [r for r in self.gold.of(kind) if key_of(r) not in self._settled] if kind else []
        turn = {key: n for n, key in enumerate(self._skipped)}
        return sorted(open_, key=lambda r: turn.get(key_of(r), -1))

    def accept(self, record: Json) -> None:
        """Take a label as it is."""
        self._decide("accept", record, self.gold)

    def change(self, record: Json, typed: Mapping[str, str]) -> Json:
        """Change slots of a label, which is decided on by that; `BadInput` for what a slot cannot hold."""
        slots = read_slots(record["record"], typed)
        if not slots:
            raise BadInput("what should change? (SLOT=VALUE)", where="change")
        changed = {k: v for k, v in (record | slots).items() if v is not None}
        self._check(changed)
        records = tuple(changed if r is record else r for r in self.gold.records)
        before = {k: record.get(k) for k in slots}
        self._decide("fix", record, replace(self.gold, records=records), old=before, new=slots)
        return changed

    def delete(self, record: Json) -> None:
        """Take a label out."""
        records = tuple(r for r in self.gold.records if r is not record)
        self._decide("reject", record, replace(self.gold, records=records), old=record)

    def add(self, record: Json) -> None:
        """Add a label that was missed; it counts as decided on. `BadInput` when there is one in its place."""
        self._check(record)
        if key_of(record) in {key_of(r) for r in self.gold.of(record["record"])}:
            raise BadInput("there is such a label already", where=key_of(record))
        grown = replace(self.gold, records=(*self.gold.records, record))
        self._decide("add", record, grown, new=record)

    def skip(self, record: Json) -> None:
        """Come back to a label when the others of its kind are done."""
        key = key_of(record)
        self._skipped = [k for k in self._skipped if k != key] + [key]

    def undo(self) -> bool:
        """Take back the last decision of this sitting; False when there is none."""
        if not self._back:
            return False
        gold, key, record = self._back.pop()
        self.gold = gold
        self._settled.discard(key)
        self.corpus.save(self.name, gold)
        self.decisions.append("undo", key, record, {}, {})
        return True

    def reopen(self, kind: str) -> None:
        """Ask again about every label of a kind; it does not count until it is done again."""
        reviewed = [k for k in self.gold.reviewed if k != kind]
        self.gold = replace(self.gold, header=self.gold.header | {"reviewed": reviewed})
        self.corpus.save(self.name, self.gold)
        for key in sorted(k for k in self._settled if k.split(":")[0] == kind or k == f"{kind} done"):
            self.decisions.append("undo", key, {"record": kind}, {}, {})
            self._settled.discard(key)

    def done(self) -> str:
        """Declare the present kind reviewed: from now on it counts. `BadInput` while labels are open."""
        kind, left = self.kind, len(self.waiting())
        if kind is None or left:
            raise BadInput(f"{left} labels are still open" if kind else "everything is reviewed", where=self.name)
        reviewed = [k for k in KINDS if k == kind or k in self.gold.reviewed]
        header = self.gold.header | {"reviewed": reviewed}
        if header.get("drafted"):
            header["by"] = f"drafted by zhengwen, reviewed by {self.who}"
        self._decide("done", {"record": kind}, replace(self.gold, header=header))
        self._list()
        return kind

    def _decide(
        self, verb: Verb, record: Json, gold: Gold, old: dict[str, Any] | None = None, new: dict[str, Any] | None = None
    ) -> None:
        kind = record["record"]
        key = f"{kind} done" if verb == "done" else key_of(record)
        self._back.append((self.gold, key, record))
        self.corpus.save(self.name, gold)
        self.gold = gold
        self.decisions.append(verb, key, record, old or {}, new or {})
        self._settled.add(key)
        # A label that was given another name (an entity's) is still the one that was decided on.
        self._settled |= {key_of({**record, **new})} if verb == "fix" and new and kind == "entity" else set()

    def _list(self) -> None:
        row = next((r for r in self.corpus.manifest() if r["name"] == self.name), {"name": self.name})
        self.corpus.list_in_manifest(row | {"labelled_by": str(self.gold.header.get("by", ""))})

    def _check(self, record: Json) -> None:
        """Raise `BadInput` for a label that says nothing or that the text does not bear out."""
        kind = record["record"]
        if kind == "entity":
            names = (record.get("name", ""), *record.get("aliases", ()))
            absent = [n for n in names if not n or find_name(self.text, n) is None]
            if absent or not record.get("type"):
                raise BadInput(f"not in the text: {absent[0]}" if absent else "type is missing", where="entity")
            if record.get("role") and "person" not in str(record["type"]):
                raise BadInput("only a person has a role", where=str(record["name"]))
        elif kind == "figure" and not record.get("optional"):
            lacks = [s for s in ("kind", "measure", "indicator") if not record.get(s)]
            number = any(record.get(s) is not None for s in ("value", "low", "terms"))
            if lacks or not number:
                raise BadInput(f"{', '.join(lacks) or 'value'} missing", where="figure")
        assert set(record) <= {"record", "start", "end", "text", "line", "drafted", "optional", *SLOTS[kind], "article"}
