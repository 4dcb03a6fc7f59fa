"""The WebView: brings what a phone opens from its true origin, with the bridge in every page."""

import secrets
from collections.abc import AsyncIterator
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import parse_qs, quote, urlsplit

import httpx
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send

from jishi.pages import choose_language
from jishi.sandbox.guard import WEBVIEW
from jishi.sandbox.holder import HEADER
from jishi.sandbox.phone.answering import Answering, say
from jishi.sandbox.phone.files import USER_AGENT, bridge_script, jweixin_script
from jishi.sandbox.phone.origins import PHONE, Spot, View, hosts, spot, view
from jishi.sandbox.phone.policies import BRIDGE, JWEIXIN
from jishi.sandbox.phone.rewriting import OUTSIDE, Headers
from jishi.sandbox.phone.templates import render
from jishi.sandbox.world import World

SECONDS_MAX = 30.0
"""How long a page may take; a shop that is stopped in a debugger needs longer than a phone's."""

HOP = {
    b"connection", b"keep-alive", b"proxy-authorization", b"proxy-connection", b"te", b"trailer",
    b"upgrade", b"host", b"accept-encoding", b"user-agent", b"expect", HEADER.encode(),
}  # fmt: skip
REPORT = "/sdk/report"
"""Where the JS-SDK tells WeChat how fast it was."""

CLOSED = ("/sandbox", "/phone", "/v3")
"""What of the sandbox no page in a WebView may ask for."""

NAVIGATIONS = {"", "document", "frame", "iframe"}


def webview_proxy(app: ASGIApp, world: World) -> ASGIApp:
    """Put the WebView before the sandbox's application."""
    # Cookies belong to the phones; the client that brings the pages keeps none.
    world.web.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if str(scope["type"]) not in {"http", "ScopeType.HTTP"}:
            await app(scope, receive, send)
            return
        asked: HTTPScope = scope  # type: ignore[assignment]  # its type was compared just now
        headers = first_values(asked)
        host = headers.get("host", "")
        name = host.partition(":")[0].lower()
        if not name.endswith(WEBVIEW) or name == PHONE:
            if is_foreign(headers):
                asked["headers"] = without_holder(asked)
            await app(asked, receive, send)
            return
        found = spot(name, hosts(world))
        if found is None:
            await say(send, 404, "no such host in the WebView")
        elif trouble := objection(headers):
            await say(send, 403, trouble)
        else:
            await Visit(app, world, found, view(world, found.person_id, host)).go(
                asked, receive, send
            )

    return serve


def first_values(scope: HTTPScope) -> dict[str, str]:
    """Give the headers by name; of several the first, as the sandbox's guard would read none."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        found.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
    return found


def is_foreign(headers: dict[str, str]) -> bool:
    """Tell whether a page that is not the sandbox's own has a browser ask this."""
    origin = headers.get("origin")
    if origin is not None and origin.partition("://")[2] != headers.get("host", ""):
        return True
    return headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}


def without_holder(scope: HTTPScope) -> Headers:
    """Give the headers without the word of who holds the phone."""
    return [(name, value) for name, value in scope["headers"] if name.lower() != HEADER.encode()]


def objection(headers: dict[str, str]) -> str:
    """Say why a page of the wide web may not use the WebView: it would act as the person."""
    if headers.get("sec-fetch-site") == "cross-site":
        return "only the phone opens pages in the WebView"
    origin = urlsplit(headers.get("origin", ""))
    if origin.scheme and not (origin.hostname or "").endswith(WEBVIEW):
        return "only pages in the WebView send anything through it"
    return ""


class Visit:
    """One request of a page or for one, by a person, to an origin."""

    def __init__(self, app: ASGIApp, world: World, found: Spot, seen: View) -> None:
        self.app, self.world, self.spot, self.view = app, world, found, seen

    async def go(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        """Answer it."""
        headers = first_values(scope)
        path = scope["path"]
        if path in {BRIDGE, JWEIXIN}:
            await self.script(path, send)
        elif path == REPORT:
            await say(send, 204, "")
        elif path == OUTSIDE:
            await self.outside(scope, headers, send)
        elif self.view.is_ours(self.spot.origin):
            await self.inward(scope, receive, send, headers)
        else:
            await self.outward(scope, receive, send, headers)

    async def script(self, path: str, send: Send) -> None:
        """Give one of the two scripts that WeChat brings to every page."""
        body = bridge_script() if path == BRIDGE else jweixin_script()
        await say(send, 200, body.decode(), "text/javascript; charset=utf-8")

    async def outside(self, scope: HTTPScope, headers: dict[str, str], send: Send) -> None:
        """Say that an address is not shown here."""
        query = parse_qs(scope["query_string"].decode("latin-1"))
        await self.page(send, 200, headers, "outside.html", url=query.get("url", [""])[0])

    async def page(
        self, send: Send, status: int, headers: dict[str, str], template: str, **words: str
    ) -> None:
        """Show a page of the WebView's own."""
        language = choose_language("", headers.get("accept-language", ""))
        answering = self.answering(send, "GET", headers)
        await say(answering.send, status, render(language, template, words), "text/html")

    def answering(self, send: Send, method: str, headers: dict[str, str]) -> Answering:
        """Give what takes the answer and changes it for the WebView."""
        is_page = headers.get("sec-fetch-dest", "") in NAVIGATIONS and method != "HEAD"
        host = self.view.shown(self.spot.origin) or ""
        nonce = secrets.token_urlsafe(16)
        return Answering(send, self.view, host=host, nonce=nonce, is_page=is_page)

    def brought(self, scope: HTTPScope, headers: dict[str, str]) -> Headers:
        """Give the headers as the origin shall see them."""
        found: Headers = [(b"host", urlsplit(self.spot.origin).netloc.encode())]
        is_from_phone = headers.get("referer", "").startswith(self.view.phone)
        for raw, value in scope["headers"]:
            name = raw.lower()
            if name in HOP or name.startswith(b"sec-ch-") or (is_from_phone and name == b"referer"):
                continue
            told = value
            if name in {b"origin", b"referer"}:
                told = self.view.meant(value.decode("latin-1")).encode("latin-1")
            elif is_from_phone and name == b"sec-fetch-site":
                told = b"none"
            found.append((name, told))
        found += [(b"user-agent", USER_AGENT.encode()), (b"accept-encoding", b"identity")]
        return found

    async def inward(
        self, scope: HTTPScope, receive: Receive, send: Send, headers: dict[str, str]
    ) -> None:
        """Ask the sandbox itself, which is told who holds the phone."""
        if plain_path(scope["path"]).startswith(CLOSED):
            await say(send, 404, "no page in a WebView asks for this")
            return
        person = str(self.spot.person_id).encode()
        told = [*self.brought(scope, headers), (HEADER.encode(), person)]
        inner = scope.copy()
        inner["headers"] = told
        answering = self.answering(send, str(scope["method"]), headers)
        await self.app(inner, receive, answering.send)

    async def outward(
        self, scope: HTTPScope, receive: Receive, send: Send, headers: dict[str, str]
    ) -> None:
        """Ask the true origin, and hand on what it says as it comes."""
        has_body = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
        raw = scope.get("raw_path") or quote(scope["path"]).encode()
        query = scope["query_string"]
        request = httpx.Request(
            str(scope["method"]),
            httpx.URL(self.spot.origin).copy_with(raw_path=raw + (b"?" + query if query else b"")),
            headers=self.brought(scope, headers),
            content=body_of(receive) if has_body else None,
            extensions={"timeout": httpx.Timeout(SECONDS_MAX).as_dict()},
        )
        try:
            response = await self.world.web.send(request, stream=True, follow_redirects=False)
        except httpx.TransportError as error:
            trouble = f"{type(error).__name__}: {error}"
            await self.page(
                send, 502, headers, "unreachable.html", origin=self.spot.origin, trouble=trouble
            )
            return
        try:
            await self.answering(send, str(scope["method"]), headers).hand_on(response)
        finally:
            await response.aclose()


def plain_path(path: str) -> str:
    """Give a path without doubled slashes, as the application's routes read it."""
    return "/" + "/".join(part for part in path.split("/") if part)


async def body_of(receive: Receive) -> AsyncIterator[bytes]:
    """Give a request's body as it comes."""
    while True:
        event = await receive()
        if event["type"] != "http.request":
            return
        yield event.get("body", b"")
        if not event.get("more_body", False):
            return
