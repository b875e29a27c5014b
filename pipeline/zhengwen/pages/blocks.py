"""What each line of one article is: pictures' texts, head, headings, foot; what is left is body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from zhengwen.pages.joins import unclosed
from zhengwen.pages.lines import Line, bracketed, headlike, paragraph
from zhengwen.pages.marks import Marks
from zhengwen.stages import Meta

__all__ = ["around_briefs", "label", "ledes", "long_heads", "named", "pictures", "wrapped"]

LONGEST_CAPTION = 70
LONGEST_HEADING = 44
_MOST_TITLE_LINES = 3
_NARROWEST = 18
_MOST_HEADS = 14
_LONGEST_HEAD = 120
_FULL_LINES = 6
_FIRST_INDENT = 3
"""How much shorter the first line of a paragraph is, where the blanks that open it are lost."""
_SHORTEST_HEAD = 5
_LONGEST_LABEL = 7
"""A line as short over a headline twice as long is a label."""
_LONGEST_MENU = 10
_LONGEST_LINK = 40
_DAY_AFTER = re.compile(r"(?<=[^\s\d])\s*[\[（(]?(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\])）]?$")
_LIST = 3
"""So many short lines on end are a list, not headings."""


def wrapped(lines: Sequence[Line]) -> None:
    """A page cut to one width: its full lines are running text, however much one of them looks like a heading."""
    lengths = Counter(len(x.text) // 3 for x in lines if not x.ends and len(x.text) >= _NARROWEST)
    if not lengths:
        return
    width, often = max(lengths.items(), key=lambda x: (x[1] + lengths[x[0] + 1], x[0]))
    often += lengths[width + 1]
    if often < _FULL_LINES or often * 5 < len(lines) * 2:
        return
    for line in lines:
        full = width * 3 - (_FIRST_INDENT if any(c in "，,、" for c in line.text) else 0)
        if line.brief and len(line.text) >= full:
            line.brief = False


def pictures(lines: Sequence[Line]) -> None:
    """Label the texts of pictures: single sentences set apart by extra space, and lines over a credit."""
    if not lines:
        return
    usual = Counter(line.gap for line in lines[1:]).most_common(1)[0][0] if len(lines) > 1 else 0
    for i, line in enumerate(lines):
        if line.label == "credit":
            _over_credit(lines, i)
        elif line.gap >= usual + 2 and _one_sentence(line) and _apart(lines, i, usual):
            line.name("caption", "pages.caption_apart")
    _over_lede(lines)
    last = lines[-1]
    if len(lines) > 2 and last.gap >= usual + 2 and _one_sentence(last):
        last.name("caption", "pages.caption_apart")


def _apart(lines: Sequence[Line], index: int, usual: int) -> bool:
    """Tell whether extra space sets a line off from text, not only a first paragraph from the head over it."""
    if index == len(lines) - 1:
        return False
    return lines[index + 1].gap >= usual + 2 or not all(x.label == "furniture" or headlike(x) for x in lines[:index])


def _over_lede(lines: Sequence[Line]) -> None:
    """Single sentences that open a page, over the label of its first lede, are the texts of pictures."""
    lede = next((i for i, x in enumerate(lines) if x.role == "lede_label"), 0)
    above = [x for x in lines[:lede] if not x.label]
    if all(map(_one_sentence, above)):
        for line in above:
            line.name("caption", "pages.caption_over_lede")


def named(lines: Sequence[Line], marks: Marks) -> None:
    """Count a name with a colon, right over a headline of its own, among the headlines."""
    for line, under in pairwise(lines):
        if line.text[-1] in "：:" and not line.label and headlike(under) and marks.can_be("name", line.text[:-1]):
            line.brief = True


def _one_sentence(line: Line) -> bool:
    return (
        not line.label
        and line.table is None
        and line.role != "number"
        and len(line.text) <= LONGEST_CAPTION
        and line.text[-1] == "。"
        and line.text.count("。") == 1
    )


def _over_credit(lines: Sequence[Line], credit: int) -> None:
    """Label the lines over a credit, up to the empty line that sets them off from the text."""
    found: list[Line] = []
    for line in reversed(lines[max(0, credit - 3) : credit]):
        if not _one_sentence(line) and not (headlike(line) and found):
            break
        found.append(line)
        if line.gap:
            break
    for line in found if found and found[-1].gap else found[:1]:
        line.name("caption", "pages.caption_credited")


def ledes(lines: Sequence[Line]) -> None:
    """Label what follows 核心提示 and its like: the first text after the label, pictures' texts aside."""
    waiting = False
    for line in lines:
        if line.role == "lede_label":
            waiting = True
        elif waiting and paragraph(line):
            line.name("lede", "pages.lede_labelled")
            waiting = False
        elif waiting and line.label not in {"caption", "credit", ""}:
            waiting = False


def around_briefs(lines: Sequence[Line]) -> None:
    """What stands over the first of a page's briefs and under the last is furniture of the whole page."""
    inner = [i for i, x in enumerate(lines) if x.label != "furniture"]
    for line in [*lines[: inner[0]], *lines[inner[-1] + 1 :]]:
        line.article = 0


def label(lines: Sequence[Line], marks: Marks, meta: Meta) -> None:
    """Label every line of one article that is still without one."""
    long_heads(lines)
    body = _first_text(lines)
    _early_text(lines, body)
    body = _first_text(lines)
    _Head(lines[:body], lines[body:], marks, meta).label()
    _signed(lines, marks)
    _closed(lines, marks)
    _headings(lines, body)
    _foot(lines, marks)
    for line in lines:
        if not line.label:
            line.name("body", "pages.body")


def long_heads(lines: Sequence[Line]) -> None:
    """What stands over a dispatch's opening and closes no sentence is head, however long."""
    opening = next((i for i, x in enumerate(lines[:_MOST_HEADS]) if x.role == "opening"), 0)
    over = [x for x in lines[:opening] if not x.label]
    if over and not any("。" in x.text or len(x.text) > _LONGEST_HEAD or x.table is not None for x in over):
        for line in over:
            line.brief = line.role != "number"


def _first_text(lines: Sequence[Line]) -> int:
    """Return the index of the first running text, numbered heading or table; a dispatch's opening over all."""
    opening = next((i for i, x in enumerate(lines[:_MOST_HEADS]) if x.role == "opening"), 0)
    if opening and not any(x.ends or len(x.text) > _LONGEST_LINK or x.role == "number" for x in lines[:opening]):
        return opening
    for i, line in enumerate(lines):
        if paragraph(line) or line.table is not None or (line.role == "number" and not line.label):
            return i
    return len(lines)


def _early_text(lines: Sequence[Line], body: int) -> None:
    """Text over the headline is a picture's or a lede: a byline under a later short line tells, no headline before."""
    if body == len(lines) or any(headlike(line) for line in lines[:body]):
        return
    for i in range(body + 1, min(len(lines) - 1, body + 6)):
        if headlike(lines[i]) and lines[i + 1].role == "reporter":
            for line in lines[body:i]:
                if paragraph(line):
                    line.name(
                        *(("caption", "pages.caption_first") if _one_sentence(line) else ("lede", "pages.lede_first"))
                    )
            return


class _Head:
    """The lines of an article over its first running text: navigation, decks, headline, bylines, sources."""

    def __init__(self, head: Sequence[Line], rest: Sequence[Line], marks: Marks, meta: Meta) -> None:
        self.head, self.rest, self.marks = head, rest, marks
        self.meta = meta
        self.headline = -1
        """The line that a copy over it shows to be the headline."""
        self.heads = [i for i, line in enumerate(head) if headlike(line)]

    def label(self) -> None:
        """Find the headline among the short lines and say what the others are."""
        self._navigation()
        if not self.heads:
            return
        title = self._title()
        if len(self.heads) == 1 and self.rest and self._only_names(self.head[title].text):
            self.head[title].name("byline", "pages.author_alone")
            return
        self.head[title].name("title", "pages.title")
        for i in self.heads:
            if i < title:
                self._above(self.head[i])
        self._below(title)

    def _only_names(self, text: str) -> bool:
        """Tell whether a line holds several persons' names and nothing else."""
        return len(text.split()) > 1 and self.marks.can_be("person", text)

    def _navigation(self) -> None:
        """Short lines over the last mark of navigation, and copies of the headline, belong to the page."""
        self._medium()
        anchor = self._told()
        last = max((i for i, line in enumerate(self.head[:anchor]) if line.role == "nav"), default=-1)
        last = max([last, *self._menu()])
        wanted = _bare(self.head[self.heads[-1]].text) if self.heads else ""
        later = [i for i in self.heads if i > last]
        final = {_bare(self.head[i].text): i for i in self.heads}
        copies = [i for i in self.heads if final[_bare(self.head[i].text)] != i]
        if not later:
            later = [i for i in self.heads if _bare(self.head[i].text) == wanted]
            if self.rest or last < 0:
                later = later[-1:]
        if copies:
            self.headline = max(final[_bare(self.head[i].text)] for i in copies)
            later = [i for i in self.heads if i >= self._over(self.headline, copies[-1])]
        for i in self.heads:
            if i not in later[:1] and i < (later[0] if later else 0):
                self._page(self.head[i])
        self.heads = [i for i in self.heads if not self.head[i].label]

    def _medium(self) -> None:
        """Set the name of a paper or account over the day aside, where the headline follows further down."""
        first = self.heads[0] if self.heads else 0
        dated = any(x.role in {"date", "nav"} for x in self.head[first + 1 : first + 2])
        if len(self.heads) > 1 and dated and self.marks.can_be("medium", self.head[first].text):
            self._page(self.head[first])
            self.heads = self.heads[1:]

    def _told(self) -> int:
        """Return where the day stands under the headline: what navigates below it says nothing of what is above."""
        dates = (i for i, x in enumerate(self.head) if x.role == "date" and i)
        at = next(dates, len(self.head))
        over = [i for i in self.heads if i < at]
        said = (
            over
            and len(self.head[over[-1]].text) > _LONGEST_MENU
            and not self.marks.can_be("name", self.head[over[-1]].text)
        )
        return at if said else len(self.head)

    def _over(self, twin: int, copy: int) -> int:
        """Return where the decks that stand right over the headline begin, below its copy."""
        begin = twin
        while begin - 1 > copy and begin - 1 in self.heads and not self.head[begin].gap:
            begin -= 1
        return begin

    def _menu(self) -> list[int]:
        """Return the columns of a menu: they stand before anything longer."""
        first = next((k for k, i in enumerate(self.heads) if len(self.head[i].text) > _LONGEST_MENU), len(self.heads))
        return [i for i in self.heads[:first] if self._menu_item(i)]

    def _menu_item(self, index: int) -> bool:
        return index != self.heads[-1] and self.marks.can_be("menu_item", self.head[index].text)

    @staticmethod
    def _page(line: Line) -> None:
        line.name("furniture", "pages.navigation")
        line.article = 0

    def _title(self) -> int:
        """Return the index of the headline."""
        known = _bare(self.meta.title)
        if known:
            for i in reversed(self.heads):
                if _bare(self.head[i].text) == known:
                    return i
        if self.headline in self.heads:
            return self.headline
        anchor = next(
            (i for i, x in enumerate(self.head) if x.role in {"date", "source", "reporter", "sign"}), len(self.head)
        )
        before = [i for i in self.heads if i < anchor] or self.heads
        if len(before) > 1 and self._small(before[0], before[1]):
            return before[1]
        return before[0]

    def _small(self, first: int, second: int) -> bool:
        """Tell whether the first short line only names whom the headline under it is about."""
        one, two = self.head[first].text, self.head[second].text
        if len(two) <= len(one) or self.marks.can_be("body", two) or self._issued(one, two):
            return False
        short = len(one) <= _SHORTEST_HEAD or (len(one) <= _LONGEST_LABEL and len(two) >= 2 * len(one))
        return self.marks.can_be("name", one) or short or self.marks.can_be("body", one)

    def _above(self, line: Line) -> None:
        if len(line.text) <= 4 and not self.marks.can_be("name", line.text.rstrip("：:")):
            self._page(line)
        else:
            line.name("deck", "pages.deck_above")

    def _below(self, title: int) -> None:
        """Label the short lines under the headline: its second half, bodies, a deck, a heading, or a list."""
        under = [i for i in self.heads if i > title]
        for _ in range(self._more_title(title, under)):
            half = self.head[under.pop(0)]
            half.name("title", "pages.title_more")
            half.joins = True
        if self.rest and self.rest[0].role == "opening":
            for i in under:
                self.head[i].name("deck", "pages.deck_under")
            return
        if len(under) > _LIST:
            under = [i for i in under if self.marks.can_be("body", self.head[i].text) and i <= title + 3]
        for i in under:
            self._under(title, i)

    def _under(self, title: int, index: int) -> None:
        line = self.head[index]
        if bracketed(line.text):
            line.name("deck", "pages.deck_bracketed")
            return
        last = index == len(self.head) - 1
        dated = not last and self.head[index + 1].role in {"date", "source"}
        if index == title + 1 and dated and self.marks.can_be("person", line.text):
            line.name("byline", "pages.author_alone")
            return
        if self.marks.can_be("body", line.text) and not self.marks.can_be("name", line.text):
            line.name("byline", "pages.issuer")
        elif (last or index > title + 1) and self.rest and paragraph(self.rest[0]) and self._headed():
            line.name("heading", "pages.heading")
        elif index <= title + 2 and self.rest:
            line.name("deck", "pages.deck_under")

    def _headed(self) -> bool:
        """Tell whether the article has unnumbered headings further on."""
        return any(headlike(a) and paragraph(b) for a, b in zip(self.rest, self.rest[1:], strict=False))

    def _issued(self, first: str, second: str) -> bool:
        """Tell whether a headline was cut between its issuing body and 关于."""
        return second.startswith("关于") and self.marks.can_be("body", _bare(first))

    def _more_title(self, title: int, under: Sequence[int]) -> int:
        """Return how many lines under the headline go on with it: to its closing noun, or over an open bracket."""
        first = self.head[title].text
        close = [i for i in under[:_MOST_TITLE_LINES] if i - title <= _MOST_TITLE_LINES]
        if not close or close[0] != title + 1:
            return 0
        issued = self._issued(first, self.head[close[0]].text)
        second = self.head[close[0]].text
        if self.marks.can_be("goes_on", second):
            return 1
        if issued or self.marks.can_be("cut", first):
            for count, i in enumerate(close, 1):
                if self.marks.can_be("rest", self.head[i].text):
                    return count
        if self.marks.can_be("noun", second) and not self.marks.can_be("rest", first):
            return 1
        return 1 if unclosed(first) else 0


def _bare(text: str) -> str:
    """Return a headline as its copies are compared: without blanks, the day after it and signs before it."""
    return "".join(_DAY_AFTER.sub("", text).split()).lstrip("·•~～»›")


def _headings(lines: Sequence[Line], body: int) -> None:
    """Label numbered and bare headings: short lines, alone, with text under them."""
    _numbered(lines)
    run: list[int] = []
    for i in range(body, len(lines)):
        line = lines[i]
        if headlike(line) and len(line.text) <= LONGEST_HEADING and not bracketed(line.text):
            run.append(i)
        elif line.label not in {"caption", "credit"}:
            if run and (paragraph(line) or line.role == "number") and len(run) < _LIST:
                for j in run:
                    lines[j].name("heading", "pages.heading")
            run = []


def _numbered(lines: Sequence[Line]) -> None:
    open_lines = [x for x in lines if x.label not in {"caption", "credit", "furniture"} and x.table is None]
    item = 0
    for i, line in enumerate(open_lines):
        if line.role != "number" or line.label:
            continue
        level = line.yields["level"]
        after = open_lines[i + 1] if i + 1 < len(open_lines) else None
        sibling = after is not None and after.role == "number" and after.yields["level"] <= level
        if not _heading_shaped(line):
            item = 0
        elif sibling or (item == level and i and open_lines[i - 1].label == "body"):
            item = level
            line.name("body", "pages.item")
        elif after is None and (level > 2 or line.ends):
            item = 0
        else:
            item = 0
            line.name("heading", "pages.heading_numbered")


def _heading_shaped(line: Line) -> bool:
    """Tell whether a numbered line is one short sentence at most."""
    text = line.text
    if text[-1] in "；;，,、":
        return False
    inner = text[:-1]
    limit = 30 if text[-1] in "。：:" else LONGEST_HEADING
    return len(text) <= limit and not any(c in inner for c in "。；")


def _signed(lines: Sequence[Line], marks: Marks) -> None:
    """Label the body over a paper's date: it signs, also where annexes follow."""
    told = False
    for i, line in enumerate(lines[:-1]):
        if told and headlike(line) and lines[i + 1].role == "date" and marks.can_be("body", line.text):
            line.name("byline", "pages.signature")
        told = told or paragraph(line)


def _closed(lines: Sequence[Line], marks: Marks) -> None:
    """Label what stands under the editor's name or the page's foot, where no text follows: it belongs to the page."""
    last = max((i for i, x in enumerate(lines) if _text(x) or x.label == "title"), default=len(lines))
    closed = False
    for line in lines[last + 1 :]:
        if not line.label and closed:
            line.name("furniture", "pages.tail")
            line.article = 0
        closed = (
            closed or line.role in {"tail", "tool"} or (line.role == "source" and marks.can_be("closing", line.text))
        )


def _text(line: Line) -> bool:
    """Tell whether a line is text beyond doubt: a sentence or a table."""
    return line.table is not None or (not line.label and line.ends)


def _foot(lines: Sequence[Line], marks: Marks) -> None:
    """Label what stands under the last text: who signs, and what belongs to the page."""
    last = max(
        (i for i, x in enumerate(lines) if paragraph(x) or x.label in {"heading", "title"} or x.table is not None),
        default=-1,
    )
    tail = False
    for i in range(last + 1, len(lines)):
        line = lines[i]
        tail = tail or line.role in {"tail", "tool", "nav"}
        if line.label or line.role == "number":
            continue
        if not tail and marks.can_be("body", line.text):
            line.name("byline", "pages.signature")
        elif tail or any(x.role in {"attachment", "tail"} for x in lines[max(0, i - 2) : i]):
            line.name("furniture", "pages.tail")
            line.article = 0
