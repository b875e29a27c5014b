"""Runs the review page: a socket of our own, one line that says where, and an end that leaves nothing behind."""

from __future__ import annotations

import secrets
import socket
import sys
import tempfile
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from zhengwen.engine import Engine
from zhengwen.errors import BadInput
from zhengwen.review.shelf import Shelf
from zhengwen.review.web.guard import App as Asgi
from zhengwen.review.web.guard import Door, Guard, is_loopback
from zhengwen.rules import load
from zhengwen.tables.labels import Labels

__all__ = ["Serving", "application", "serve"]

_HOW = "the review page needs fastapi and uvicorn: pip install 'zhengwen[serve]'"


@dataclass(frozen=True, slots=True)
class Serving:
    """What the user asked for: `run` None is the page that reads texts, into `out` or a folder that goes at the end."""

    run: Path | None = None
    out: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8765
    names: tuple[str, ...] = ()
    token: bool = False
    """Ask for a token even on this machine's own address; elsewhere it is always asked for."""
    lang: str = "en"
    rules: Path | None = None
    browser: bool = False


def serve(asked: Serving) -> None:
    """Serve until the user stops it. Raises `BadInput` for what cannot be served: no run, a port that is taken …"""
    try:
        import fastapi  # noqa: F401 - said here in one line, instead of a traceback below
        import uvicorn
    except ImportError:
        raise BadInput(_HOW, code="missing", where="zhengwen serve") from None
    Labels(load(asked.rules), asked.lang)
    with ExitStack() as left:
        listening = left.enter_context(_listen(asked.host, asked.port))
        port = int(listening.getsockname()[1])
        token = secrets.token_urlsafe(24) if asked.token or not is_loopback(asked.host) else ""
        folder = asked.out
        if asked.run is None and folder is None:
            folder = Path(left.enter_context(tempfile.TemporaryDirectory(prefix="zhengwen-")))
        app = application(asked, folder, Door(asked.host, port, (*asked.names, socket.gethostname()), token))
        print(_greeting(asked, folder, port, token), file=sys.stderr, flush=True)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, lifespan="off", server_header=False, timeout_graceful_shutdown=2
        )
        if asked.browser:
            import webbrowser

            threading.Timer(0.5, webbrowser.open, [_address(asked.host, port, token)]).start()
        uvicorn.Server(config).run(sockets=[listening])


def application(asked: Serving, folder: Path | None, door: Door) -> Asgi:
    """Return the guarded application; the engine is built in the background, so that the first text does not wait."""
    from zhengwen.review.web.app import App, make

    rules = load(asked.rules)
    engine = lru_cache(maxsize=1)(lambda: _engine(asked.rules))
    shelf = Shelf(folder if asked.run is None else None, rules, engine, asked.run)
    threading.Thread(target=engine, daemon=True).start()
    return Guard(make(App(shelf, rules, engine, asked.lang, asked.rules)), door)


def _engine(rules: Path | None) -> Engine:
    from zhengwen.extraction import engine
    from zhengwen.reading import page_of

    ready = engine(rules)
    ready.read(page_of("2021年，税收3亿元。"))  # what is built when first needed is built now
    return ready


def _listen(host: str, port: int) -> socket.socket:
    """Return a listening socket. `BadInput` when the address is none, or the port is taken."""
    try:
        kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(kind, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(128)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise BadInput(f"cannot listen there: {why} (--port, --host)", code="usage", where=f"{host}:{port}") from None
    return listening


def _address(host: str, port: int, token: str) -> str:
    name = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(host, host)
    name = f"[{name}]" if ":" in name else name
    return f"http://{name}:{port}/{f'?token={token}' if token else ''}"


def _greeting(asked: Serving, folder: Path | None, port: int, token: str) -> str:
    what = f"review of {asked.run}" if asked.run else f"texts are read into {folder}"
    gone = "" if asked.run or asked.out else ", which goes when this ends (-o DIR keeps it)"
    return f"{what}{gone}\n{_address(asked.host, port, token)}  (Ctrl-C ends it)"
