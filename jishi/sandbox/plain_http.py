"""Plain HTTP/1.1 to developers' servers, over connections that stay open.

A general client spends more of the processor on a notification than its signature and its database
take together; this one writes a request at once and reads what it must. `https` is not for it.
Source: RFC 9112 (message framing).
"""

import asyncio
from asyncio import IncompleteReadError, LimitOverrunError, StreamReader, StreamWriter
from collections.abc import Mapping
from http import HTTPStatus
from typing import NamedTuple

import httpx

IDLE_MAX = 128
"""Connections kept open to one server."""

ANSWER_BYTES_MAX = 1024 * 1024
PORT = 80
END = b"\r\n"


class Wire(NamedTuple):
    """An open connection."""

    reader: StreamReader
    writer: StreamWriter

    def is_open(self) -> bool:
        """Tell whether the other side has not hung up."""
        return not (self.reader.at_eof() or self.writer.is_closing())


class PlainHttp(httpx.AsyncBaseTransport):
    """Asks any number of servers; an answer is at most a megabyte."""

    def __init__(self) -> None:
        self.idle: dict[tuple[str, int], list[Wire]] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Ask once."""
        patience: Mapping[str, float | None] = request.extensions.get("timeout", {})
        idle = self.idle.setdefault((request.url.host, request.url.port or PORT), [])
        said = head(request) + await request.aread()
        wire = await self._wire(request, idle, patience.get("connect"))
        try:
            async with asyncio.timeout(patience.get("read")):
                wire.writer.write(said)
                answer = await read_answer(wire.reader)
        except BaseException as error:
            wire.writer.close()
            raise named(error) from error
        if answer.headers.get("connection", "").lower() == "close" or len(idle) >= IDLE_MAX:
            wire.writer.close()
        else:
            idle.append(wire)
        return answer

    async def aclose(self) -> None:
        """Hang up everywhere."""
        for wire in (wire for idle in self.idle.values() for wire in idle):
            wire.writer.close()
        self.idle.clear()

    async def _wire(self, request: httpx.Request, idle: list[Wire], seconds: float | None) -> Wire:
        while idle:
            if (wire := idle.pop()).is_open():
                return wire
            wire.writer.close()
        place = request.url.host, request.url.port or PORT
        try:
            async with asyncio.timeout(seconds):
                return Wire(*await asyncio.open_connection(*place))
        except TimeoutError as error:
            raise httpx.ConnectTimeout("no connection in time") from error
        except OSError as error:
            raise httpx.ConnectError(str(error)) from error


def head(request: httpx.Request) -> bytes:
    """Write the head of a request."""
    lines = [name + b": " + value for name, value in request.headers.raw]
    first = request.method.encode() + b" " + request.url.raw_path + b" HTTP/1.1"
    return END.join([first, *lines, END])


async def read_answer(reader: StreamReader) -> httpx.Response:
    """Read an answer with its body; provisional ones are passed over."""
    while True:
        first, *lines = (await reader.readuntil(2 * END))[: -2 * len(END)].split(END)
        version, number = first.split(b" ")[:2]
        if int(number) >= HTTPStatus.OK:
            break
    pairs = (line.partition(b":") for line in lines)
    headers = httpx.Headers([(name, value.strip()) for name, _, value in pairs])
    if version != b"HTTP/1.1":
        headers["connection"] = "close"
    body = await _body(reader, int(number), headers)
    return httpx.Response(int(number), headers=headers, content=body)


async def _body(reader: StreamReader, status: int, headers: httpx.Headers) -> bytes:
    if status in {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}:
        return b""
    if headers.get("transfer-encoding", "").lower() == "chunked":
        return await _chunks(reader)
    if (length := headers.get("content-length")) is not None:
        return await reader.readexactly(_bounded(int(length)))
    headers["connection"] = "close"
    return await reader.read(ANSWER_BYTES_MAX)


async def _chunks(reader: StreamReader) -> bytes:
    body = b""
    while size := int((await reader.readuntil(END)).partition(b";")[0], 16):
        body += await reader.readexactly(_bounded(len(body) + size) - len(body))
        await reader.readexactly(len(END))
    while await reader.readuntil(END) != END:
        pass
    return body


def _bounded(size: int) -> int:
    if not 0 <= size <= ANSWER_BYTES_MAX:
        raise httpx.RemoteProtocolError("the answer is too long")
    return size


def named(error: BaseException) -> BaseException:
    """Give a failure the name by which callers of httpx know it."""
    match error:
        case TimeoutError():
            return httpx.ReadTimeout("no answer in time")
        case IncompleteReadError() | LimitOverrunError() | ValueError():
            return httpx.RemoteProtocolError(f"no HTTP answer: {error}")
        case OSError():
            return httpx.ReadError(str(error))
    return error
