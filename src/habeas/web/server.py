"""The same pages live, and every question as JSON: a read-only server over Starlette.

It never appends, sets no cookie, and keeps nothing of who asks. Pages belong to one position of the
log: when the log grows, or what may be told changes, the next request makes a new edition, whole,
so that no answer mixes two. All asking happens in the one thread that the database is open in.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from habeas.case import Case, explaining, numbers
from habeas.errors import HabeasError, UnknownName
from habeas.web import data, site
from habeas.web.edition import Edition
from habeas.web.openapi import QUESTIONS, description
from habeas.web.pages import Pages

HOSTS: Final = ("localhost", "127.0.0.1", "[::1]")
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
TYPES: Final = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
}
_TIMES: Final = ("as_of", "on", "at_log")


class Live:
    """A case as its log stands now: an edition, and what was made of it."""

    def __init__(self, open_case: Callable[[], Case]) -> None:
        self._open = open_case
        self.case: Case
        self._told: object = None
        self._position = -1
        self._edition: Edition
        self._pages: Pages
        self._made: dict[str, bytes | None] = {}

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        """Hold the case open while the server runs, in its thread."""
        with self._open() as self.case:
            yield

    def tag(self) -> str:
        """Return what names the state of the log, as an ETag; a new edition is begun if needed."""
        store = self.case.store
        position = store.head().position
        if (store is not self._told) or position != self._position:
            self._made.clear()
            self._edition = Edition(self.case)
            self._pages = Pages(self._edition)
            self._told, self._position = store, position
        withheld = len(store.withheld())
        return f'"{position}-{withheld}-{self._edition.root[:16]}"'

    def file(self, address: str) -> bytes | None:
        """Return a page or a file as it stands now; None where there is none."""
        if address not in self._made:
            self._made[address] = self._make(address)
        return self._made[address]

    def _make(self, address: str) -> bytes | None:
        if address.removeprefix("assets/") in site.ASSETS:
            return site.asset(address.removeprefix("assets/"))
        if address == "data/intervals.js":
            return data.packed(self._edition) if self._pages.moves else None
        for one in self._pages.positions:
            if address == f"data/intervals-{one['position']}.js":
                return site.older(self._edition, one["position"])
        made = data.data_file(self._edition, address) or self._pages.page(address)
        return None if made is None else made.encode()


class BadRequest(HabeasError):
    """A request that asks with words we do not know."""


def answer(case: Case, name: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return the answer of a question as the command line gives it. Raises HabeasError."""
    unknown = [key for key in asked if key not in QUESTIONS[name]]
    if unknown:
        message = f"'{name}' is not asked with '{unknown[0]}'"
        raise BadRequest(message, hint=f"parameters: {', '.join(QUESTIONS[name])}")
    if name == "changes":
        if not {"from", "to"} <= asked.keys():
            raise BadRequest("from when to when?", hint="?from=2026-01-08&to=2026-01-09")
        return case.changes(asked["from"], asked["to"]).data
    question = case.question(**{key: asked.get(key) for key in _TIMES})
    if name == "status":
        return case.status(asked.get("person"), **{key: asked.get(key) for key in _TIMES}).data
    if name == "timeline":
        return explaining.timeline(case, question, asked.get("person")).data
    if name == "explain":
        if "person" not in asked:
            raise BadRequest("of whom?", hint="?person=perkins-rocha")
        return explaining.explain(case, question, asked["person"]).data
    return numbers.view(case, question, name).data


def app(open_case: Callable[[], Case], *, hosts: tuple[str, ...] = HOSTS) -> Starlette:
    """Return the server of a case as an application; it answers only to `hosts`."""
    live = Live(open_case)

    async def page(request: Request) -> Response:
        try:
            with live.case.whole.reading():
                return shown(request)
        except HabeasError as error:
            return _fault(error, 503)

    def shown(request: Request) -> Response:
        tag = live.tag()
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        address = request.path_params["address"] or "index.html"
        content = live.file(f"{address}index.html" if address.endswith("/") else address)
        if content is None:
            return Response("There is no such page.\n", 404, media_type="text/plain")
        kind = TYPES.get(address.rpartition(".")[2], TYPES["html"])
        return Response(content, headers={"ETag": tag}, media_type=kind)

    async def question(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in QUESTIONS:
            return Response("There is no such question.\n", 404, media_type="text/plain")
        try:
            with live.case.whole.reading():
                told = answer(live.case, name, dict(request.query_params))
        except HabeasError as error:
            return _fault(error, 404 if isinstance(error, UnknownName) else 400)
        text = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
        basis = told["to"] if name == "changes" else told["basis"]
        tag = f'"{basis["log_position"]}-{basis["withheld"]}-{basis["log_root"][:16]}"'
        return Response(text, headers={"ETag": tag}, media_type=TYPES["json"])

    async def described(_request: Request) -> Response:
        return Response(json.dumps(description(), indent=1), media_type=TYPES["json"])

    return Starlette(
        routes=[
            Route("/api/openapi.json", described),
            Route("/api/{name}", question),
            Route("/{address:path}", page),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=[*hosts], www_redirect=False),
            Middleware(Guarded),
        ],
        lifespan=live.lifespan,
    )


class Guarded:
    """Puts the headers on every answer that keep a browser to what this server gives."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, guarded)


def _fault(error: HabeasError, code: int) -> Response:
    told = {"error": error.message, "hint": error.hint}
    text = json.dumps(told, ensure_ascii=False) + "\n"
    return Response(text, code, media_type=TYPES["json"])


def serve(open_case: Callable[[], Case], *, host: str, port: int) -> None:
    """Serve a case until it is stopped."""
    hosts = (*HOSTS, host)
    uvicorn.run(app(open_case, hosts=hosts), host=host, port=port, log_level="warning")
