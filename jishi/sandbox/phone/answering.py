"""An answer on its way into the WebView: a page is changed when it is whole, the rest streams."""

import httpx
from litestar.types import HTTPResponseBodyEvent, HTTPResponseStartEvent, Message, Send

from jishi.sandbox.phone.origins import View
from jishi.sandbox.phone.policies import NAMES, nonce_of
from jishi.sandbox.phone.rewriting import Headers, mapped_headers, mapped_page, with_bridge

PAGE_BYTES_MAX = 8 * 1024 * 1024
"""A longer page is handed on as it came, without the bridge."""

NO_STORE = (b"cache-control", b"no-store")


async def say(
    send: Send, status: int, text: str, media_type: str = "text/plain; charset=utf-8"
) -> None:
    """Send an answer of our own."""
    headers = [(b"content-type", media_type.encode()), NO_STORE]
    await begin(send, status, headers)
    await carry(send, text.encode(), is_last=True)


async def begin(send: Send, status: int, headers: Headers) -> None:
    """Send a status and headers."""
    start: HTTPResponseStartEvent = {
        "type": "http.response.start", "status": status, "headers": headers,
    }  # fmt: skip
    await send(start)


async def carry(send: Send, body: bytes, *, is_last: bool) -> None:
    """Send a part of the body."""
    part: HTTPResponseBodyEvent = {
        "type": "http.response.body", "body": body, "more_body": not is_last,
    }  # fmt: skip
    await send(part)


class Answering:
    """Takes an answer as an application sends it, or from a server, and sends it on."""

    def __init__(self, onward: Send, view: View, *, host: str, nonce: str, is_page: bool) -> None:
        self.onward, self.view, self.host, self.nonce = onward, view, host, nonce
        self.is_page, self.is_kept = is_page, False
        self.status, self.headers, self.parts = 0, Headers(), list[bytes]()

    async def send(self, message: Message) -> None:
        """Take what an application sends."""
        if message["type"] == "http.response.start":
            await self.start(message["status"], list(message["headers"]))
        elif message["type"] == "http.response.body":
            body, is_more = message.get("body", b""), message.get("more_body", False)
            await self.part(body, is_last=not is_more)

    async def hand_on(self, response: httpx.Response) -> None:
        """Take what a server answers; a page is unpacked, anything else stays as it is packed."""
        kind = response.headers.get("content-type", "")
        is_packed = "content-encoding" in response.headers
        is_unpacked = is_packed and is_html(kind)
        headers = [
            (name, value)
            for name, value in response.headers.raw
            if not (is_unpacked and name.lower() == b"content-encoding")
        ]
        await self.start(response.status_code, headers)
        body = response.aiter_bytes() if is_unpacked else response.aiter_raw()
        async for part in body:
            await self.part(part, is_last=False)
        await self.part(b"", is_last=True)

    async def start(self, status: int, headers: Headers) -> None:
        """Take the status and the headers; those of a page wait for the page."""
        self.status = status
        self.headers = mapped_headers(headers, self.view, self.host, self.nonce)
        kinds = [value for name, value in self.headers if name == b"content-type"]
        self.is_kept = any(is_html(kind.decode("latin-1")) for kind in kinds)
        if self.is_kept:
            self.headers = [each for each in self.headers if each[0] != b"content-length"]
        else:
            await begin(self.onward, status, self.headers)

    async def part(self, body: bytes, *, is_last: bool) -> None:
        """Take a part of the body."""
        if not self.is_kept:
            await carry(self.onward, body, is_last=is_last)
            return
        self.parts.append(body)
        if is_last or sum(map(len, self.parts)) > PAGE_BYTES_MAX:
            await self.release(is_last=is_last)

    async def release(self, *, is_last: bool) -> None:
        """Send what was kept: changed if it is the whole of it."""
        body, self.parts, self.is_kept = b"".join(self.parts), [], False
        if is_last and body:
            body = self.changed(body)
        await begin(self.onward, self.status, self.headers)
        await carry(self.onward, body, is_last=is_last)

    def changed(self, body: bytes) -> bytes:
        """Change a page. Latin-1 keeps every byte as it is, whatever the page is written in."""
        text = mapped_page(body.decode("latin-1"), self.view)
        if self.is_page:
            policies = [value.decode("latin-1") for name, value in self.headers if name in NAMES]
            text = with_bridge(text, self.view, nonce_of(policies))
        return text.encode("latin-1")


def is_html(kind: str) -> bool:
    """Tell a page by its media type."""
    return kind.lower().startswith(("text/html", "application/xhtml+xml"))
