"""Messages from our side: signed, numbered, tried again where twice is once, and told to nobody."""

import asyncio
import hmac
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import NamedTuple

import pytest

from jishi.ports import sms
from jishi.ports.mail import Mailbox, Smtp, letter
from jishi.ports.messages import Message, NotBrought
from jishi.ports.sms import Hook
from tests.free_ports import free_port
from tests.site import HOST

TOLD = Message("code-1", "+8613900000001", "验证码", "您的验证码是 123456")


class Came(NamedTuple):
    """A call that came: its headers by small names, and its body."""

    headers: dict[str, str]
    body: bytes


@asynccontextmanager
async def a_hook(*statuses: int) -> AsyncIterator[tuple[str, list[Came]]]:
    """Lend an address that answers with these, one after another; a 0 hangs up."""
    came: list[Came] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        pairs = (line.partition(": ") for line in head[1:] if line)
        headers = {name.lower(): value for name, _, value in pairs}
        body = await reader.readexactly(int(headers["content-length"]))
        status = statuses[len(came)]
        came.append(Came(headers, body))
        if status:
            writer.write(b"HTTP/1.1 %d X\r\ncontent-length: 0\r\n\r\n" % status)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, HOST, 0)
    async with server:
        yield f"http://{HOST}:{server.sockets[0].getsockname()[1]}/hook", came


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for nothing between tries."""
    monkeypatch.setattr(sms, "PAUSE_SECONDS", 0)


@pytest.mark.parametrize("statuses", [(200,), (204,), (503, 200), (0, 200)])
def test_a_breakdown_is_tried_again_under_the_same_number(statuses: tuple[int, ...]) -> None:
    async def scene() -> None:
        async with a_hook(*statuses) as (url, came):
            await Hook(url, "the secret").send(TOLD)
            assert len(came) == len(statuses)
            assert {each.headers["webhook-id"] for each in came} == {"code-1"}
            for each in came:
                stamp = each.headers["webhook-timestamp"]
                said = f"code-1.{stamp}.".encode() + each.body
                expected = b64encode(hmac.digest(b"the secret", said, sha256)).decode()
                assert each.headers["webhook-signature"] == f"v1,{expected}"

    asyncio.run(scene())


@pytest.mark.parametrize("statuses", [(400,), (401,), (503, 503), (0, 0)])
def test_what_nobody_took_is_said_without_its_words(statuses: tuple[int, ...]) -> None:
    async def scene() -> None:
        async with a_hook(*statuses) as (url, came):
            with pytest.raises(NotBrought) as failed:
                await Hook(url, "the secret").send(TOLD)
            assert len(came) == len(statuses)
            for secret in ("123456", "13900000001", "the secret"):
                assert secret not in f"{failed.value} {TOLD!r} {Hook(url, 'the secret')!r}"

    asyncio.run(scene())


@asynccontextmanager
async def a_mail_server(refuses: bytes = b"") -> AsyncIterator[tuple[int, list[str]]]:
    """Lend a server of RFC 5321, as much of it as a client needs; `refuses` names a command."""
    letters: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            word = line.strip().upper()
            if refuses and word.startswith(refuses):
                writer.write(b"550 +8613900000001 no\r\n")
            elif word == b"DATA":
                writer.write(b"354 go on\r\n")
                letters.append((await reader.readuntil(b"\r\n.\r\n")).decode())
                writer.write(b"250 taken\r\n")
            elif word == b"QUIT":
                writer.write(b"221 bye\r\n")
                break
            else:
                writer.write(b"250 ok\r\n")
        writer.close()

    server = await asyncio.start_server(serve, HOST, 0)
    async with server:
        yield server.sockets[0].getsockname()[1], letters


def test_mail_is_brought_with_its_number() -> None:
    async def scene() -> None:
        async with a_mail_server() as (port, letters):
            box = Mailbox(host=HOST, port=port, sender="集市 <shop@m.example>")
            await Smtp(box).send(Message("code-2", "a@b.example", "验证码", "123456"))
        assert len(letters) == 1
        for part in ("To: a@b.example", "Message-ID: <code-2@m.example>", "Auto-Submitted"):
            assert part in letters[0]

    asyncio.run(scene())


@pytest.mark.parametrize("refuses", [b"MAIL", b"RCPT", b"DATA"])
def test_mail_that_nobody_took_is_said_without_whose_it_was(refuses: bytes) -> None:
    async def scene() -> None:
        async with a_mail_server(refuses) as (port, letters):
            box = Mailbox(host=HOST, port=port, sender="shop@m.example", password="words")  # noqa: S106 - nobody's
            with pytest.raises(NotBrought) as failed:
                await Smtp(box).send(Message("code-3", "a@b.example", "s", "123456"))
            assert letters == []
        assert "@" not in str(failed.value)
        assert "words" not in repr(box)

    asyncio.run(scene())


def test_a_server_that_is_away_is_said() -> None:
    box = Mailbox(host=HOST, port=free_port(), sender="shop@m.example")
    with pytest.raises(NotBrought):
        asyncio.run(Smtp(box).send(Message("code-4", "a@b.example", "s", "w")))


def test_no_header_is_smuggled_in() -> None:
    box = Mailbox(host=HOST, port=25, sender="shop@m.example")
    for evil in (Message("c", "a@b.example\r\nBcc: x@y.example", "s", "w"),
                 Message("c", "a@b.example", "s\r\nBcc: x@y.example", "w")):  # fmt: skip
        with pytest.raises(ValueError, match="linefeed"):
            letter(box, evil)
