"""The addresses of the review page: each asks the bench or the shelf and answers in JSON; nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, Field, StringConstraints
from starlette.requests import ClientDisconnect

from zhengwen import __version__
from zhengwen.engine import Engine
from zhengwen.errors import BadInput, ZhengwenError
from zhengwen.records import Record
from zhengwen.review.bench import Saying
from zhengwen.review.cards import Cards
from zhengwen.review.handing import HANDED, hand
from zhengwen.review.queue import Asked
from zhengwen.review.shelf import Shelf
from zhengwen.rules import Rules
from zhengwen.stages import Page
from zhengwen.tables.labels import LANGUAGES, Labels

__all__ = ["App", "make"]

_STATUS = {"missing": 404, "no_run": 404, "changed": 409, "taken": 409, "large": 413}
_FILES = {
    "review.html": "text/html; charset=utf-8",
    "read.html": "text/html; charset=utf-8",
    "common.js": "text/javascript; charset=utf-8",
    "review.js": "text/javascript; charset=utf-8",
    "text.js": "text/javascript; charset=utf-8",
    "read.js": "text/javascript; charset=utf-8",
    "page.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
"""Everything a browser loads; there is no other file to be asked for."""

_HEADS = ("subject", "indicator", "period", "value", "measure", "base_of")

Lang = Literal["en", "zh"]
Slot = Literal["value", "unit", "measure", "indicator", "subject", "period", "base", "of", "status", "approx"]
Typed = Annotated[str, StringConstraints(max_length=500)]
Name = Annotated[str, StringConstraints(max_length=200)]


class SayingIn(BaseModel):
    """What a reviewer says of a figure now, whole."""

    who: Name
    verb: Literal["accept", "fix", "reject", "note", "undo"]
    fixes: dict[Slot, Typed] = Field(default_factory=dict)
    note: Annotated[str, StringConstraints(max_length=2000)] = ""
    row: Name = ""


class WhoIn(BaseModel):
    """Who asks."""

    who: Name


class TogetherIn(WhoIn):
    """Figures to be accepted, or corrected in one slot, each with the print of the row that was shown."""

    rows: Annotated[dict[Name, Name], Field(max_length=100)]
    slot: Slot | None = None
    typed: Typed = ""


class MarkedIn(BaseModel):
    """A piece of a page's text that was marked."""

    source: Annotated[str, StringConstraints(max_length=5000)]
    start: int
    end: int


class AddIn(MarkedIn):
    """A figure to be added there."""

    who: Name
    slots: dict[Slot, Typed] = Field(default_factory=dict)


class ReadIn(BaseModel):
    """What is known of the texts to be read."""

    date: Name = ""
    title: Name = ""
    source_name: Name = ""
    place: Name = ""


class App:
    """The application over a shelf; `folder` holds the user's own rules, `lang` is what the page opens in."""

    def __init__(
        self, shelf: Shelf, rules: Rules, engine: Callable[[], Engine], lang: str = "en", folder: Path | None = None
    ) -> None:
        self._shelf, self._rules, self._folder, self._lang, self._engine = shelf, rules, folder, lang, engine
        self._cards = lru_cache(maxsize=32)(self._made_cards)

    def _made_cards(self, run_id: str, lang: str) -> Cards:
        return Cards(self._shelf.bench(run_id), self._rules, lang)

    # pages

    def start(self) -> Response:
        """Lead to the run, or show where texts are pasted."""
        return RedirectResponse("/runs/run", 303) if self._shelf.run is not None else self.file("read.html")

    def page(self, run_id: str) -> Response:
        """Show a run."""
        self._shelf.bench(run_id)
        return self.file("review.html")

    def file(self, name: str) -> Response:
        """Return one of the page's own files."""
        if name not in _FILES:
            raise BadInput("no such file", code="missing", where=name[:40])
        data = files("zhengwen.review.web").joinpath("page", name).read_bytes()
        return Response(data, media_type=_FILES[name])

    def words(self, lang: Lang | None = None) -> dict[str, Any]:
        """Return all that the page says, in one language."""
        labels = Labels(self._rules, lang or self._lang)
        return {
            "lang": labels.lang,
            "langs": list(LANGUAGES),
            "version": __version__,
            "can_read": self._shelf.run is None,
            **labels.topic("page"),
            "state": labels.topic("state"),
            "verb": labels.topic("review"),
            "heads": {c: labels.column(c) for c in _HEADS},
        }

    # what there is to see

    def about(self, run_id: str, lang: Lang = "en") -> dict[str, Any]:
        """Return what a run is, and its articles."""
        bench, labels = self._shelf.bench(run_id), Labels(self._rules, lang)
        articles = [
            {
                "id": a.article_id,
                "title": a.title or labels.word("article_n", a.article),
                "date": a.date or "",
                "count": n,
                "source": a.source,
            }
            for a, n in bench.articles()
        ]
        return {"run": bench.run.name, "articles": articles[:2000], "beyond": max(0, len(articles) - 2000)}

    def rows(  # noqa: PLR0913, PLR0917 - one argument for each thing that can be asked for
        self,
        run_id: str,
        who: str = "",
        show: Literal["open", "all", "mine", "disputed", "again", "rejected", "added"] = "open",
        order: Literal["doubt", "text"] = "doubt",
        article: str = "",
        words: Annotated[str, Query(max_length=200)] = "",
        incidental: bool = False,
        offset: Annotated[int, Query(ge=0)] = 0,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
        lang: Lang = "en",
    ) -> dict[str, Any]:
        """Return the list that a reviewer asks for."""
        asked = Asked(who, show, order, article, words, incidental, offset, limit)
        count, found = self._shelf.bench(run_id).rows(asked)
        cards = self._cards(run_id, lang)
        return {
            "count": count,
            "rows": [cards.row(s) for s in found],
            "progress": self._shelf.bench(run_id).progress(who, incidental=incidental),
        }

    def figure(self, run_id: str, figure_id: str, who: str = "", lang: Lang = "en") -> dict[str, Any]:
        """Return a figure's card."""
        return self._cards(run_id, lang).card(self._shelf.bench(run_id).seen(figure_id, who), who)

    def text(self, run_id: str, source: str, at: int) -> dict[str, Any]:
        """Return the text around a position."""
        return self._shelf.bench(run_id).text(source, at)

    def news(
        self, run_id: str, after: int, who: str = "", incidental: bool = False, lang: Lang = "en"
    ) -> dict[str, Any]:
        """Return what was decided since, by anybody."""
        bench, cards = self._shelf.bench(run_id), self._cards(run_id, lang)
        number, heard = bench.news(after)
        rows = [cards.row(s) for s in heard[:500]]
        return {"number": number, "rows": rows, "progress": bench.progress(who, incidental=incidental)}

    # what is decided

    def say(self, run_id: str, figure_id: str, said: SayingIn, lang: Lang = "en") -> dict[str, Any]:
        """Write what a reviewer says; the answer is sent when it is on disk."""
        bench = self._shelf.bench(run_id)
        bench.say(figure_id, said.who, Saying(said.verb, _typed(said.fixes), said.note, said.row))
        return self._decided(run_id, figure_id, said.who, lang)

    def together(self, run_id: str, said: TogetherIn, lang: Lang = "en") -> dict[str, Any]:
        """Accept several figures at once, or correct a slot in all of them."""
        bench = self._shelf.bench(run_id)
        if said.slot is None:
            bench.accept_together(said.who, said.rows)
        else:
            bench.correct_together(said.who, said.rows, said.slot, said.typed)
        return self._decided(run_id, next(iter(said.rows), ""), said.who, lang, list(said.rows))

    def undo(self, run_id: str, said: WhoIn, lang: Lang = "en") -> dict[str, Any]:
        """Take back a reviewer's last decision."""
        undone = self._shelf.bench(run_id).undo(said.who)
        return {"undone": undone} | self._decided(run_id, next(iter(undone), ""), said.who, lang, undone)

    def draft(self, run_id: str, marked: MarkedIn, lang: Lang = "en") -> dict[str, Any]:
        """Read what was marked in the text."""
        draft = self._shelf.bench(run_id).draft(marked.source, marked.start, marked.end, self._read)
        return self._cards(run_id, lang).draft(draft)

    def add(self, run_id: str, said: AddIn, lang: Lang = "en") -> dict[str, Any]:
        """Add a figure that was missed."""
        bench = self._shelf.bench(run_id)
        draft = bench.draft(said.source, said.start, said.end, self._read)
        return self._decided(run_id, bench.add(said.who, draft, _typed(said.slots)), said.who, lang)

    def export(self, run_id: str, name: str, lang: Lang = "en") -> Response:
        """Return the run as a workbook, as gold, or for Label Studio."""
        data = hand(self._shelf.bench(run_id).run, name, lang, self._folder)
        return Response(
            data, media_type=HANDED[name], headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )

    # texts to be read

    def new(self) -> dict[str, str]:
        """Begin a run."""
        return {"id": self._shelf.new()}

    async def receive(self, run_id: str, name: str, request: Request) -> Response:
        """Take a file into a run that was begun."""
        path = self._shelf.receive(run_id, name)
        try:
            with path.open("wb") as file:
                async for piece in request.stream():
                    file.write(piece)
        except ClientDisconnect:
            path.unlink(missing_ok=True)
            return _refusal(BadInput("the file did not come whole, or is too large", code="large", where=name[:80]))
        return JSONResponse({"bytes": path.stat().st_size})

    def read(self, run_id: str, known: ReadIn) -> dict[str, Any]:
        """Read what was sent."""
        made = self._shelf.read(run_id, known.model_dump())
        return {
            "figures": made.figures,
            "characters": made.characters,
            "seconds": made.seconds,
            "failed": list(made.failed),
        }

    def drop(self, run_id: str) -> dict[str, bool]:
        """Remove a run that was made here."""
        self._shelf.drop(run_id)
        self._cards.cache_clear()
        return {"removed": True}

    def _decided(self, run_id: str, figure_id: str, who: str, lang: str, all_: Sequence[str] = ()) -> dict[str, Any]:
        """Return the card of a figure that was decided on (none of one that is no more), and the rows of them all."""
        bench, cards = self._shelf.bench(run_id), self._cards(run_id, lang)
        here = [bench.seen(i) for i in all_ if bench.has(i)]
        card = cards.card(bench.seen(figure_id, who), who) if bench.has(figure_id) else None
        rows = [cards.row(s) for s in here]
        return {"id": figure_id, "card": card, "rows": rows, "progress": bench.progress(who)}

    def _read(self, page: Page) -> Sequence[Record]:
        return self._engine().read(page)


def _typed(slots: dict[Slot, Typed]) -> dict[str, str]:
    return {str(slot): said for slot, said in slots.items()}


def make(app: App) -> FastAPI:
    """Return the web application with its addresses."""
    web = FastAPI(title="zhengwen", docs_url=None, redoc_url=None, openapi_url=None)
    run = "/api/runs/{run_id}"
    for path, method, answer in (
        ("/", "GET", app.start),
        ("/runs/{run_id}", "GET", app.page),
        ("/static/{name}", "GET", app.file),
        ("/api/words", "GET", app.words),
        ("/api/runs", "POST", app.new),
        (run, "GET", app.about),
        (run, "DELETE", app.drop),
        (f"{run}/rows", "GET", app.rows),
        (f"{run}/text", "GET", app.text),
        (f"{run}/news", "GET", app.news),
        (f"{run}/figures", "POST", app.add),
        (f"{run}/figures/{{figure_id}}", "GET", app.figure),
        (f"{run}/figures/{{figure_id}}", "PUT", app.say),
        (f"{run}/together", "POST", app.together),
        (f"{run}/undo", "POST", app.undo),
        (f"{run}/draft", "POST", app.draft),
        (f"{run}/export/{{name}}", "GET", app.export),
        (f"{run}/inputs/{{name}}", "PUT", app.receive),
        (f"{run}/read", "POST", app.read),
    ):
        web.add_api_route(path, answer, methods=[method], response_model=None)
    web.add_exception_handler(ZhengwenError, _failed)
    return web


def _failed(_request: Request, error: Exception) -> Response:
    assert isinstance(error, ZhengwenError)
    return _refusal(error)


def _refusal(error: ZhengwenError) -> Response:
    said = {"error": " ".join(error.line().split()), "code": error.code, "where": error.where}
    return JSONResponse(said, _STATUS.get(error.code, 400))
