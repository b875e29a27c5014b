"""Who may ask: this machine's own pages and nobody else's, or whoever has the token; and what browsers are told.

Against pages of other sites in the reviewer's browser: a request that changes something must say that it comes from our
own page (`Origin`), a name that leads here but is not ours is refused (`Host`: DNS rebinding), and no page may frame
ours. Against other machines: the loopback address alone, or a token.
"""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, quote

__all__ = ["COOKIE", "HEADERS", "Door", "Guard", "is_loopback"]

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

COOKIE = "zhengwen"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
        "trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
_MOST = 1024 * 1024
_SAFE = ("GET", "HEAD")
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def is_loopback(host: str) -> bool:
    """Tell whether an address is this machine's own, that no other machine reaches."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, slots=True)
class Door:
    """Where the server listens: `host` as it was asked for, `port`, further names, and the token (empty: none)."""

    host: str
    port: int
    names: tuple[str, ...] = ()
    token: str = ""
    most: int = 64 * 1024 * 1024
    """The largest upload, in bytes."""

    def knows(self, host: str) -> bool:
        """Tell whether a `Host` header names this server: no name but our own, so that nobody's DNS leads here."""
        name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "80")
        name, port = (name, port) if name else (port, "80")
        if port != str(self.port):
            return False
        if is_loopback(self.host):
            return name in _LOOPBACK
        return name in (*_LOOPBACK, self.host, *self.names) or _is_address(name)


class Guard:
    """Lets requests through to `app`, or answers them itself: 400, 401, 403, 413."""

    def __init__(self, app: App, door: Door) -> None:
        self._app, self._door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
        refused = self._refused(scope, headers)
        if refused is not None:
            await _answer(_with_headers(send), *refused)
        elif self._gives_token(scope):
            await _let_in(_with_headers(send), scope["path"], self._door.token)
        else:
            await self._app(scope, self._limited(receive, self._most(scope)), _with_headers(send))

    def _refused(self, scope: Scope, headers: Mapping[str, str]) -> tuple[int, str] | None:
        """Return why a request is refused, None when it is not."""
        host = headers.get("host", "")
        if not self._door.knows(host):
            return 400, "this server does not go by that name"
        if scope["method"] not in _SAFE and not _own(headers, host):
            return 403, "only the page itself may change anything (Origin)"
        if headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate":
            return 403, "nothing for other sites"
        if not self._has_token(headers) and not self._gives_token(scope):
            return 401, "a token is needed: open the address that the program printed"
        length, most = headers.get("content-length", "0"), self._most(scope)
        if not length.isdigit() or int(length) > most:
            return 413, f"too large: at most {most // (1024 * 1024)} MB"
        return None

    def _most(self, scope: Scope) -> int:
        """Return how many bytes a request may bring: files are large, decisions are not."""
        return self._door.most if "/inputs/" in scope["path"] else _MOST

    def _has_token(self, headers: Mapping[str, str]) -> bool:
        if not self._door.token:
            return True
        try:
            kept = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return kept is not None and _same(kept.value, self._door.token)

    def _gives_token(self, scope: Scope) -> bool:
        """Tell whether a page is opened with the token in its address; the address is then left for one without it."""
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        return bool(self._door.token) and scope["method"] == "GET" and _same(given, self._door.token)

    def _limited(self, receive: Receive, most: int) -> Receive:
        """Count what comes in: a body without a length may not be endless either."""
        seen = 0

        async def limited() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            return {"type": "http.disconnect"} if seen > most else message

        return limited


def _own(headers: Mapping[str, str], host: str) -> bool:
    """Tell whether a request comes from our own page; browsers always say so, and other programs can."""
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site") == "same-origin"
    return origin in (f"http://{host}", f"https://{host}")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _same(given: str, token: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "replace"), token.encode())


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            ours = {k.lower().encode(): v.encode() for k, v in HEADERS.items()}
            kept = [(k, v) for k, v in message.get("headers", ()) if k.lower() not in ours and k.lower() != b"server"]
            message = {**message, "headers": [*kept, *ours.items()]}
        await send(message)

    return sending


async def _answer(send: Send, status: int, words: str, more: tuple[tuple[bytes, bytes], ...] = ()) -> None:
    body = f"{words}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode()), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _let_in(send: Send, path: str, token: str) -> None:
    """Keep the token in a cookie that no script reads and no other site sends, and lead to the page without it."""
    cookie = f"{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict".encode()
    where = f"/{quote(path.strip('/'))}".encode()
    await _answer(send, 303, "come in", ((b"location", where), (b"set-cookie", cookie)))
