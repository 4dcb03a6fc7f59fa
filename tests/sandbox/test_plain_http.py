"""Plain HTTP to developers' servers: every way to answer, and every way to fail to."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx
import pytest

from jishi.sandbox.plain_http import ANSWER_BYTES_MAX, PlainHttp

GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


class Server:
    """Answers with these bytes, one piece a request; an empty one hangs up, none says nothing."""

    def __init__(self, *answers: bytes | None) -> None:
        self.answers, self.asked, self.connections = list(answers), list[bytes](), 0

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        self.connections += 1
        try:
            while self.answers:
                head = await reader.readuntil(b"\r\n\r\n")
                length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
                self.asked.append(head + await reader.readexactly(int(length or 0)))
                answer = self.answers.pop(0)
                if answer is None:
                    await asyncio.sleep(5)
                if not answer or b"until-the-end" in answer:
                    writer.write(answer or b"")
                    break
                writer.write(answer)
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()


@asynccontextmanager
async def asking(server: Server) -> AsyncIterator[Callable[[], Awaitable[httpx.Response]]]:
    """Lend a way to ask the server."""
    listening = await asyncio.start_server(server.take, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/a/b?c=%20"
    try:
        async with httpx.AsyncClient(mounts={"http://": PlainHttp()}, timeout=0.3) as client:
            yield lambda: client.post(url, content=b"{}", headers={"X-Asked": "1"})
    finally:
        listening.close()
        await asyncio.sleep(0)


def answered(*answers: bytes | None) -> tuple[list[tuple[int, bytes]], Server]:
    """Ask as often as there are answers; give them as they were read."""
    server = Server(*answers)

    async def main() -> list[tuple[int, bytes]]:
        async with asking(server) as ask:
            got = [await ask() for _ in answers]
            return [(each.status_code, each.content) for each in got]

    return asyncio.run(main()), server


def test_a_connection_is_used_again() -> None:
    got, server = answered(GOOD, b"HTTP/1.1 204 No Content\r\n\r\n", GOOD)
    assert got == [(200, b"ok"), (204, b""), (200, b"ok")]
    assert server.connections == 1
    first = server.asked[0]
    assert first.startswith(b"POST /a/b?c=%20 HTTP/1.1\r\n")
    assert b"\r\nX-Asked: 1\r\n" in first
    assert first.endswith(b"\r\n\r\n{}")


@pytest.mark.parametrize(
    ("answer", "status", "body"),
    [
        (b"HTTP/1.1 100 Continue\r\n\r\n" + GOOD, 200, b"ok"),
        (b"HTTP/1.1 500 Oh no\r\ncontent-length:0\r\n\r\n", 500, b""),
        (b"HTTP/1.1 599 \r\nContent-Length: 1\r\n\r\nx", 599, b"x"),
        (
            CHUNKED + b"3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nX-Trailer: 1\r\n\r\n",
            200,
            b"abc0123456789",
        ),
        (b"HTTP/1.0 200 OK\r\nX: until-the-end\r\n\r\nall of it", 200, b"all of it"),
    ],
)
def test_an_answer_is_read_however_it_is_framed(answer: bytes, status: int, body: bytes) -> None:
    assert answered(answer)[0] == [(status, body)]


def test_who_wants_to_hang_up_is_not_asked_on_the_same_connection() -> None:
    closing = GOOD.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    got, server = answered(closing, GOOD)
    assert got == [(200, b"ok"), (200, b"ok")]
    assert server.connections == 2


def test_a_connection_that_was_hung_up_while_idle_is_not_used() -> None:
    async def main() -> None:
        server = Server(GOOD, GOOD)
        async with asking(server) as ask:
            server.answers = [GOOD]
            assert (await ask()).status_code == 200
            await asyncio.sleep(0.05)
            server.answers = [GOOD]
            assert (await ask()).status_code == 200
            assert server.connections == 2

    asyncio.run(main())


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (None, httpx.ReadTimeout),
        (b"", httpx.RemoteProtocolError),
        (b"garbage\r\n\r\n", httpx.RemoteProtocolError),
        (b"HTTP/1.1 2xx OK\r\n\r\n", httpx.RemoteProtocolError),
        (GOOD.replace(b": 2", b": until-the-end"), httpx.RemoteProtocolError),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nX: until-the-end\r\n\r\nshort",
         httpx.RemoteProtocolError),
        (GOOD.replace(b": 2", b": %d" % (ANSWER_BYTES_MAX + 1)), httpx.RemoteProtocolError),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n", httpx.RemoteProtocolError),
    ],
)  # fmt: skip
def test_what_is_no_answer_has_the_name_that_callers_know(
    answer: bytes | None, failure: type[Exception]
) -> None:
    with pytest.raises(failure):
        answered(answer)


def test_who_is_not_there_is_not_reached() -> None:
    async def main() -> None:
        async with httpx.AsyncClient(mounts={"http://": PlainHttp()}, timeout=0.3) as client:
            with pytest.raises(httpx.ConnectError):
                await client.post("http://127.0.0.1:9/", content=b"")

    asyncio.run(main())
