"""A merchant's program: listens, and takes or refuses what it is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple
from uuid import uuid4

import msgspec

from jishi import webhooks
from jishi.kernel import Market, new_id, new_public_id


class Heard(NamedTuple):
    """A message as it came."""

    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> Any:
        """Give what it says."""
        return msgspec.json.decode(self.body)


class Listener:
    """Where it listens, what it heard, and how it will answer: 200, unless told otherwise."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.answers: list[int] = []
        self.url = ""

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one request, and close."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lines = [line.partition(": ") for line in head.split("\r\n")[1:] if line]
        headers = {name.lower(): value for name, _, value in lines}
        body = await reader.readexactly(int(headers["content-length"]))
        self.heard.append(Heard(headers, body))
        status = self.answers.pop(0) if self.answers else 200
        writer.write(
            f"HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode()
        )
        writer.close()

    @property
    def kinds(self) -> list[str]:
        """Give what kinds it heard, in order."""
        return [each.told["type"] for each in self.heard]


@asynccontextmanager
async def a_listener() -> AsyncIterator[Listener]:
    """Lend a program that listens on this machine."""
    listener = Listener()
    server = await asyncio.start_server(listener.take, "127.0.0.1", 0)
    listener.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/told"
    async with server:
        yield listener


def add(book: int, url: str, *kinds: str, **change: Any) -> webhooks.AddWebhook:
    """Ask for a webhook."""
    asked: dict[str, Any] = {
        "key": uuid4(), "book": book, "actor_id": 7, "webhook_id": new_id(),
        "public_id": new_public_id(), "url": url, "kinds": kinds or ("order.placed",),
        "may_be_local": True,
    }  # fmt: skip
    return webhooks.AddWebhook(**(asked | change))


async def tell_all(market: Market) -> None:
    """Tell every webhook that is due, and wait until that is done."""
    await webhooks.sending.tell_due(market)
    while market.doing(webhooks.sending.TELLING):
        await asyncio.sleep(0.01)
