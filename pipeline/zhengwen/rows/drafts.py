"""A row in the making: one figure, its clause, and the slots with the rule and cue that filled each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from zhengwen.rows.clauses import Item, Text
from zhengwen.stages import Quantity

__all__ = ["Draft"]


@dataclass(slots=True)
class Draft:
    """One figure's row while the stages of `rows` fill it. Spans are in the view of `text`."""

    text: Text
    item: Item
    paragraph: int
    quantity: Quantity
    measure: str = "level"
    negative: bool = False
    indicator: str | None = None
    indicator_span: tuple[int, int] | None = None
    subject: str | None = None
    subject_kind: str = ""
    period: str | None = None
    base: str | None = None
    of: str | None = None
    status: str = "actual"
    part_of: Draft | None = None
    leader: Draft | None = None
    """The earlier member of a list whose words this figure shares (3.6%、7.8%和10%)."""
    last: Draft | None = None
    """The last member of the list that this figure leads."""
    embedded: bool = False
    """Whether the figure stands inside the words of another (占6个乡镇税收总额的56%)."""
    shares: Draft | None = None
    """The figure before it in a list of nouns whose verb this one shares (增加A 2亩、B 1亩)."""
    follows: Draft | None = None
    """The figure that this one goes on about (its growth, its rank)."""
    after_threshold: bool = False
    """Whether the figure before it in its clause is a limit (千万元以上企业9家)."""
    predicate: int = 0
    """Where the words that make the measure begin; what stands before them is the topic."""
    of_after: bool = False
    """Whether the whole of a share stands after it (80%的农户)."""
    of_plan: bool = False
    """Whether the share is one of the plan named before it (计划投资5亿元，完成63%)."""
    of_closed: bool = False
    """Whether the whole is a plan or a reference, of which no later share is a part (完成计划的63%)."""
    aim: bool = False
    """Whether the figure is the aim itself that something is done of (完成年目标任务12500人的98.5%)."""
    planned: bool = False
    """Whether the figure is the amount of a plan, which stays one when its year is over (当年计划投资63亿元)."""
    noun_after: bool = False
    """Whether the measure's rule says that the noun stands after the figure (全国72%的国土面积)."""
    right: int = 0
    """Where the words that make the measure end, for measures told after the figure."""
    reasons: dict[str, Any] = field(default_factory=dict)
    inherited: dict[str, Any] = field(default_factory=dict)

    def because(self, slot: str, rule: str, span: tuple[int, int] | None = None) -> None:
        """Note the rule that filled a slot (or why it stays empty) and its cue's span in the source."""
        self.reasons[slot] = {"rule": rule} | (
            {"cue": self.text.view.span(*span)} if span and span[1] > span[0] else {}
        )

    def comes_from(self, slot: str, how: str, span: tuple[int, int] | None = None) -> None:
        """Note where a slot comes from that the figure's own clause does not state; `span` is in the source."""
        self.inherited[slot] = {"from": how} | ({"span": span} if span else {})

    @property
    def end(self) -> int:
        """Where the figure ends, its modifier after it (以上, 左右) included."""
        modifier = self.quantity.modifier
        return max(self.item.end, modifier[1]) if modifier else self.item.end

    @property
    def topic_start(self) -> int:
        """Where the figure's own words begin: its clause's start, or the end of the figure before it."""
        start, _ = self.text.segment(self.item.start)
        before = self.text.between(start, self.item.start, "figure")
        return max(start, before[-1].end) if before else start
