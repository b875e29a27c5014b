"""The noun that a figure counts or measures, found in the words before it or after it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from zhengwen.fixed import fixed
from zhengwen.rows.clauses import Item, Text
from zhengwen.rows.indicators import Indicators
from zhengwen.rows.patterns import phrases
from zhengwen.rows.words import Words
from zhengwen.rules import Rules

__all__ = ["Noun", "Nouns", "Word"]

_TRAILING = frozenset("light adverb exist u p d c w time lead compare bound y move f since average aim".split())
_LEADING = frozenset("lead adverb light exist p c pronoun time u w scope part compare d bound move".split())
_NAMES = frozenset("place organisation project person document".split())
_ENDS = frozenset(
    "light adverb lead exist time figure p d u w c y r compare pronoun average i move f since aim say cause".split()
)
_BREAKS = _ENDS | _NAMES | {"", "verb", "act"}
_LEADS = frozenset("lead adverb time p w c u d".split())
_CUTS = frozenset({"time", "figure", "exist", "since", "f", "say"})
_OVER = frozenset({"since", "say", "cause"})
_VERBAL = frozenset("verb act v doing adverb u d".split())
_RATES = frozenset({"rate", "u", "compare", "c", "average"})
_NO_END = frozenset({"c", "verb", "act", "v", "doing"})
_VERBS = frozenset({"verb", "act"})
_DOINGS = _VERBS | {"v", "doing"}
_NEW = "new"
"""新增 and its like: kept before a noun, which they tell apart from the stock; alone they are verbs."""
_UNJOINED = _ENDS | _NAMES | _VERBS | {""}
"""Before these 和 and 与 join nothing to the noun."""
_LEADING_VERBS = _VERBS | {_NEW}
_OUTSIDE = frozenset({"scope", "pronoun", "p", "w"})
"""Classes whose words tell whose figure it is or how, never what."""
_HEADS = frozenset({"head", "part", "dual"})
_CLAUSAL = frozenset({"through", "p", "cause", "quality"})
_NOMINAL = frozenset({"n", "noun", "head", "m"})
_LONGER = frozenset({"n", "noun", "head", "part", "dual", "doing", "act"})
"""Classes of words that make a longer noun with the one before them (项目审批)."""
_QUALIFIED = _LONGER | {"b", "a", "j", "s"}
"""Classes that go on after a quotation that opens a noun (“甲”大型招聘会)."""
_QUALITIES = frozenset({"b", "a", "quality"})
"""Classes of words that only tell of what kind the noun after them is."""
_GENERAL = frozenset({"个", "处"})
"""Classifiers that count anything: only what cannot be counted at all ends their noun."""
_SHORT_RUN = 10
"""How far a noun is read that may go on with the one before it."""
_COUNTABLE = frozenset({"n", "noun", "head", "part"})
_PERSONS = frozenset({"人", "名", "户", "人次"})
_ADVERB = "d"
"""The dictionary's tag of adverbs, many of which describe a noun as well (长期任务, 自然庄)."""
_MAX_AFTER = 24
_MAX_CLAUSE = 12
_SHORT = 2
_QUOTED = 16
"""The longest quotation that is taken for one word."""
_INNER = 10
"""A longer bracket explains the noun and is no part of it."""
_REACH = 4
"""How many characters back the verb of an object is looked for."""


@fixed
class Noun:
    """A noun phrase and its span in the view.

    `rate` when it only names a rate (增速) and not what grows; `verb` when it is a verb without an object (到位);
    `name` when it is nothing but a name; `governs` when it ends in a verb whose object may follow the figure
    (开发区设立).
    """

    text: str
    start: int
    end: int
    rate: bool = False
    verb: bool = False
    name: bool = False
    governs: bool = False


@fixed
class Word:
    """A word of a fragment with its class and span; items (figures, times, names) are words of their own class."""

    text: str
    kind: str
    start: int
    end: int


class Nouns:
    """Finds noun phrases; one instance serves all paragraphs."""

    def __init__(self, rules: Rules, indicators: Indicators) -> None:
        self._words = Words(rules)
        self._indicators = indicators
        self._classed = lru_cache(maxsize=20_000)(self._cut)
        self._like = phrases(rules, "nouns")
        self._asides = [r.regex for r in rules.of("rows/asides")]
        self._counted_by = {r["classifier"]: tuple(r["nouns"].split("|")) for r in rules.table("rows/agreement")}
        self._scopes = {
            row["term"]: "part" if row["kind"] in ("project", "organisation", "zone") else "scope"
            for row in rules.table("rows/scopes")
            if row["kind"] not in ("implied", "village") and (row["kind"] != "thing" or not row["use"])
        }

    def words(self, text: Text, start: int, end: int) -> list[Word]:
        """Cut `start:end` of a paragraph into classed words, its items kept whole."""
        found: list[Word] = []
        at = start
        for item in text.between(start, end):
            if at < item.start:
                found += self._plain(text, at, item.start)
            kind = item.name.type if item.kind == "name" else item.kind
            quote = self.quotation(text, item.start) if kind == "figure" else None
            if quote is not None and start <= quote[0] and quote[1] <= end:
                kind = "n"  # a number inside what is quoted is part of the quotation
            found.append(Word(text.text[item.start : item.end], kind, item.start, item.end))
            at = item.end
        return found + self._plain(text, at, end) if at < end else found

    def before(self, text: Text, start: int, end: int) -> Noun | None:
        """Return the noun phrase that ends `start:end`, without the verb and adverbs between it and the figure."""
        for aside in self._asides:
            found = aside.search(text.text[start:end])
            end = start + found.start() if found else end
        number = self._like["item_number"].match(text.text[start:end])
        start += number.end() if number else 0
        words = _after_last(_before_compared(self._without_asides(self.words(text, start, end))), _OVER)
        besides = [i for i, w in enumerate(words[:-1]) if i and self._parts_from(w)]
        words = words[besides[-1] + 1 :] if besides else words  # 进入名录库且|年度营业收入
        last = words[-1] if words else None
        while (
            words and (words[-1].kind in _TRAILING or self._like["no_end"].match(words[-1].text)) and not _closes(words)
        ):
            last = words.pop()
        if not words and last is not None and last.kind == "average":
            words = self.words(text, last.start, end)
            both = [last, *(w for w in words[1:] if w.kind == "average")]  # 平均亩产
            return Noun(_text(both), last.start, both[-1].end, verb=True)
        words = self._aside_of(self._without_setting(self._after_cut(self._after_blank(words))))
        phrase = self._without_lead(self._joined(self._after_each(words)))
        if phrase and all(w.kind in ("quality", "w") or self._like["listed"].match(w.text) for w in phrase):
            return None  # 高标准、高质量完成143万平方米改造工程
        noun = _noun(_after_bracket(self._head_told(phrase))) if phrase else None
        return self._listed_whole(text, self._kept(text, noun, start), start) if noun else None

    def _listed_whole(self, text: Text, noun: Noun, start: int) -> Noun:
        """Begin a noun where the listed indicator begins that it is the end of (本|外币存款余额, 中|长期贷款余额)."""
        if noun.start + len(noun.text) != noun.end:
            return noun
        floor = max((start, *(item.end for item in text.between(start, noun.start))))  # 去年|产值 is no 年产值
        for size in (1, _SHORT):
            first = noun.start - size
            taken = text.text[max(first, 0) : noun.start]
            whole = size == 1 or self._words.class_of(taken) == "adverb"  # 直接|经济损失
            if first >= floor and whole and self._indicators.listed(taken + noun.text):
                return replace(noun, text=taken + noun.text, start=first)
        return noun

    def _parts_from(self, word: Word) -> bool:
        """Say whether what stands before a word is another condition (且) or what comes first (公司|达产后)."""
        then = word.kind == "lead" and self._like["then"].search(word.text) is not None
        return then or self._like["besides"].match(word.text) is not None

    def _after_blank(self, words: list[Word]) -> list[Word]:
        """Return the words after the last blank behind a word of two characters or more (运行 营收, not 水 稻)."""
        for i in range(len(words) - 2, 0, -1):
            if len(words[i - 1].text) > 1 and self._like["apart"].match(words[i].text):
                return words[i + 1 :]
        return words

    def _head_told(self, words: list[Word]) -> list[Word]:
        """Return the head of a phrase without what leads in behind its verb (建成|投产后可|年创税收)."""
        head = self._head(words)
        cut = len(head) < len(words) and head[0].kind == "lead"
        return head[self._past_leads(head, 0) :] if cut else head

    def _without_asides(self, words: list[Word]) -> list[Word]:
        """Drop brackets that only explain the noun that they follow (金融机构（含外资）存款, 财政收入（甲加乙）)."""
        opened = next((i for i, w in enumerate(words) if w.text in "（("), None)
        closed = next((i for i, w in enumerate(words) if w.text in "）)"), None)
        if opened is None or closed is None or not 0 < opened < closed:
            return words
        inner, after = _text(words[opened + 1 : closed]), words[closed + 1 :]
        wordy = any(w.kind not in _TRAILING for w in after)
        if len(inner) <= _INNER and not (wordy and self._like["scope"].match(inner)):
            return words
        return words[:opened] + after

    def _kept(self, text: Text, noun: Noun, start: int) -> Noun:
        """Give a noun of cases the words before it that tell one count from another (累计报告确诊病例)."""
        case = self._like["case"].search(noun.text)
        found = self._like["kept"].search(text.text, start, noun.start) if case else None
        if found is None or noun.start + len(noun.text) != noun.end:
            return noun
        return replace(noun, text=found.group() + noun.text, start=found.start())

    def after(self, text: Text, start: int, end: int, *, shared: bool = False, unit: str = "") -> Noun | None:
        """Return the noun phrase that begins `start:end`: the noun counted, with the clause that describes it.

        `shared` when another figure follows in the clause: what comes after 的 is then that figure's noun. `unit` is
        the figure's: a noun that it counts ends the phrase, when what goes on is none (84家企业|整理材料).
        """
        told = self._befallen(text, start, min(end, start + _MAX_AFTER), unit)
        if told is not None:
            return told
        settled = self._like["settled"].match(text.text, start, end)
        start = settled.end() if settled else start
        words = self.words(text, start, min(end, start + _MAX_AFTER))
        if words and words[0].text == "的":
            words = words[1:]
            if len(words) > 1 and words[0].kind == "adverb" and words[1].kind in _COUNTABLE:
                words = words[1:]  # 3万元的一次性奖励
        if len(words) > 1 and self._like["this"].match(words[0].text) and words[1].kind in _COUNTABLE:
            words = words[1:]
        if len(words) > 1 and self._like["chief"].match(words[0].text) and words[1].kind in _LONGER:
            words = words[1:]
        quoted = _quoted(words)
        if quoted:
            alone = quoted == len(words) or words[quoted].kind == "verb"
            return _noun(words[:quoted] + ([] if alone else self._agreeing(self._run(words[quoted:]), unit)))
        if len(words) > 1 and self._standing(words[0]) and words[1].kind not in _ENDS:
            words = words[1:]  # 400余名周边遇险群众, 5个现有收费站
        if len(words) > 1 and _describes(words):
            words = [replace(words[0], kind="b"), *words[1:]]
        if not words or words[0].kind in _ENDS or self._like["achieved"].match(words[0].text):
            return None
        clause = [] if shared else self._clause_of(words)
        return _noun(self._agreeing(clause or self._summed(words) or self._run(words), unit))

    def doing(self, text: Text, start: int, end: int) -> Noun | None:
        """Return what is done in the time that ends at `start`, told up to the end of its clause (14天|集中隔离后)."""
        found = self._like["span_lead"].match(text.text, start, end)
        words = self.words(text, found.end() if found else start, end)
        ended = next((i for i, w in enumerate(words) if self._like["span_end"].fullmatch(w.text)), len(words))
        words = words[:ended]
        phrase = _text(words)
        if not 1 < len(phrase) <= _SHORT_RUN or not any(w.kind in _DOINGS for w in words[:2]):
            return None
        plain = all(_wordy(w.text) and w.kind not in _BREAKS - _VERBS - {"adverb", "d"} for w in words)
        return (
            None if not plain or self._like["span_done"].match(phrase) else Noun(phrase, words[0].start, words[-1].end)
        )

    def _standing(self, word: Word) -> bool:
        """Say whether a word between a figure and its noun only says where those counted are, or that they are."""
        return (word.kind == "f" and len(word.text) > 1) or self._like["present"].match(word.text) is not None

    def _agreeing(self, run: list[Word], unit: str) -> list[Word]:
        """Return a run up to the last noun that the unit counts, when it ends in one that it does not count."""
        nouns = self._counted_by.get(unit)
        if nouns is None or not run or run[-1].text.endswith(nouns):
            return run
        if unit in _GENERAL and not self._like["uncounted"].search(run[-1].text):
            return run
        cut = max((i for i, w in enumerate(run) if w.text.endswith(nouns)), default=-1)
        if 0 <= cut < len(run) - 1 and run[cut + 1].text in ")）":
            cut += 1  # 6个乡镇（街道）|税收总额
        return run[: cut + 1] if cut >= 0 else run

    def _befallen(self, text: Text, start: int, end: int, unit: str) -> Noun | None:
        """Return what befell the people or things counted, or what people did, told up to the end of the clause."""
        for name in ("befallen", "turned", "joined") if unit in _PERSONS else ("befallen", "turned"):
            found = self._like[name].match(text.text, start, end)
            if found and self._like["helped"].match(found.group()):
                continue  # 带动700户|贫困户增收脱贫
            if found and not text.between(start, found.end()):
                return Noun(found.group(), start, found.end(), verb=name == "turned")
        return None

    def owner_end(self, text: Text, noun: Noun) -> int:
        """Return where the noun counted ends that has a quantity of its own (38个机场|年旅客吞吐量)."""
        found = self._like["owner"].match(text.text, noun.start, noun.end)
        return found.end() if found else noun.end

    def _after_cut(self, words: list[Word]) -> list[Word]:
        """Return the words after the last time, figure or place word; a time inside a noun is left out.

        中长期贷款6月末余额 is 中长期贷款余额: a noun, a time and one word for a quantity.
        """
        within = self._like["amid"].match
        inside = [i for i in range(1, len(words) - 1) if within(words[i].text) and words[i - 1].kind in _COUNTABLE]
        words = words[inside[-1] + 1 :] if inside else words  # 乡干部中|女干部
        rest = _after_last(words, _CUTS)
        at = len(words) - len(rest) - 1
        if at < 1 or words[at].kind != "time" or len(rest) != 1 or not self._like["amount"].match(rest[0].text):
            return rest
        noun = words[at - 1].kind in _COUNTABLE and len(words[at - 1].text) > 1
        return _after_last(words[:at], _CUTS) + rest if noun else rest

    def _summed(self, words: list[Word]) -> list[Word]:
        """Return the noun that sums up a list (317名血液透析、孕产妇等特殊患者 counts 特殊患者), if one does."""
        for i, word in enumerate(words):
            if self._like["etc"].match(word.text):
                if not any(self._like["listed"].match(w.text) for w in words[:i]):
                    return []
                of = next((k + 1 for k in range(i + 1, len(words)) if words[k].text == "的"), i + 1)
                return self._run(words[of:]) if of - i <= _SHORT + 1 else self._run(words[i + 1 :])
            stop = (
                (word.kind in _ENDS and word.kind != "i") or word.kind in ("verb", "v") or word.text in "，。；：）(（)"
            )
            if stop and not self._like["joint"].match(word.text):
                return []
        return []

    def counted(self, text: Text, start: int, end: int) -> tuple[Item, Noun] | None:
        """Return the count that leads `start:end` and the noun right behind it (三个园区共纳税)."""
        figure = next(iter(text.between(start, end, "figure")), None)
        if figure is None or figure.quantity.kind != "count" or not self.only_leads(text, start, figure.start):
            return None
        noun = self.after(text, figure.end, end, shared=True)
        return (figure, noun) if noun is not None and noun.start == figure.end else None

    def grows(self, text: Text, at: int) -> bool:
        """Say whether the growth of something is told right behind a noun that ends at `at` (两个县|增幅较大)."""
        words = [w for w in self.words(text, at, min(text.segment(at)[1], at + _REACH)) if w.text != "的"]
        kinds = [w.kind for w in words if w.kind not in _LEADS]
        return bool(kinds) and kinds[0] == "rate"

    def moves(self, text: Text, at: int) -> bool:
        """Say whether a movement is told right behind a noun that ends at `at` (五家银行|较年初增长)."""
        words = self.words(text, at, text.segment(at)[1])
        kinds = [w.kind for w in words if w.kind not in _LEADS and w.kind != "compare"]
        return bool(kinds) and kinds[0] in ("rate", "move")

    def quotation(self, text: Text, at: int) -> tuple[int, int] | None:
        """Return the span of the short quotation that holds position `at`, quotes included (“15分钟生活圈”)."""
        opened, closed = text.text.rfind("“", max(0, at - _QUOTED), at), text.text.find("”", at, at + _QUOTED)
        if (
            opened < 0
            or closed < 0
            or "”" in text.text[opened:at]
            or self._like["stop"].search(text.text[opened:closed])
        ):
            return None
        return opened, closed + 1

    def is_word(self, text: str) -> bool:
        """Say whether a text is one word of the dictionary (城镇居民)."""
        return self._words.listed(text)

    def is_proper(self, text: str) -> bool:
        """Say whether a text is no word of the dictionary but a name (瑞顿)."""
        return self._words.proper(text)

    def adds(self, noun: Noun) -> bool:
        """Say whether a phrase is nothing but 新增 or its like."""
        return noun.text in self._words.of_class(_NEW)

    def is_quantity(self, noun: str) -> bool:
        """Say whether a noun ends like a quantity (吞吐量, 覆盖率)."""
        return bool(self._like["quantity"].search(noun))

    def known_inside(self, text: Text, noun: Noun) -> Noun:
        """Return the last known indicator inside a long phrase that ends in something else, else the phrase."""
        hits = self._indicators.find(text.text[noun.start : noun.end])
        if not hits or noun.start + hits[-1].end == noun.end:
            return noun
        first, last = noun.start + hits[-1].start, noun.start + hits[-1].end
        return Noun(text.text[first:last], first, last)

    def leading_end(self, text: Text, start: int, end: int) -> int:
        """Return where the noun that begins `start:end` ends (锂电池出口 of 锂电池出口保持增长)."""
        run = self._run(self.words(text, start, end))
        while run and run[-1].kind == "rate":
            run.pop()
        return run[-1].end if run else start

    def goes_on(self, text: Text, start: int, end: int) -> bool:
        """Say whether a noun right at `start` makes a longer one with what stands before (项目|审批, not |总投资)."""
        words = self.words(text, start, min(end, start + _SHORT_RUN))
        if not words or words[0].kind not in _LONGER:
            return False
        run = _text(self._run(words))
        return not self._like["owned"].match(run)

    def only_leads(self, text: Text, start: int, end: int) -> bool:
        """Say whether nothing but times, connectives and adverbs stands in `start:end`."""
        return all(w.kind in _LEADS for w in self.words(text, start, end))

    def only_places(self, text: Text, start: int, end: int) -> bool:
        """Say whether nothing but what leads in and whose it is stands in `start:end` (目前全镇)."""
        return all(w.kind in _LEADING or w.kind in _NAMES for w in self.words(text, start, end))

    def object_at(self, text: Text, start: int) -> bool:
        """Say whether a verb stands right before `start`, whose object begins there."""
        words = self.words(text, max(0, start - _REACH), start)
        return bool(words) and words[-1].kind in _VERBS

    def leading_verb(self, text: Text, noun: tuple[int, int]) -> str:
        """Return the verb that begins a phrase (发送 of 发送旅客), else nothing."""
        words = self.words(text, *noun)
        return words[0].text if len(words) > 1 and words[0].kind in _LEADING_VERBS else ""

    def _plain(self, text: Text, start: int, end: int) -> list[Word]:
        """Return the words of a stretch without items; asked again, those that were made before."""
        known: dict[tuple[int, int], list[Word]] = text.known.setdefault(self, {})
        words = known.get((start, end))
        if words is None:
            words, at = [], start
            for word, kind in self._classed(text.text[start:end]):
                last = at + len(word)
                words.append(Word(word, kind, at, last))
                at = last
            known[start, end] = words
        return words

    def _cut(self, fragment: str) -> tuple[tuple[str, str], ...]:
        """Return a fragment's words with their classes."""
        scopes = self._scopes
        return tuple((w, scopes.get(w, tagged) if _wordy(w) else "w") for w, tagged in self._words.tokens(fragment))

    def _joined(self, words: list[Word]) -> list[Word]:
        """Drop a light verb in the middle, keep the noun before it (第一产业 实现 增加值)."""
        cut = next((i for i in range(len(words) - 1, -1, -1) if words[i].kind == "light"), None)
        if cut is None:
            return words
        summed = words[cut + 1 :] if cut and self._like["etc"].match(words[cut].text) else []
        if summed and (len(_text(summed)) > _SHORT or any(self._like["listed"].match(w.text) for w in words[:cut])):
            return summed  # 甲、乙等招商项目: the noun after 等 sums up what is listed
        left, tail = self._without_lead(self._without_setting(words[:cut])), words[cut + 1 :]
        while left and left[-1].kind in _TRAILING:
            left.pop()
        left = self._owner(left)
        if left and tail and self._like["trend"].search(_text(tail)):
            return left
        if left and tail and self._like["premises"].search(left[-1].text):
            return tail  # 经济开发区实现开票销售
        if len(tail) == 1 and tail[0].kind in _VERBAL and left and self._like["doer"].search(left[-1].text):
            return tail  # 旅行社累计组团: who does it is no part of what is done
        spent = left and self._like["spent"].match(tail[0].text if tail else "")
        if len(tail) > 1 and (spent or tail[0].kind in _VERBS) and not self._like["mode"].fullmatch(_text(left)):
            left = []  # 公交部门共投入班次: who does it is no part of what is done
        if left and tail and len(_text(left)) <= _MAX_CLAUSE:
            return [replace(w, kind="n") if w.kind in _VERBS else w for w in left] + tail  # 储备项目: no verb now
        return tail or words[:cut]

    def _owner(self, words: list[Word]) -> list[Word]:
        """Return the noun that ends the words before a light verb (加快续建项目 → 续建项目), none after a name."""
        if any(w.kind in _NAMES or w.kind in _OUTSIDE or (w.kind == "part" and i == 0) for i, w in enumerate(words)):
            return []
        for i in range(len(words) - 1, -1, -1):
            if words[i].kind in _VERBS and not self._told_apart(words[i - 1 :] if i else words, min(i, 1)):
                return words[i + 1 :]
        return words

    def _without_lead(self, words: list[Word]) -> list[Word]:
        """Drop what leads in (其中, 全市, 累计, the names of subjects) as long as something is left."""
        i = int(len(words) > 1 and self._like["amid"].match(words[0].text) is not None)
        for k, word in enumerate(words[:-1]):
            if word.kind in _NAMES and not self._like["joint"].match(words[k + 1].text):
                towards = self._towards(words, k)
                if towards is not None and words[k + 1].kind not in _VERBS:
                    return words[towards:]
                i = k + 1
        i = self._past_leads(words, i)
        if words[i : i + 1] and words[i].kind == "through":
            i = next((k for k in range(i + 1, len(words)) if words[k].kind in _VERBS), i + 1)
            i = self._past_leads(words, i)
        if len(words) - i == 1 and words[i].kind in _LEADING - {"part"}:
            return []
        return words[i:]

    def _towards(self, words: list[Word], k: int) -> int | None:
        """Return where 对 stands before the name at `k`, with nothing but nouns between (对第一大贸易伙伴东盟)."""
        for j in range(k - 1, max(-1, k - _REACH - 2), -1):
            if self._like["towards"].match(words[j].text):
                return j
            if words[j].kind not in _NOMINAL:
                return None
        return None

    def _past_leads(self, words: list[Word], i: int) -> int:
        """Return the first position from `i` on that is no lead, or the last one."""
        while i < len(words) - 1 and not _opens(words[i:]):
            aims = words[i].kind == "aim" and (
                words[i + 1].kind in _VERBS or self._like["achieved"].match(words[i + 1].text) is not None
            )  # 计划改造菜场, 计划完成投资, but 计划投资
            if not aims and words[i].kind not in _LEADING:
                break
            i += 1
        return i

    def _head(self, words: list[Word]) -> list[Word]:
        """Cut after the last verb that takes the rest as its object, unless the rest is too short to tell it apart."""
        if words[0].kind == "dual" and len(_text(words[1:])) > _SHORT:
            return words[1:]
        done = self._done(words)
        if done is not None:
            return words[done:]
        for i in range(len(words) - 2, -1, -1):
            governs = words[i].kind in _VERBS or (
                i and words[i].kind in ("v", "doing") and words[i - 1].kind == "adverb"
            )
            if not governs or (i and self._told_apart(words, i)) or _in_bracket(words, i):
                continue
            if len(words) > i + 2 and self._like["work"].fullmatch(words[i + 1].text):  # 开工|项目|完成投资
                continue
            rest = words[i + 1 :]
            while rest and rest[0].kind in ("u", "w"):
                rest = rest[1:]
            if not rest:
                continue
            known = self._known_end(words)
            if known and known[0].start < rest[0].start:
                at = len(words) - len(known)
                if at and words[at - 1].kind == "average":  # 日均发送旅客: 日均 tells it apart
                    return words[at - 1 :]
                return words[self._mode(words, at) :] if at == i else known[self._past_leads(known, 0) :]
            if i and words[i - 1].kind == "average":  # 铁路日均开行列车: 日均 tells it apart
                return words[i - 1 :]
            empty = self._like["empty"].fullmatch(words[i].text)
            return words[self._mode(words, i) :] if len(_text(rest)) <= _SHORT and not empty else rest
        return words

    def _done(self, words: list[Word]) -> int | None:
        """Return where what somebody does begins: who does it is no part of what is done, got or new."""
        for i in range(1, len(words) - 1):
            doer = self._like["doer"].search(words[i - 1].text) is not None
            if words[i].kind == _NEW and words[i - 1].kind == "adverb":  # 城区学校先后新增学位
                return i
            if doer and self._like["acting"].match(words[i].text):  # 合作社顺利获贷
                return i + 1
            if doer and self._like["fresh"].match(words[i].text):  # 县政府与投资方新签约项目
                return i
            zone = self._like["zone"].search(words[i - 1].text) is not None
            if (doer or zone) and self._like["mean_day"].fullmatch(words[i].text):  # 交管部门日均投入警力
                return i
        return None

    def _mode(self, words: list[Word], i: int) -> int:
        """Return where the phrase of the verb at `i` begins: at the way of transport before it (动车组发送旅客)."""
        mode = self._like["mode"]
        return next((start for start in range(i) if mode.fullmatch(_text(words[start:i]))), i)

    def _told_apart(self, words: list[Word], i: int) -> bool:
        """Say whether the verb at `i`, with a noun before it, governs nothing: it is part of a noun (小区改造项目)."""
        rest = words[i + 1 :]
        if len(rest) == 1 and self._like["quantity"].search(rest[0].text):
            return True
        if self._like["illicit"].fullmatch(words[i - 1].text):
            return True  # 违规搭建彩钢板
        if words[i].kind == "verb" and self._like["receiver"].search(words[i - 1].text):
            return False  # 经营主体|发放贷款
        if self._compound(rest):
            return True
        clause = words[i].kind == "act" or (rest and rest[0].text == "的")
        if words[i].kind == "act" and not self._like["doer"].search(words[i - 1].text):
            first = next((k + 1 for k in range(i - 1, -1, -1) if words[k].kind not in _VERBS), 0)  # 回收处理
            governing = next((k for k in range(first - 1, -1, -1) if words[k].kind in _VERBS), -1)
            words = words[governing + 1 :]  # 创建|省级社区教育示范街道
        return bool(clause) and len(_text(words)) <= _MAX_CLAUSE

    def _without_setting(self, words: list[Word]) -> list[Word]:
        """Drop 在…下, 在…中, 作为…的: the setting of what is said."""
        if words and self._like["role"].match(words[0].text):
            of = next((i for i, w in enumerate(words[:-1]) if w.text == "的"), None)
            return words[of + 1 :] if of is not None else words
        start = next((i for i, w in enumerate(words) if self._like["setting"].match(w.text)), None)
        if start is None:
            return words
        ends = self._like["setting_end"]
        end = next((i for i in range(start + 1, len(words)) if ends.match(words[i].text)), None)
        return words[:start] + words[end + 1 :] if end is not None else words

    def _aside_of(self, words: list[Word]) -> list[Word]:
        """Drop 因…, 按…, 在… in the middle with its verb (项目按单位分解), or the words before it."""
        for i in range(len(words) - 2, 0, -1):
            if not self._like["by"].match(words[i].text) or len(words[i + 1].text) == 1:
                continue
            return words[:i] if words[-1].kind in _VERBAL and words[i - 1].kind in _COUNTABLE else words[i + 1 :]
        return words

    def _after_each(self, words: list[Word]) -> list[Word]:
        """Return the words after 每块, 每间: what stands before only says of what each."""
        if self._like["per_thousand"].match(_text(words)):
            return words
        each = self._like["each"].match
        cut = next((i for i in range(len(words) - 2, -1, -1) if each(words[i].text)), -1)
        if cut < 0:
            return words
        skip = cut + (2 if len(words[cut].text) == 1 and cut + 2 < len(words) else 1)
        return words[skip:]

    @staticmethod
    def _aside(words: list[Word], i: int) -> bool:
        """Say whether a short bracket opens at a word (乡镇（街道）)."""
        return any(w.text in "）)" for w in words[i + 1 : i + 5])

    def _known_end(self, words: list[Word]) -> list[Word]:
        """Return the words of the known indicator that ends the phrase, if any."""
        for i in range(len(words)):
            if self._indicators.known(_text(words[i:])):
                return words[i:]
        return []

    def _clause_of(self, words: list[Word]) -> list[Word]:
        """Return the phrase up to the noun after 的 (因灾断电的居民社区)."""
        for i, word in enumerate(words):
            if word.kind in ("figure", "light", "exist", "f") or word.text in "，。；：）(（)":
                return []
            if word.text == "的" and i and i + 1 < len(words):
                if self._counted_there(words[:i]) or self._like["composes"].match(words[i - 1].text):
                    return self._run(words[:i])
                tail = self._run(words[i + 1 :])
                if i == 1 and self._like["dimension"].match(words[0].text):
                    return tail
                whole = len(_text(words[:i])) + len(_text(tail)) <= _MAX_CLAUSE
                acts = i > 1 and words[1].kind in _VERBAL and self._like["doer"].search(words[0].text)
                if acts and not whole and any(self._like["listed"].match(w.text) for w in words[:i]):
                    return []  # 37家企业|从事系统集成、软件的开发
                return (words[:i] if whole else []) + tail if tail else []
        return []

    def _counted_there(self, words: list[Word]) -> bool:
        """Say whether what stands before 的 is a noun that is counted itself (16个省份的用电量)."""
        if self._like["dimension"].match(words[0].text) or (len(words) > 1 and len(words[0].text) == 1):
            return False
        clausal = any(w.kind in _VERBAL or w.kind in _NAMES or w.kind in _CLAUSAL for w in words)
        return words[-1].kind in _COUNTABLE and not clausal

    @staticmethod
    def _compound(rest: list[Word]) -> bool:
        """Say whether a verb makes a compound with what follows (改造项目, 检测服务机构): a head, in a word or two."""
        length = next((i for i, w in enumerate(rest) if w.kind in _ENDS), len(rest))
        return bool(rest) and (rest[0].kind in _HEADS or (length == _SHORT and rest[1].kind in _HEADS))

    def _levels(self, words: list[Word], i: int) -> bool:
        """Say whether 、 stands between two levels of the state that one noun has (市、县重点项目)."""
        level = self._like["level"].match
        both = 0 < i < len(words) - _SHORT and level(words[i - 1].text) and level(words[i + 1].text)
        return bool(both) and words[i].text == "、"

    def _acts(self, noun: str, verb: str) -> bool:
        """Say whether a verb tells what those counted do (10个工业项目|入驻园区, 14个分馆|开展活动)."""
        hosts = self._like["host"].search(noun) is not None and self._like["empty"].fullmatch(verb) is not None
        return hosts or self._like["counted_work"].search(noun) is not None

    def _raises(self, words: list[Word]) -> bool:
        """Say whether a movement only makes a longer noun with the one noun behind it (污水|提升泵站)."""
        if len(words) == 1 or self._like["raising"].match(words[0].text) is None:
            return False
        return words[1].kind in _COUNTABLE and (len(words) == _SHORT or words[_SHORT].kind in _ENDS | _VERBS)

    def _names_doing(self, run: list[Word], verb: Word, rest: list[Word]) -> bool:
        """Say whether a verb after no doer, with one noun behind it, only makes a longer noun (便民采样点)."""
        ends = _ENDS | _VERBS
        length = next((i for i, w in enumerate(rest) if w.kind in ends or not _wordy(w.text)), len(rest))
        plain = verb.kind in ("act", "doing") and run[-1].kind == "n" and len(run[-1].text) > 1
        nominal = length == 1 and rest[0].kind == "n"
        return plain and nominal and not self._like["doer"].search(run[-1].text)

    def _run(self, words: list[Word]) -> list[Word]:
        """Return the nominal words that begin a list, up to the first verb that they are the subject of."""
        run: list[Word] = []
        opened = False
        for i, word in enumerate(words):
            if run and (opened or (word.text in "（(" and self._aside(words, i))):
                opened = word.text not in "）)"
                run.append(word)
                continue
            following = words[i + 1].kind if i + 1 < len(words) else ""
            joins = self._like["conjunction"].match(word.text) and run and following not in _UNJOINED
            joins = joins or self._levels(words, i) or (word.kind == "move" and bool(run) and self._raises(words[i:]))
            if word.kind in _ENDS and not joins and not (word.kind == "i" and not run):
                break
            verbal = word.kind in _NO_END and word.kind != "c" and len(word.text) > 1 and run
            if verbal and word.kind == "verb" and self._acts(run[-1].text, word.text):
                break
            told = all(w.kind in _QUALITIES for w in run) and following in ("n", "", "w")  # 大型招聘洽谈会, 在线观看
            if verbal and not (told or self._compound(words[i + 1 :]) or self._names_doing(run, word, words[i + 1 :])):
                break
            if run and word.text.isascii() and following in ("average", "n", "noun", "head", ""):
                break
            aside = i + 1 < len(words) and words[i + 1].text in "（(" and self._aside(words, i + 1)
            if run and self._like["amid"].match(word.text) and i + 1 < len(words):
                break  # 29个项目中汽车零部件项目15个
            if run and self._like["throughout"].match(word.text):
                break  # 984台警车|全域巡控
            if word.kind == "bound" and not (aside or opened) and (not following or following in _ENDS):
                break
            run.append(word)
        while (
            len(run) > 1
            and not all(w.kind in _QUALITIES for w in run[:-1])
            and (run[-1].kind in ("c", "verb", "act", "v", "doing", "rate") or self._like["inside"].match(run[-1].text))
        ):
            run.pop()
        return run


def _noun(words: list[Word]) -> Noun | None:
    """Make a noun of a phrase's words; 第一产业 实现 增加值 reads 第一产业增加值."""
    while words and words[0].kind in ("w", "u", "c") and not _opens(words):
        words = words[1:]
    phrase = _text([w for w in words if w.kind != "light" or len(w.text) == 1])  # 稻虾共作 keeps its 共
    if not words or not _wordy(phrase):
        return None
    if phrase.count("“") != phrase.count("”"):
        phrase = phrase.strip("“”")
    rate = all(w.kind in _RATES for w in words) and any(w.kind == "rate" for w in words)
    verb = all(w.kind in _VERBAL or w.kind in ("dual", _NEW) for w in words)
    name = all(w.kind in _NAMES or (i and not _wordy(w.text)) for i, w in enumerate(words))
    after_adverb = len(words) > 1 and words[-2].kind == "adverb" and words[-1].kind in ("doing", "act", "v")
    governs = not verb and (words[-1].kind in ("verb", "dual") or after_adverb)
    return Noun(phrase, words[0].start, words[-1].end, rate, verb, name, governs)


def _describes(words: list[Word]) -> bool:
    """Say whether a word that the dictionary takes for an adverb only describes the noun behind it (长期任务)."""
    return words[0].kind == _ADVERB and len(words[0].text) > 1 and words[1].kind in _COUNTABLE


def _quoted(words: list[Word]) -> int:
    """Return how many words a quotation takes that opens the phrase and a noun goes on with (“红色”物业), else 0."""
    if not words or words[0].text != "“":
        return 0
    close = next((i for i, w in enumerate(words) if w.text == "”"), 0)
    alone = close and (close + 1 == len(words) or words[close + 1].kind in _ENDS)
    acts = close and close + 1 < len(words) and words[close + 1].kind == "verb"
    alone = alone or (acts and len(_text(words[1:close])) > _SHORT)  # “党员志愿者”|参与
    goes_on = alone or (close and words[close + 1].kind in _QUALIFIED)
    return close + 1 if goes_on else 0


def _opens(words: list[Word]) -> bool:
    """Say whether the first word opens a quotation that belongs to the phrase (“五个一批”项目)."""
    return words[0].text == "“" and any(w.text == "”" for w in words[1:])


def _closes(words: list[Word]) -> bool:
    """Say whether the last word closes a short bracket that belongs to the phrase (自然村（组）)."""
    return words[-1].text in "）)" and any(w.text in "（(" for w in words[-5:-1])


def _governs(words: list[Word], i: int) -> bool:
    """Say whether a word is a verb that takes what follows as its object: one of the list, or any after an adverb."""
    if len(words[i].text) == 1 and len(words[i + 1].text) == 1:  # 运 维 成本: single characters of an unknown word
        return False
    return words[i].kind in _VERBS or (i > 0 and words[i].kind in ("v", "doing") and words[i - 1].kind == "adverb")


def _in_bracket(words: list[Word], i: int) -> bool:
    """Say whether a word stands in a bracket or quotation that the phrase closes (面积（含繁殖）, “西电东送”能力)."""
    before, after = _text(words[:i]), _text(words[i + 1 :])
    return any(before.count(a) > before.count(b) and b in after for a, b in ("（）", "()", "“”"))


def _after_bracket(words: list[Word]) -> list[Word]:
    """Return the words after a bracket that opens the phrase or opened before it (A—B段)长, (二标段)清淤."""
    closed = [i for i, w in enumerate(words[:-1]) if w.text in "）)" and not any(v.text in "（(" for v in words[1:i])]
    rest = words[closed[-1] + 1 :] if closed else words
    return rest if _wordy(_text(rest)) else words


def _before_compared(words: list[Word]) -> list[Word]:
    """Return the words before 比, 较: what stands after is what the figure is compared with."""
    cut = next((i for i in range(len(words) - 1, -1, -1) if words[i].kind == "compare"), None)
    return words if cut is None else words[:cut]


def _text(words: list[Word]) -> str:
    return "".join(w.text for w in words)


def _wordy(word: str) -> bool:
    return word.isalnum() or any(c.isalnum() for c in word)


def _after_last(words: list[Word], kinds: frozenset[str]) -> list[Word]:
    """Return the words after the last one of these kinds."""
    for i in range(len(words) - 1, -1, -1):
        if words[i].kind in kinds:
            return words[i + 1 :]
    return words
