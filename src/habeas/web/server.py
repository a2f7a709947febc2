"""The same pages live, and every question as JSON: a read-only server over Starlette.

It never appends, sets no cookie, and keeps nothing of who asks. Pages are those of `editions`; what
is slow is made beside the server, which itself only gives out.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from habeas.case import Case
from habeas.errors import HabeasError
from habeas.web.editions import Editions
from habeas.web.maker import Made, Mark
from habeas.web.openapi import description, listing
from habeas.web.questions import QUESTIONS

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


class Doors:
    """What is answered at each address."""

    def __init__(self, editions: Editions) -> None:
        self._editions = editions

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        """Hold the case open while the server runs."""
        self._editions.begin()
        try:
            yield
        finally:
            self._editions.end()

    async def page(self, request: Request) -> Response:
        """Give out a page or a file."""
        address = request.path_params["address"] or "index.html"
        address = f"{address}index.html" if address.endswith("/") else address
        try:
            if _has(request, self._editions.mark.tag):
                return _unchanged(self._editions.mark.tag)
            made = await self._editions.page(address)
        except HabeasError as error:
            return _fault(error)
        kind = TYPES.get(address.rpartition(".")[2], TYPES["html"])
        return _given(request, made, made.mark.tag, kind)

    async def question(self, request: Request) -> Response:
        """Answer a question."""
        name, asked = request.path_params["name"], tuple(request.query_params.multi_items())
        if name not in QUESTIONS:
            return Response(
                "There is no such question.\n", HTTPStatus.NOT_FOUND, media_type="text/plain"
            )
        try:
            # What names no day is about today, so that an answer may be another tomorrow.
            today = self._editions.today
            if _has(request, _of_day(self._editions.mark, today)):
                return _unchanged(_of_day(self._editions.mark, today))
            made = await self._editions.answer(name, asked)
        except HabeasError as error:
            return _fault(error)
        return _given(request, made, _of_day(made.mark, today), TYPES["json"])

    async def listed(self, _request: Request) -> Response:
        """List the questions, and where they are described."""
        return Response(json.dumps(listing(), indent=1), media_type=TYPES["json"])

    async def described(self, _request: Request) -> Response:
        """Describe the questions."""
        return Response(json.dumps(description(), indent=1), media_type=TYPES["json"])


def app(
    open_case: Callable[[], Case], *, hosts: tuple[str, ...] = HOSTS, apart: bool = False
) -> Starlette:
    """Return the server of a case as an application; it answers only to `hosts`.

    With `apart`, what is given out is made in processes of their own: `open_case` is then called in
    those too, and has to be a function that can be sent there.
    """
    doors = Doors(Editions(open_case, apart=apart))
    return Starlette(
        routes=[
            Route("/api", doors.listed),
            Route("/api/", doors.listed),
            Route("/api/openapi.json", doors.described),
            Route("/api/{name}", doors.question),
            Route("/{address:path}", doors.page),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=[*hosts], www_redirect=False),
            Middleware(Guarded),
        ],
        lifespan=doors.lifespan,
    )


class Guarded:
    """Puts the headers on every answer that keep a browser to what this server gives."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = [(key.lower().encode(), value.encode()) for key, value in HEADERS.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._headers]
            await send(message)

        await self._app(scope, receive, guarded)


def _of_day(mark: Mark, day: str) -> str:
    """Return the ETag of an answer at a mark, asked on a day."""
    return f'{mark.tag[:-1]}-{day}"'


def _has(request: Request, tag: str) -> bool:
    """Say whether who asks has this already."""
    held = request.headers.get("if-none-match")
    return held is not None and tag in {one.strip().removeprefix("W/") for one in held.split(",")}


def _unchanged(tag: str) -> Response:
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": tag})


def _given(request: Request, made: Made, tag: str, kind: str) -> Response:
    if made.code != HTTPStatus.OK:
        plain = not made.content.startswith(b"{")
        return Response(
            made.content, made.code, media_type="text/plain" if plain else TYPES["json"]
        )
    if _has(request, tag):
        return _unchanged(tag)
    return Response(made.content, headers={"ETag": tag}, media_type=kind)


def _fault(error: HabeasError) -> Response:
    told = {"error": error.message, "hint": error.hint}
    text = json.dumps(told, ensure_ascii=False) + "\n"
    return Response(text, HTTPStatus.SERVICE_UNAVAILABLE, media_type=TYPES["json"])


def serve(
    open_case: Callable[[], Case], *, host: str, port: int, names: Iterable[str] = ()
) -> None:
    """Serve a case until it is stopped, to those who ask for this host by its address or a name.

    `open_case` is called in other processes too: see `app`.
    """
    served = app(open_case, hosts=(*HOSTS, host, *names), apart=True)
    uvicorn.run(served, host=host, port=port, log_level="warning")
