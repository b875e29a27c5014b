"""Whether a name is sure: a core of its own, or a place that says where, with words that say what.

A suffix ends many common nouns too (重点项目, 医疗中心). A name is told from them by unknown characters, rare words,
the place, company or level word that it begins with, and what stands between that and the suffix.
"""

from __future__ import annotations

from zhengwen.entities.found import Found
from zhengwen.entities.lexis import Suffix
from zhengwen.entities.walk import LEVELS, Walk
from zhengwen.entities.words import STOP_TAGS, Words, is_han

__all__ = ["Surety"]

ROLES = frozenset({"董事长", "总经理", "创始人", "总裁", "老板", "车间", "员工", "厂长", "副总经理", "总部"})
NETS = frozenset("河水路管渠")
"""Before 网 these make a net of works, no website (平原河|网)."""
GENERIC = frozenset("的")
"""Behind these a centre that only rare nouns tell is one of a kind (最大的|型材产业化中心)."""
STYLES = frozenset("化型式")
"""What ends a word that tells of what kind a site is."""
UNSCHOOLED = frozenset("本该各全某一两几每新老原私公民大多名我")
"""What before one more character tells a school's kind or whose it is (本|校, 老|小学)."""
HEADS = frozenset({"董事长", "总经理", "创始人", "总裁", "合伙人"})
GRAMMAR = frozenset({"m", "t", "mq", "d", "r", "p", "c", "uj", "ul"})
"""Parts of speech that do not stand between a place and a plain suffix."""
LEVEL_ROADS = ("国家", "中国", "中华", "世界", "亚洲")


def _behind_divisions(at: int, start: int, borders: dict[int, Found]) -> int:
    """Return where the divisions that a name begins with end (漳州市龙文区|科技产业园)."""
    ends = sorted(b for b in range(at + 1, start + 1) if b in borders and borders[b].shape in {"division", "known"})
    for end in ends:
        if borders[end].start <= at:
            at = end
    return at


class Surety(Walk):
    """What makes a name sure, by what it begins with and what stands before its suffix."""

    def _company(self, words: Words, start: int, end: int) -> Found | None:
        """A company by its short name: characters that are no word before its trade (朗能|电子)."""
        word = words.starting.get(start)
        if not word or end not in words.starting or not self._ends(words, words.starting[end]):
            return None
        led = self._headed(words, words.starting[end])
        word = self._before_odd(words, word, start, led=led)
        at = words.starts[word]
        while word > 1 and at == start and words.forms[word - 1] in self.lexis.suffixes:
            if self.lexis.suffixes[words.forms[word - 1]].shape != "firm":
                break
            word -= 1
            at = start = words.starts[word]
        word = self._before_odd(words, word, start)
        at = words.starts[word]
        if at == start and self._brand_word(words, word - 1):
            word -= 1
            at = words.starts[word]
        if not 1 < start - at < 5 or not self._led(words, word):
            return None
        if word and words.forms[word - 1] in self.lexis.known and words.tags[word - 1] == "ns":
            at = words.starts[word - 1]
        return Found(at, end, "organisation", "names.firm", shape="firm")

    def _before_odd(self, words: Words, word: int, start: int, *, led: bool = False) -> int:
        """Return the first of the odd words before `word`, near `start`; brands count where a head stands behind."""
        while word > 0 and start - words.starts[word] < 5:
            if not (self._odd(words, word - 1) or (led and self._branding(words, word - 1))):
                break
            word -= 1
        return word

    def _brand_word(self, words: Words, word: int) -> bool:
        """Tell whether a word of the segmenter's name lists is a company's brand (伍星|生化, 元丰|木业)."""
        form, lexis = words.forms[word], self.lexis
        named = words.tags[word] in {"nr", "nz", "j", "nrt"} and len(form) == 2 and all(map(is_han, form))
        usual = form in lexis.frequent or form in lexis.known or form in lexis.lead or form in lexis.ordinary
        return named and not usual and form not in lexis.hard and form not in lexis.suffixes

    def _headed(self, words: Words, word: int) -> bool:
        """Tell whether the head of a company stands behind its name (正名智能科技|董事长)."""
        form = words.forms[word] if word < len(words.forms) else ""
        return form.removeprefix("副") in HEADS

    def _branding(self, words: Words, word: int) -> bool:
        """Tell whether a word may be in the name of a company that its head's title closes."""
        form, tag = words.forms[word], words.tags[word]
        if form in self.lexis.hard or form in self.lexis.lead or form in self.lexis.known or not is_han(form[0]):
            return False
        return tag not in STOP_TAGS and tag not in {"p", "c", "u"}

    def _led(self, words: Words, word: int) -> bool:
        """Tell whether a short name begins here: free on its left, or behind a word for a company or a place."""
        if self._opens(words, word):
            return True
        before = words.forms[word - 1]
        if before in LEVELS or (before[0] in "该本我" and before[-1] in LEVELS):
            return True
        return before[-2:] in self.lexis.lead or words.tags[word - 1] == "ns"

    def _ends(self, words: Words, word: int) -> bool:
        """Tell whether no noun goes on with what ends before this word (电子|产业), other than a role."""
        if word >= len(words.forms):
            return True
        form, tag = words.forms[word], words.tags[word]
        if form in self.lexis.hard or form in ROLES:
            return True
        if tag == "vn":
            return word + 1 < len(words.forms) and words.tags[word + 1] == "m"
        if len(form) == 4 and tag in {"l", "i"}:
            return True
        return tag[0] not in "nabsjl" and tag not in {"i", "zg", "g", "k"}

    def _owned(self, at: int, inner: int, borders: dict[int, Found]) -> bool:
        """Tell whether a name begins with that of a known company, with or without its seat (某某公司|某市|基地)."""
        ends = (borders[b] for b in range(at + 1, inner + 1) if b in borders)
        return any(f.start == at and f.type == "organisation" and f.shape == "known" for f in ends)

    def _leading(self, words: Words, at: int, start: int, suffix: Suffix) -> bool:
        """Tell whether a level word alone names what there is one of in a division (市|城投集团, 县|实验小学)."""
        if suffix.shape not in {"org", "spot", "hub"} or start - at != 1 or words.text[at] not in LEVELS:
            return False
        named = len(suffix.text) > 3 or suffix.text in self.lexis.seats or suffix.text in self.lexis.schools
        return named and at in words.starting and self._opens(words, words.starting[at])

    def _seat(self, at: int, inner: int, borders: dict[int, Found]) -> bool:
        """Tell whether the places that a name begins with are divisions of the country (洛阳|博物馆)."""
        ends = (borders[b] for b in range(at + 1, inner + 1) if b in borders)
        return any(f.start == at and f.shape == "division" for f in ends)

    def _on_named(self, words: Words, at: int, start: int, suffix: Suffix, borders: dict[int, Found]) -> bool:
        """Tell whether works begin with the sure name of what they are done to (大慈水库|水质提升|项目)."""
        if suffix.shape != "works":
            return False
        ends = (b for b in range(at + 2, start) if b in borders and borders[b].start == at and borders[b].certain)
        return any(borders[b].type != "person" and self._content(words, b, start, suffix) for b in ends)

    def _content(self, words: Words, inner: int, start: int, suffix: Suffix) -> bool:
        """Tell whether what stands between a place and a plain suffix says what it is (龙岩|锂离子电池生产|项目)."""
        first = words.starting.get(inner)
        if first is None or start - inner < 2:
            return False
        span = range(first, words.word_over(start))
        works = suffix.shape == "works"
        if words.text[inner : start + len(suffix.text)] in self.lexis.ordinary or self._grammar(
            words, span, works=works
        ):
            return False
        if words.tags[first] == "v" and (not works or len(span) < 2):
            return False
        return len(span) > 1 or not (works or suffix.text in {"中心", "公司"}) or start - inner > 3

    def _grammar(self, words: Words, span: range, *, works: bool) -> bool:
        """Tell whether words hold a number, an adverb, a stop of names or a verb that opens a longer word.

        What works are done to may be plain (村庄, 街道) where two more words say what is done.
        """
        hard = self.lexis.grammar if works else self.lexis.hard
        told = [words.forms[i] for i in span if len(words.forms[i]) > 1]
        plain = works and sum(f not in self.lexis.lead and f not in self.lexis.kinds for f in told) > 1
        lead = self.lexis.barred if plain else self.lexis.lead
        for i in span:
            form = words.forms[i]
            office = len(form) > 1 and form in self.lexis.roles and self.lexis.roles[form].startswith("office")
            if form in lead or words.tags[i] in GRAMMAR or (office and works):
                return True
            if len(form) > 1 and (form in hard or form[:2] in hard):
                return True
        return False

    def _schooled(self, words: Words, inner: int, start: int, suffix: Suffix) -> bool:
        """Tell whether one word of two characters that is no kind of school names one (阳光|小学), free on its left."""
        word = words.starting.get(inner) if suffix.text in self.lexis.schools else None
        if word is None or start - inner != 2:
            return False
        form, tag, lexis = words.forms[word], words.tags[word], self.lexis
        if words.starts[word + 1] != start:
            pair = words.text[inner:start]
            told = pair in lexis.lead or pair in lexis.hard or pair in lexis.kinds or pair[0] in UNSCHOOLED
            free = self._opens(words, word) or words.text[inner - 1] in LEVELS | {"村"}
            return free and not told and words.tags[word + 1][0] == "n" and tag not in {"m", "q", "r", "p", "c"}
        if form in lexis.lead or form in lexis.hard or form in lexis.kinds or tag in STOP_TAGS | {"v", "d"}:
            return False
        return (
            self._opens(words, word) or words.tags[word - 1] in {"ns", "nr"} or words.text[inner - 1] in LEVELS | {"村"}
        )

    def _acts(self, words: Words, body: Found) -> bool:
        """Tell whether a verb follows a body: what it does is no part of a name."""
        at = words.starting.get(body.end)
        if body.type != "organisation" or at is None or words.tags[at] != "v":
            return False
        form = words.forms[at]
        return form not in self.lexis.doings and form not in self.lexis.known and len(form) > 1

    def _toponym(self, words: Words, inner: int, start: int) -> bool:
        """Tell whether a core ends with a character of place names that no word holds (观景|口|水厂)."""
        word = words.starting.get(start)
        if word is None or not 2 < start - inner < 5 or not word:
            return False
        last, first = words.forms[word - 1], words.word_over(inner)
        led = self._opens(words, first) or words.tags[first - 1] == "v"
        return last in self.lexis.toponyms and led

    def _sure(self, words: Words, at: int, start: int, suffix: Suffix, borders: dict[int, Found]) -> bool:
        """Tell whether a name has a core of its own: not words alone, and not only a place before a plain suffix."""
        text = words.text
        if self._common(words, at, start, suffix, borders) or self._styled(words, at, start, suffix, borders):
            return False
        if suffix.text == "网":
            web = text[start - 1] not in NETS
            return web and words.tags[words.word_over(at)] == "ns" and start - at < 7
        if suffix.text in self.lexis.plain:
            return self._plain(words, at, start, suffix, borders)
        if suffix.shape == "hub" and text[at - 1 : at] in GENERIC and not self.own(words, at, start, rare=False):
            return False
        if (suffix.shape in {"org", "hub", "body"} and text[at : at + 2] in LEVEL_ROADS) or (
            text[at] in LEVELS and start - at > 4
        ):
            return True
        if suffix.text[-2:] == "公司" and len(suffix.text) > 3:
            return start - at > 2 or text[at:start] not in self.lexis.frequent
        if suffix.shape == "zone" and len(suffix.text) > 3 and words.last(start) == words.word_over(at):
            return (
                start - at < 4 and words.tags[words.word_over(at)][0] == "n" and text[at:start] not in self.lexis.lead
            )
        if self._schooled(words, at, start, suffix) or (suffix.shape == "works" and self._toponym(words, at, start)):
            return True
        return self.own(words, at, start) or any(b in borders and borders[b].certain for b in range(at + 1, start + 1))

    def _common(self, words: Words, at: int, start: int, suffix: Suffix, borders: dict[int, Found]) -> bool:
        """Tell whether it is a dictionary word (军用机场), a place's lines (新疆铁路), work done to no place."""
        first = words.word_over(at)
        if words.starts[first + 1] > start and words.tags[first] == "n" and suffix.shape == "works":
            return True
        if suffix.shape == "works" and self._ridden(words, start, borders):
            return True
        if suffix.text in self.lexis.lines and at < start and _behind_divisions(at, start, borders) == start:
            return True
        return suffix.text[-2:] in self.lexis.doings and not any(b in borders for b in range(at + 1, start + 1))

    def _styled(self, words: Words, at: int, start: int, suffix: Suffix, borders: dict[int, Found]) -> bool:
        """Tell whether a site is only described (规模化|产业园, 生态型|示范园): no place and no unknown word in it."""
        placed = any(b in borders for b in range(at + 1, start + 1))
        if placed or suffix.shape not in {"site", "works", "zone", "spot"}:
            return False
        span = range(words.word_over(at), words.word_over(start))
        styled = any(len(words.forms[i]) > 1 and words.forms[i][-1] in STYLES for i in span)
        styled = styled or any(words.forms[i] in STYLES and words.tags[i] in {"k", "n", "zg", "g"} for i in span)
        return styled and not any(self._odd(words, i) and words.forms[i] not in STYLES for i in span)

    def _ridden(self, words: Words, start: int, borders: dict[int, Found]) -> bool:
        """Tell whether only a verb stands between a division and a suffix (峨边|坐|高铁)."""
        word = words.starting.get(start)
        if not word or words.tags[word - 1] != "v" or len(words.forms[word - 1]) > 1:
            return False
        before = borders.get(start - 1)
        return before is not None and before.shape == "division"

    def _plain(self, words: Words, at: int, start: int, suffix: Suffix, borders: dict[int, Found]) -> bool:
        """Tell whether what stands before a plain suffix (项目, 基地, 中心) makes a name of it."""
        if start in borders and borders[start].certain and borders[start].shape != "division":
            bare = suffix.shape == "works" and suffix.text[-2:] not in {"项目", "工程"}
            return not (bare and borders[start].type == "organisation")
        inner = _behind_divisions(at, start, borders)
        owner = suffix.text in self.lexis.undertakings and self._owned(at, inner, borders)
        if owner and (start > inner or borders[start].shape == "division"):
            return True
        if inner == start and at < start:
            return len(suffix.text) > 4 or (suffix.text in self.lexis.seats and self._seat(at, inner, borders))
        if start - inner > 1 and self.own(
            words, inner, start, rare=suffix.shape != "works" and suffix.text not in self.lexis.vague
        ):
            return not self._trade(words, inner, start)
        word = words.starting.get(inner)
        if inner > at and word is not None and start - inner > 1 and self._odd(words, word):
            return True
        if inner > at and self._seat(at, inner, borders) and self._content(words, inner, start, suffix):
            return True
        if self._on_named(words, at, start, suffix, borders):
            return True
        if self._toponym(words, inner, start) or self._schooled(words, inner, start, suffix):
            return True
        if suffix.text in self.lexis.memorials and start - inner > 2 and self._opens(words, words.word_over(inner)):
            return self._content(words, inner, start, suffix)
        return suffix.text in self.lexis.undertakings and self._described(words, inner, start)
