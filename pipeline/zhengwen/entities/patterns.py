"""Names that whole patterns find: documents in 《》, sections of roads, numbered bureaus, names in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengwen.entities.found import Found
from zhengwen.entities.lexis import Lexis
from zhengwen.entities.words import Words, is_han
from zhengwen.rules import Rule, Rules
from zhengwen.sieve import Sieve

__all__ = ["PatternFinder"]

TRIMMED = frozenset({"p", "c", "uj", "u", "r", "ul", "b"})
ENDS = frozenset({"至", "路", "大道", "大街", "街", "道", "环", "线", "高速"})
"""What must have something before it to be the name of a section or of works on a road."""
VERBS = frozenset({"v", "d", "p", "vd", "ad"})
CUES = {
    "names.document": "《",
    "names.coded_section": "段|工程|项目 G|S|X|Y|道",
    "names.law": "法|条例",
    "names.item_works": "工程|项目 .|．|、|)|）",
    "names.borne": "的 工程|项目",
    "names.estate_part": "新村|花园|家园|佳苑|公寓 区",
    "names.route": "至 铁路|高铁|专线|轨道交通",
    "names.paper": "《",
    "names.section": "段 至",
    "names.line_section": "段 线|铁|公路|高速|快速路",
    "names.between": "至 公路|高速",
    "names.between_works": "至 工程|项目",
    "names.congress": "届人民代表大会常务委员会",
    "names.bureau": "局",
    "names.ethnic_township": "族 乡|镇|县",
    "names.national_plan": "规划|计划|纲要 国",
    "names.channel": "第 学|医院|幼儿园|师范|频道|法院",
    "names.company_brackets": "公司|集团 （|(",
    "names.quoted": "” 项目|工程|园|基地",
    "names.road_works": "国道|省道|县道 工程|项目",
    "names.capacity_project": "年产",
    "names.account": "源",
    "names.medium": "网|在线|融媒|客户端",
    "names.crossing": "跨 桥",
    "names.link": "至 工程|项目",
    "names.between_rail": "至 铁|客运专线",
    "names.site_brackets": "）|) 园|城|基地|孵化器|综合体",
    "names.extent": "）|) 路|道|街|环|高速|线 —|~|～|至|－|- 工程|项目",
    "names.voltage": "千伏",
    "names.metro": "号线",
    "names.carrier": "中国 公司",
    "names.grid": "国网",
    "names.numbered": "水厂|污水处理厂|净水厂|热电厂",
    "names.numbered_seat": "水厂|污水处理厂|净水厂|热电厂 第|一|二|三|四|五|六",
    "names.phase_listed": "二期|三期|四期|五期 、|，|；|等",
    "names.river_bridge": "江|河 大桥",
    "names.level_works": "迁建|新建|改扩建|扩建|搬迁|改造 项目|工程",
    "names.year_works": "年 工程|项目",
    "names.numbered_school": "第 学|院|幼儿园",
    "names.medium_seat": "网 频道|站",
    "names.numbered_road": "国道|省道|县道|乡道",
    "names.school_number": "中学|小学|学校|幼儿园|中|小|初|高|幼 一|二|三|四|五|六|七|八|九|十|学校|小学|中学",
    "names.river": "干流|流域|支流|游|两岸|沿岸|沿线|灌区|大桥|水系",
    "names.office": "科|处",
    "names.line_phase": "号线",
    "names.phase": "一期|二期|三期|四期|五期",
    "names.diversion": "引 济|补|入|调",
    "names.rail_bureau": "中国铁路",
    "names.armed_police": "武警",
    "names.output": "项目|工程|技改|生产线|基地|电站 吨|瓦|W|方|台|套|头|只|羽|亩|公里|片|辆|件|支",
    "names.invested": "投资 元的",
    "names.road_part": "段 路|街|大道|道|环|G|S|X",
    "names.rail_station": "站",
    "names.place_trade": "承建|承揽|施工|参建|中标|建设|代表|龙头|等|负责人|董事长|总经理|党委|职工|股份|集团|公司",
    "names.school_bare": "中 一|二|三|四|五|六|七|八|九|十",
    "names.press": "报",
    "names.party": "民革|民盟|民建|民进|农工党|致公党|九三学社|台盟 委|支",
    "names.grid_road": "路 经|纬|横|纵|环",
    "names.named_line": "国道|省道|县道 线",
    "names.numbered_works": "号 桥|隧道|斜井",
    "names.on_road": "路|高速|高铁|国道 隧道|桥",
    "names.home_number": "弄|号 小区|园|公寓|苑|新村",
    "names.phase_works": "一期|二期|三期|四期|五期",
    "names.quoted_body": "” 团|队|工作室|协会|调解室",
    "names.road_beside": "路|大道|街|巷 以|号|弄|交|侧|巷",
}
"""What a rule's match must hold: all of these, each one of several; the pattern is only tried where they stand."""


def _cues(rule: str) -> list[frozenset[str]]:
    """Return what a text must hold for a rule to be tried: of each set one."""
    return [frozenset(cue.split("|")) for cue in CUES.get(rule, "").split()]


class PatternFinder:
    """Runs the rules of `entities/names`, each only on paragraphs that hold its cue."""

    def __init__(self, rules: Rules, lexis: Lexis) -> None:
        self.hard = lexis.hard - {"至"}
        self.lead = lexis.lead
        self.known = lexis.known
        self.ordinary = lexis.ordinary | lexis.frequent
        self.rules = Sieve((rule, _cues(rule.id)) for rule in rules.of("entities/names"))

    def find(self, words: Words) -> Iterator[Found]:
        """Yield every name that a pattern finds in a paragraph."""
        for rule in self.rules.of(words.text):
            yield from self._matches(words, rule)

    def _matches(self, words: Words, rule: Rule) -> Iterator[Found]:
        for match in rule.sought.finditer(words.text):
            start, end = match.span("name")
            if rule.yields.get("whole") and start not in words.starting:
                start = words.starts[words.word_over(start) + 1]
            if rule.yields.get("trim"):
                start = self._trim(words, start, match.start("fix"), lead=bool(rule.yields.get("lead")))
                bare = rule.yields.get("led") or match["fix"] in ENDS
                least = 2 if rule.yields.get("led") else 1
                if match.start("name") < match.start("fix") < start + least and bare:
                    continue
            if not self._allowed(words, rule, match.group("name"), match):
                continue
            if rule.yields.get("level") and not self._level(words, start, end):
                continue
            if start < end - 1 and words.text[start] not in "（(":
                yield Found(start, end, str(rule.yields["type"]), rule.id, shape="pattern")

    def _allowed(self, words: Words, rule: Rule, name: str, match: re.Match[str]) -> bool:
        """Tell whether a match is what its rule asks for: led by a known place, or no common noun."""
        cut = (
            match.start("fix") - match.start("name") if "fix" in match.re.groupindex and match["fix"] is not None else 0
        )
        if rule.yields.get("noun"):
            return self._noun(words, *match.span("name"))
        if rule.yields.get("place"):
            return name[:cut] in self.known and self.known[name[:cut]].type == "place"
        if rule.yields.get("numbered"):
            return not cut or name[:cut] in self.known
        return not rule.yields.get("plain") or name not in self.ordinary

    def _noun(self, words: Words, start: int, end: int) -> bool:
        """Tell whether a name begins with no verb, and holds neither a pronoun nor an adverb."""
        first = words.word_over(start)
        span = range(first, words.last(end) + 1)
        pointing = any(words.tags[i] in {"r", "d"} for i in span)
        return words.tags[first] not in VERBS and words.forms[first] not in self.hard and not pointing

    def _level(self, words: Words, start: int, end: int) -> bool:
        """Tell whether a name begins with a level word that is a word by itself, and holds no grammar."""
        first = words.starting.get(start)
        if first is None or words.starts[first + 1] != start + 1 or end not in words.starting:
            return False
        last = words.last(end)
        inner = (i for i in range(first + 1, last + 1) if words.forms[i] != "和" or words.text[end - 1] != "局")
        hard = (i for i in inner if words.forms[i] in self.hard or words.tags[i] in TRIMMED)
        return all(i == last - 1 and i > first + 1 and words.forms[last] == "中心" for i in hard)

    def _first(self, words: Words, word: int, start: int) -> bool:
        """Tell whether a match begins with this word, first in its clause; then a verb is a name (汇聚（白石）园)."""
        at = words.starts[word]
        return at == start and not (at and is_han(words.text[at - 1]))

    def _trim(self, words: Words, start: int, stop: int, *, lead: bool) -> int:
        """Return where the name begins: behind the last word of grammar before `stop`."""
        at = start
        for word in range(words.word_over(start), len(words.forms)):
            if words.starts[word + 1] > stop:
                break
            form, tag = words.forms[word], words.tags[word]
            verb = len(form) > 1 and (tag in {"v", "d"} or form[-1] == "期")
            verb = verb and not (words.text[stop] in "（(" and self._first(words, word, start))
            if (
                form in self.hard
                or verb
                or (lead and form in self.lead and words.starts[word + 1] < stop)
                or (tag in TRIMMED and len(form) > 1)
                or (tag == "m" and form[-1] == "元")
                or (not is_han(form[0]) and not form[0].isalnum())
            ):
                at = words.starts[word + 1]
        return at
