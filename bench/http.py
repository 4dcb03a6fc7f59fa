"""Orders and pages over HTTP, from a client lean enough not to be what is measured.

Requests are bytes made beforehand, answers are read by their content length; a few keep-alive
connections each have one request in flight.
"""

import asyncio
import re
import time
from collections.abc import Callable
from urllib.parse import urlencode
from uuid import uuid4

from bench.measure import Measured, measured

HOST = "127.0.0.1"
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


class Wire:
    """One keep-alive connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def send(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Send a request; give its status, its head and its body."""
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = LENGTH.search(head)
        body = await self.reader.readexactly(int(length[1])) if length else b""
        return int(head[9:12]), head, body


async def wire(port: int) -> Wire:
    """Open a connection."""
    return Wire(*await asyncio.open_connection(HOST, port))


def get(path: str, *, accept: str = "br") -> bytes:
    """Give a page request."""
    return (
        f"GET {path} HTTP/1.1\r\nhost: {HOST}\r\naccept-encoding: {accept}\r\n"
        "accept-language: zh-CN\r\n\r\n"
    ).encode()


def post(path: str, form: dict[str, str], cookies: str, port: int) -> bytes:
    """Give a form's request."""
    body = urlencode(form).encode()
    return (
        f"POST {path} HTTP/1.1\r\nhost: {HOST}:{port}\r\norigin: http://{HOST}:{port}\r\n"
        f"content-type: application/x-www-form-urlencoded\r\ncontent-length: {len(body)}\r\n"
        f"cookie: {cookies}\r\n\r\n"
    ).encode() + body


class Form:
    """The order form of the checkout, as a browser would send it: its token, its cookies."""

    def __init__(self, port: int, head: bytes, body: bytes) -> None:
        html = body.decode()
        fields = re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', html)
        self.fields = {name: value.replace("&#x2f;", "/") for name, value in fields}
        cookies = re.findall(rb"set-cookie: ([^;\r]+)", head, re.IGNORECASE)
        self.cookies = "; ".join(cookie.decode() for cookie in cookies)
        action = re.search(r'<form[^>]*method="post" action="([^"]+)"', html)
        assert action, "the checkout has no order form"
        self.path, self.port = action[1].replace("&#x2f;", "/"), port

    def request(self) -> bytes:
        """Give a new order: the same form with another key."""
        return post(self.path, {**self.fields, "key": str(uuid4())}, self.cookies, self.port)


async def order_form(port: int, checkout: str) -> Form:
    """Read the checkout and give its order form."""
    line = await wire(port)
    status, head, body = await line.send(get(checkout, accept="identity"))
    assert status == 200, (status, checkout)  # noqa: PLR2004 - HTTP's own
    return Form(port, head, body)


async def http(
    port: int, make: Callable[[], bytes], expected: int, *, connections: int, seconds: float
) -> Measured:
    """Send requests for so long on so many connections; each must be answered as expected."""
    wires = [await wire(port) for _ in range(connections)]
    took: list[float] = []
    began = time.perf_counter()
    until = began + seconds

    async def client(line: Wire) -> None:
        while (asked_at := time.perf_counter()) < until:
            status, _, body = await line.send(make())
            assert status == expected, (status, body[:300])
            took.append(time.perf_counter() - asked_at)

    await asyncio.gather(*map(client, wires))
    elapsed = time.perf_counter() - began
    for line in wires:
        line.writer.close()
    return measured(len(took), elapsed, took)
