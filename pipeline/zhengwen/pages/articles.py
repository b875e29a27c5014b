"""Where one article of a page ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence

from zhengwen.pages.briefs import roundup
from zhengwen.pages.lines import Line, bracketed, headlike, paragraph
from zhengwen.pages.marks import Marks
from zhengwen.stages import Meta

__all__ = ["divide", "of_briefs"]

_HEADER_ROLES = frozenset({"lede_label", "lede", "deck"})
_SKIPPED = frozenset({"caption", "credit"})
_HEAD_MATTER = frozenset({"byline", "furniture", "caption", "credit"})
_ANNOUNCING = frozenset({"reporter", "date", "source"})
_MOST_STRAYS = 2
_LONGEST_STRAY = 70


def divide(lines: Sequence[Line], marks: Marks, meta: Meta) -> list[int]:
    """Return the indices at which articles begin; the first is always 0."""
    heads = [i for i, line in enumerate(lines) if headlike(line) and not bracketed(line.text)]
    starts = [0]
    if not heads:
        return starts
    around = _Around(lines)
    briefs = roundup(lines, heads, [i for i in heads if around.bodied(i)], marks, meta)
    for head in heads:
        begin = around.begin[head]
        if (
            begin > starts[-1]
            and around.told[starts[-1]] < begin
            and (head in briefs or _announced(around, head, marks))
        ):
            starts.append(begin)
    if len(starts) > 1 and _stray(lines[: starts[1]]):
        del starts[1]
    return starts


def _stray(lines: Sequence[Line]) -> bool:
    """Label a few sentences that stand over the first headline and are no article, and say whether they are that.

    A column of a newspaper often opens with a picture's text, or with the name of whom the article is about.
    """
    texts = [x for x in lines if not x.label]
    if any(headlike(x) for x in lines) or len(texts) > _MOST_STRAYS or any(len(x.text) > _LONGEST_STRAY for x in texts):
        return False
    for line in texts:
        line.name("caption" if line.ends else "deck", "pages.over_headline")
    return True


def of_briefs(lines: Sequence[Line]) -> bool:
    """Tell whether labelled lines are a round-up: headlines with their text and nothing else between them."""
    inner = [x for x in lines if x.label != "furniture"]
    return all(x.label in {"title", "body"} for x in inner)


class _Around:
    """What stands before and after each line, found in one pass each way."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        count = len(lines)
        self.begin = [0] * count
        """Where the block of decks, ledes and headlines that ends here begins."""
        self.above = [-1] * count
        """The nearest line above that is neither a picture's text nor headlike."""
        self._look_back()
        self.after = [count] * (count + 1)
        """The next line that is no picture's text."""
        self.onward = [count] * (count + 1)
        """The line itself, or the next one, that is no byline, furniture or picture's text."""
        self.told = [count] * (count + 1)
        """The line itself, or the next one, that is running text."""
        self._look_ahead()

    def _look_back(self) -> None:
        begin, above = -1, -1
        for i, line in enumerate(self.lines):
            self.above[i] = above
            head = headlike(line)
            if head or line.role in _HEADER_ROLES or line.label in {"lede", "deck"}:
                begin = i if begin < 0 else begin
            elif line.label not in _SKIPPED:
                begin = -1
            if not head and line.label not in _SKIPPED:
                above = i
            self.begin[i] = i if begin < 0 else begin

    def _look_ahead(self) -> None:
        for i in range(len(self.lines) - 1, -1, -1):
            line = self.lines[i]
            follower = i + 1
            skipped = follower < len(self.lines) and self.lines[follower].label in _SKIPPED
            self.after[i] = self.after[follower] if skipped else follower
            self.onward[i] = self.onward[follower] if line.label in _HEAD_MATTER else i
            self.told[i] = i if paragraph(line) else self.told[follower]

    def bodied(self, head: int) -> bool:
        """Tell whether running text follows `head`, pictures' texts aside."""
        after = self.after[head]
        return after < len(self.lines) and paragraph(self.lines[after])


def _closes(lines: Sequence[Line], index: int, marks: Marks) -> bool:
    """Tell whether a line ends an article: its editor's name, or who signs under its last text."""
    line = lines[index]
    if line.role == "sign":
        return paragraph(lines[index - 1])
    return line.role == "source" and marks.can_be("closing", line.text)


def _announced(around: _Around, head: int, marks: Marks) -> bool:
    """Tell whether a lede, a byline, a source or a dispatch's opening says that `head` heads an article."""
    lines, above = around.lines, around.above[head]
    if above >= 0 and lines[above].label == "lede":
        return True
    if above > 0 and _closes(lines, above, marks):
        return around.bodied(head) or (around.told[head] < len(lines) and lines[above].role == "source")
    after = around.after[head]
    for _ in range(2):
        if after < len(lines) and (lines[after].label == "deck" or headlike(lines[after])):
            after = around.after[after]
    if after >= len(lines):
        return False
    line = lines[after]
    if line.role in _ANNOUNCING:
        onward = around.onward[after]
        return onward < len(lines) and (paragraph(lines[onward]) or lines[onward].role == "number")
    return paragraph(line) and marks.can_be("opening", line.text)
