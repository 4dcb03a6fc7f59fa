"""A carrier's hook for the tests: an address that answers as it is told to."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from typing import Any

from tests.site import HOST

GOOD = [
    {"at": "2026-11-02T10:00:00+08:00", "state": "in_transit", "place": "深圳", "words": "已发出"},
    {"at": "2026-11-01T10:00:00+08:00", "state": "accepted"},
]


@asynccontextmanager
async def a_carrier(
    *answers: tuple[int, Any], pause: float = 0
) -> AsyncIterator[tuple[str, list[tuple[dict[str, str], Any]]]]:
    """Lend an address that answers so, one after another; a status of 0 hangs up."""
    came: list[tuple[dict[str, str], Any]] = []
    serving = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.append(asyncio.current_task())
        # Who hangs up before all was said is not answered.
        with closing(writer), suppress(asyncio.IncompleteReadError):
            await answer(reader, writer)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        pairs = (line.partition(": ") for line in head[1:] if line)
        headers = {name.lower(): value for name, _, value in pairs}
        body = await reader.readexactly(int(headers["content-length"]))
        status, told = answers[len(came)]
        came.append((headers, json.loads(body)))
        await asyncio.sleep(pause)
        if status:
            content = told if isinstance(told, bytes) else json.dumps(told).encode()
            length = len(content)
            writer.write(b"HTTP/1.1 %d X\r\ncontent-length: %d\r\n\r\n" % (status, length))
            writer.write(content)

    server = await asyncio.start_server(serve, HOST, 0)
    async with server:
        yield f"http://{HOST}:{server.sockets[0].getsockname()[1]}/", came
        await asyncio.gather(*filter(None, serving))
