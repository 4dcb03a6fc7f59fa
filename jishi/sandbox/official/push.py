"""Pushes: what happened in an account goes to the developer's server, and its reply to the chat.

Source: official accounts, "Receiving standard messages": no answer within five seconds is tried
three times more; an answer that is neither empty, nor `success`, nor a reply, or none at all,
shows the person that the account is out of order.
"""

import asyncio
import time
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import httpx

from jishi.kernel import Tx
from jishi.ports.wechat.sealing import wrap_push
from jishi.ports.wechat.signing import push_signature
from jishi.sandbox.articles.media_kinds import has_media
from jishi.sandbox.courier import Delivery, Outcome, delivers, enqueue
from jishi.sandbox.inspector import Exchange, body_text, headers_text
from jishi.sandbox.official.chat import BROKEN, REPLY, SYSTEM, Content, say
from jishi.sandbox.official.push_text import Fields, compose, encrypted
from jishi.sandbox.official.replies import NOTHING, Reply, read_reply

if TYPE_CHECKING:
    from jishi.sandbox.cast import Account
    from jishi.sandbox.world import World

ANSWER_SECONDS_MAX = 5
PAUSES = (5, 5, 5)
DELAY_SECONDS = 15
SALT_BYTES = 16
EVENT = "event"
IN_CHAT, SILENT = "chat", "silent"
MESSAGES = {"text", "image", "voice", "video", "shortvideo", "location", "link"}


class Subject(NamedTuple):
    """What a push is about: the event or the kind of message, and whose."""

    name: str
    person_id: int
    openid: str
    where: str

    @classmethod
    def read(cls, text: str) -> "Subject":
        """Read it from a delivery."""
        name, person_id, openid, where = text.split(" ")
        return cls(name, int(person_id), openid, where)


async def push(  # noqa: PLR0913 - it has so many parts
    tx: Tx, account: "Account", openid: str, kind: str, fields: Fields,
    *, person_id: int = 0, where: str = SILENT,
) -> None:  # fmt: skip
    """Have a message or an event brought, if the account has a server; its body never changes."""
    if not account.push_url:
        return
    name = str(dict(fields)["Event"]) if kind == EVENT else kind
    await enqueue(
        tx, kind="push", owner=account.appid, url=account.push_url,
        subject=f"{name} {person_id} {openid} {where}",
        body=compose(account, openid, tx.now, kind, fields),
    )  # fmt: skip


async def push_event(  # noqa: PLR0913 - it has so many parts
    tx: Tx, account: "Account", openid: str, event: str, fields: Fields = (),
    *, person_id: int = 0, where: str = SILENT,
) -> None:  # fmt: skip
    """Have an event brought."""
    told: Fields = (("Event", event), *fields)
    await push(tx, account, openid, EVENT, told, person_id=person_id, where=where)


@delivers("push", pauses=PAUSES)
async def bring(world: "World", delivery: Delivery) -> Outcome:
    """Make one try."""
    subject = Subject.read(delivery.subject)
    account = world.accounts.get(delivery.owner)
    if account is None:
        return Outcome(is_done=True, note="the account is gone")
    if put_off := _put_off(world, delivery, subject):
        return put_off
    if fault := world.faults.hit("slow", subject.name):
        await asyncio.sleep(min(fault.seconds(1), ANSWER_SECONDS_MAX))
    answer = await _post(world, account, delivery, subject)
    if world.faults.hit("duplicate", subject.name):
        answer = await _post(world, account, delivery, subject)
    if isinstance(answer, str):
        if delivery.tries > len(PAUSES):
            await _show_broken(world, account, subject)
        return Outcome(is_done=False, note=answer)
    return await _take(world, account, subject, answer)


def _put_off(world: "World", delivery: Delivery, subject: Subject) -> Outcome | None:
    if world.faults.hit("lost", subject.name):
        return Outcome(is_done=True, note="lost (fault)")
    for kind in ("delayed", "out_of_order"):
        if fault := world.faults.hit(kind, subject.name):
            due_at = delivery.made_at + timedelta(seconds=fault.seconds(DELAY_SECONDS))
            if due_at > world.clock.now():
                return Outcome(is_done=False, note=f"{kind} (fault)", again_at=due_at)
    return None


async def _post(
    world: "World", account: "Account", delivery: Delivery, subject: Subject
) -> bytes | str:
    body, url = delivery.body, signed_url(world, account, delivery.url, subject.openid)
    if account.is_push_safe:
        body, url = _sealed(world, account, body, url)
    content_type = "text/xml" if account.kind == "service" else "application/json"
    headers = {"Content-Type": content_type, "User-Agent": "Mozilla/4.0"}
    began = time.monotonic()
    status, answer, trouble = 0, b"", ""
    try:
        async with asyncio.timeout(ANSWER_SECONDS_MAX):
            got = await world.http.post(url, content=body.encode(), headers=headers)
        status, answer = got.status_code, got.content
        trouble = "" if status == httpx.codes.OK else f"HTTP {status}"
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        trouble = f"{type(error).__name__} {error}".strip()
    took_ms = int((time.monotonic() - began) * 1000)
    world.inspector.note(
        Exchange(
            world.clock.now(), "out", subject.name, "POST", url, headers_text(headers), body,
            status, "", body_text(answer), delivery.body, trouble, took_ms,
        )
    )  # fmt: skip
    return trouble or answer


def signed_url(world: "World", account: "Account", url: str, openid: str = "") -> str:
    """Give a push's address with its signature; the time in it is real."""
    timestamp, nonce = str(world.clock.wire()), str(world.luck.randrange(10**9, 10**10))
    signature = push_signature(account.token, timestamp, nonce)
    query = f"signature={signature}&timestamp={timestamp}&nonce={nonce}"
    mark = "&" if "?" in url else "?"
    return f"{url}{mark}{query}" + (f"&openid={openid}" if openid else "")


def _sealed(world: "World", account: "Account", body: str, url: str) -> tuple[str, str]:
    asked = httpx.URL(url).params
    salt = world.luck.randbytes(SALT_BYTES)
    wrapped = wrap_push(account.aes_key, account.appid, salt, body)
    signature = push_signature(account.token, asked["timestamp"], asked["nonce"], wrapped)
    return encrypted(account, wrapped), f"{url}&encrypt_type=aes&msg_signature={signature}"


async def _take(world: "World", account: "Account", subject: Subject, answer: bytes) -> Outcome:
    pieces_max = 1 if subject.name in MESSAGES else 8
    reply = read_reply(account, subject.openid, answer, pieces_max)
    if reply is NOTHING or subject.where == SILENT:
        return Outcome(is_done=True, note="taken")
    if not isinstance(reply, Reply):
        await _show_broken(world, account, subject)
        return Outcome(is_done=True, note=f"answered badly: {reply}")
    async with world.transaction() as tx:
        if not await has_media(tx, account.appid, reply.content.media_id):
            words = Content(text=BROKEN)
            await say(tx, account.appid, subject.person_id, SYSTEM, "text", words)
            return Outcome(is_done=True, note="answered badly: no such medium")
        await say(tx, account.appid, subject.person_id, REPLY, reply.kind, reply.content)
    return Outcome(is_done=True, note=f"replied with {reply.kind}")


async def _show_broken(world: "World", account: "Account", subject: Subject) -> None:
    if subject.where == IN_CHAT:
        async with world.transaction() as tx:
            words = Content(text=BROKEN)
            await say(tx, account.appid, subject.person_id, SYSTEM, "text", words)
