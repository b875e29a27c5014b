"""Readers that stand in for the engine: quick, and able to misbehave where a text says so. Workers import them."""

from __future__ import annotations

import os
import re
import resource
import signal
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from zhengwen.records import Article, Figure, Record
from zhengwen.running.worker import Setup
from zhengwen.stages import Page

Reader = Callable[[Page], list[Record]]
NUMBER = re.compile(r"(\d+)家")
ENDLESS = re.compile(r"(?:毒+)+药")


def counting(setup: Setup) -> Reader:
    """One figure for each N家; the words 毒, 亡, 慢, 错 make it hang, die, dawdle or fail."""
    return read


def read(page: Page) -> list[Record]:
    if "毒" in page.text:
        ENDLESS.search("毒" * 60)
    if "亡" in page.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "慢" in page.text:
        time.sleep(0.02)
    if "错" in page.text:
        raise LookupError("no such thing")
    name = "z" + sha256(page.text.encode()).hexdigest()[:12]
    article = Article(source=page.source, article_id=f"{name}-1", article=1, title=page.meta.title, date=page.meta.date)
    figures = [
        Figure(
            source=page.source,
            figure_id=f"{name}-1-{m.start()}",
            article_id=f"{name}-1",
            start=m.start(),
            end=m.end(),
            text=m.group(),
            value=int(m[1]),
            unit="家",
            kind="count",
        )
        for m in NUMBER.finditer(page.text)
    ]
    return [article, *figures]


def dying_once(setup: Setup) -> Reader:
    """As `counting`, but the first time that it meets 亡 it dies, and never again."""
    mark = Path(os.environ["DIED_ONCE"])

    def once(page: Page) -> list[Record]:
        if "亡" in page.text and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return read(Page(page.source, page.text.replace("亡", " "), page.meta, page.encoding, page.sha256))

    return once


def cramped(setup: Setup) -> Reader:
    """As `counting`, in a process whose files may not grow beyond 1,000 bytes while a mark is there: a full disk."""
    if Path(os.environ["CRAMPED"]).exists():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
    return read


def stillborn(setup: Setup) -> Reader:
    """A process that dies before it can begin."""
    os.kill(os.getpid(), signal.SIGKILL)
    return read
