"""Telling: each webhook the events after its place, in order, one at a time, each until taken.

The courier's own notes are no events of the shop, so they are written plainly, not by acts. A
process that dies while it tells loses its lease; the message comes again with the same id.
"""

import asyncio
import os
import socket
import time
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx
import msgspec
import structlog

from jishi.kernel import Market, Schedule, Tx, queries
from jishi.kernel.secret import read_secret
from jishi.webhooks import rules
from jishi.webhooks.payloads import Message, messages

log = structlog.get_logger()
TELLING = "webhook"
TELLING_MAX = 16
"""So many webhooks are told at a time by one process."""

SECONDS_MAX = 10.0
LOCAL = "JISHI_WEBHOOKS"
"""`local`: addresses of this machine may be told too, for whoever builds a program on it."""


class Due(msgspec.Struct, frozen=True):
    """A webhook with something to tell; `head` is the number of its book's last event."""

    book: int
    webhook_id: int
    webhook: str
    url: str
    kinds: list[str]
    place: int
    failures: int
    head: int


class Outcome(NamedTuple):
    """How a message was taken: HTTP's status (0: not at all), and what went wrong, if anything."""

    status: int
    trouble: str


sql = queries(__file__)
claim = sql.many("claim", Due)
note = sql.run("note")
move_on = sql.run("move_on")
put_off = sql.run("put_off")
prune = sql.run("prune")


@cache
def secret_of(book: int, webhook: str) -> bytes:
    """Give what a webhook's messages are signed with: derived, so that it is kept nowhere."""
    return read_secret().derive("webhook", f"{book} {webhook}")


def may_be_local() -> bool:
    """Tell whether this market may tell its own machine."""
    return os.environ.get(LOCAL) == "local"


async def tell_due(market: Market) -> None:
    """Begin to tell the webhooks that have something to hear; slow ones hold up nobody."""
    room = TELLING_MAX - market.doing(TELLING)
    if room <= 0:
        return
    async with market.database.transaction() as connection:
        due = await claim(Tx(connection), webhooks_max=room)
    for each in due:
        market.begin(tell(market, each), TELLING)


async def tell(market: Market, due: Due) -> None:
    """Tell one webhook what there is, in order, until one message is not taken."""
    place, failures = due.place, due.failures
    try:
        async with httpx.AsyncClient(timeout=SECONDS_MAX, trust_env=False) as client:
            for message in await messages(market, due.book, due.place, due.head, due.kinds):
                if message.body:
                    began = time.monotonic()
                    outcome = await post(client, due, message)
                    took_ms = int((time.monotonic() - began) * 1_000)
                    await _note(market, due, message, outcome, took_ms)
                    if outcome.trouble:
                        failures += 1
                        break
                place, failures = message.number, 0
    except Exception as error:  # noqa: BLE001 - it is put off, and the reason is in the log
        log.warning("telling a webhook failed", trouble=type(error).__name__)
        failures += 1
    pause = rules.pause_after(failures).total_seconds() if failures else 0.0
    async with market.database.transaction(book=due.book) as connection:
        tx = Tx(connection, due.book)
        which = {"webhook_id": due.webhook_id, "was": due.place}
        await move_on(tx, place=place, **which)
        await put_off(
            tx, webhook_id=due.webhook_id, failures=failures, pause=pause,
            is_off=failures >= rules.FAILURES_MAX,
        )  # fmt: skip


async def post(client: httpx.AsyncClient, due: Due, message: Message) -> Outcome:
    """Send one message, signed, to an address that was looked up and is outside."""
    message_id, now = f"{due.webhook}.{message.number}", int(time.time())
    secret = secret_of(due.book, due.webhook)
    headers = {
        "content-type": "application/json",
        "user-agent": "Jishi",
        "webhook-id": message_id,
        "webhook-timestamp": str(now),
        "webhook-signature": rules.signature(secret, message_id, now, message.body),
    }
    try:
        async with asyncio.timeout(SECONDS_MAX):
            request = await aimed(client, due.url, message.body, headers)
            answer = await client.send(request, stream=True)
            await answer.aclose()
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError, ValueError) as error:
        return Outcome(0, type(error).__name__)
    is_taken = answer.is_success
    return Outcome(answer.status_code, "" if is_taken else f"answered {answer.status_code}")


class Inside(ValueError):
    """The address is of a network that is not open to all."""


async def aimed(
    client: httpx.AsyncClient, url: str, body: bytes, headers: dict[str, str]
) -> httpx.Request:
    """Give the request, aimed at the very address that was judged: names may change meanwhile."""
    if may_be_local() and rules.is_local(url):
        return client.build_request("POST", url, content=body, headers=headers)
    parts = urlsplit(url)
    assert parts.hostname, "its act accepts no other"
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    if not addresses or not all(map(rules.is_outside, addresses)):
        raise Inside
    host = f"[{addresses[0]}]" if ":" in addresses[0] else addresses[0]
    port = f":{parts.port}" if parts.port else ""
    target = parts._replace(netloc=f"{host}{port}").geturl()
    return client.build_request(
        "POST", target, content=body, headers={**headers, "host": parts.netloc},
        extensions={"sni_hostname": parts.hostname},
    )  # fmt: skip


async def _note(market: Market, due: Due, message: Message, outcome: Outcome, took_ms: int) -> None:
    async with market.database.transaction(book=due.book) as connection:
        await note(
            Tx(connection, due.book), webhook_id=due.webhook_id, number=message.number,
            kind=message.kind, status=outcome.status, took_ms=took_ms, trouble=outcome.trouble,
        )  # fmt: skip


async def forget_old(market: Market) -> None:
    """Forget how webhooks were told a month ago."""
    async with market.database.transaction() as connection:
        await prune(Tx(connection))


Schedule("webhooks.tell", 2, tell_due)
Schedule("webhooks.forget_old", 3_600, forget_old)
