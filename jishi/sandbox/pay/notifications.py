"""Notifications: what WeChat Pay tells a merchant's server, sealed, signed, and told again.

Source: WeChat Pay v3, "Notification: receiving, decrypting, answering"; the list of pauses is on
the page of the payment notification.
"""

import asyncio
import secrets
import time
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from uuid import uuid4

import httpx
import msgspec
from msgspec import Struct

from jishi.kernel import Tx
from jishi.ports.wechat.sealing import ALGORITHM, seal
from jishi.ports.wechat.signing import SCHEME, answer_message, sign
from jishi.sandbox.cast import Merchant
from jishi.sandbox.courier import Delivery, Outcome, delivers, enqueue
from jishi.sandbox.inspector import Exchange, body_text, headers_text
from jishi.sandbox.keys import rotate
from jishi.sandbox.pay.holding import hold
from jishi.sandbox.pay.rules import shown
from jishi.sandbox.world import DELIVERY_SECONDS_MAX, World

KIND = "notification"
MINUTE, HOUR = 60, 3_600
PAUSES = (
    15, 15, 30, 3 * MINUTE, 10 * MINUTE, 20 * MINUTE, 30 * MINUTE, 30 * MINUTE, 30 * MINUTE,
    60 * MINUTE, 3 * HOUR, 3 * HOUR, 3 * HOUR, 6 * HOUR, 6 * HOUR,
)  # fmt: skip
TAKEN = {HTTPStatus.OK, HTTPStatus.NO_CONTENT}
PROBE = "WECHATPAY/SIGNTEST/"
OLD_SECONDS = 600
"""A replayed notification is this old: older than the five minutes that a receiver may believe."""


class Envelope(Struct, frozen=True):
    """A notification before it is sealed, as it waits to be brought; `plain` is JSON."""

    id: str
    create_time: str
    event_type: str
    original_type: str
    summary: str
    nonce: str
    plain: str


class Signed(Struct, frozen=True):
    """The headers of a post, and what its signature is over."""

    headers: dict[str, str]
    message: bytes


class Sealed(Struct, frozen=True):
    """What a notification carries."""

    original_type: str
    algorithm: str
    ciphertext: str
    associated_data: str
    nonce: str


class Notification(Struct, frozen=True):
    """A notification as it is sent."""

    id: str
    create_time: str
    resource_type: str
    event_type: str
    summary: str
    resource: Sealed


async def notify(  # noqa: PLR0913, PLR0917 - a notification has so many parts
    tx: Tx, merchant_id: str, url: str, event_type: str, original_type: str, summary: str,
    resource: Struct, due_at: datetime | None = None,
) -> None:  # fmt: skip
    """Have a merchant told; without an address nobody is told."""
    if not url:
        return
    plain = msgspec.json.encode(resource).decode()
    nonce = secrets.token_hex(6)
    envelope = Envelope(
        str(uuid4()), shown(tx.now), event_type, original_type, summary, nonce, plain
    )
    body = msgspec.json.encode(envelope).decode()
    await enqueue(
        tx, kind=KIND, owner=merchant_id, url=url, subject=event_type, body=body, due_at=due_at
    )


@delivers(KIND, pauses=PAUSES)
async def post(world: World, delivery: Delivery) -> Outcome:
    """Try once to tell a merchant, with whatever is armed to go wrong."""
    merchant = world.merchants.get(delivery.owner)
    if merchant is None:
        return Outcome(is_done=True, note="no such merchant")
    if held := await hold(world, delivery):
        return held
    if world.faults.hit("lost", delivery.subject):
        return Outcome(is_done=False, note="lost on the way (fault)")
    body = written(merchant, delivery.body)
    if world.faults.hit("probe", delivery.subject):
        await say(world, delivery, body, probe(world, merchant, body), mind="probe")
    if world.faults.hit("replay", delivery.subject):
        old = signed(world, merchant, body, aged=OLD_SECONDS)
        await say(world, delivery, body, old, mind="replay")
    if world.faults.hit("key_rotated", delivery.subject):
        async with world.transaction() as tx:
            await rotate(world.keys, tx)
    good = signed(world, merchant, body)
    if world.faults.hit("bad_signature", delivery.subject):
        return await say(world, delivery, body, spoilt(good), mind="bad_signature")
    outcome = await say(world, delivery, body, good)
    if world.faults.hit("duplicate", delivery.subject):
        await say(world, delivery, body, good)
    return outcome


def written(merchant: Merchant, waiting: str) -> bytes:
    """Seal a notification with its merchant's key; its id and its words stay over all tries."""
    told = msgspec.json.decode(waiting, type=Envelope)
    kind = told.original_type
    text = seal(merchant.apiv3_key.encode(), told.nonce, kind, told.plain.encode())
    sealed = Sealed(kind, ALGORITHM, text, kind, told.nonce)
    return msgspec.json.encode(
        Notification(
            told.id, told.create_time, "encrypt-resource", told.event_type, told.summary, sealed
        )
    )


def signed(world: World, merchant: Merchant, body: bytes, *, aged: int = 0) -> Signed:
    """Sign a notification at the real time, or so many seconds before."""
    key = world.keys.signing_for(merchant)
    timestamp, nonce = str(world.clock.wire() - aged), secrets.token_hex(16)
    message = answer_message(timestamp, nonce, body)
    signature = sign(key.private_key, message)
    return Signed(_headers(key.serial, timestamp, nonce, signature), message)


def probe(world: World, merchant: Merchant, body: bytes) -> Signed:
    """Give a signature that no key has made: whoever takes it does not look at signatures."""
    timestamp, nonce = str(world.clock.wire()), secrets.token_hex(16)
    serial = world.keys.signing_for(merchant).serial
    signature = PROBE + b64encode(secrets.token_bytes(256)).decode()
    headers = _headers(serial, timestamp, nonce, signature)
    return Signed(headers, answer_message(timestamp, nonce, body))


def spoilt(good: Signed) -> Signed:
    """Give the same with a signature that is not good."""
    signature = good.headers["Wechatpay-Signature"][::-1]
    return Signed({**good.headers, "Wechatpay-Signature": signature}, good.message)


async def say(
    world: World, delivery: Delivery, body: bytes, said: Signed, *, mind: str = ""
) -> Outcome:
    """Post it and note how it was taken; what goes out in bad `mind` has to be refused."""
    began, status, answer, trouble = time.monotonic(), 0, b"", ""
    answered: Mapping[str, str] = {}
    try:
        async with asyncio.timeout(DELIVERY_SECONDS_MAX):
            asked = httpx.Request("POST", delivery.url, content=body, headers=said.headers)
            reply = await world.http.send(asked)
        status, answer, answered = reply.status_code, reply.content, reply.headers
        trouble = "" if status in TAKEN else f"answered {status}"
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        trouble = f"{type(error).__name__} {error}".strip()
    if mind:
        is_refused = status >= HTTPStatus.BAD_REQUEST
        trouble = "" if is_refused else f"{mind}: must be answered 4xx or 5xx, was {status}"
    world.inspector.note(
        Exchange(
            noted_at=world.clock.now(),
            direction="out",
            operation=f"{delivery.subject} {mind}".strip(),
            method="POST",
            url=delivery.url,
            request_headers=headers_text(said.headers),
            request_body=body_text(body),
            status=status,
            answer_headers=headers_text(answered),
            answer_body=body_text(answer),
            signed_message=said.message.decode(errors="replace"),
            trouble=trouble,
            took_ms=int((time.monotonic() - began) * 1_000),
        )
    )
    is_done = not mind and status in TAKEN
    return Outcome(is_done=is_done, note=trouble or f"answered {status}")


def _headers(serial: str, timestamp: str, nonce: str, signature: str) -> dict[str, str]:
    return {
        "Accept": "*/*",
        "Content-Type": "application/json",
        "User-Agent": "Mozilla/4.0",
        "Wechatpay-Nonce": nonce,
        "Wechatpay-Serial": serial,
        "Wechatpay-Signature": signature,
        "Wechatpay-Signature-Type": SCHEME,
        "Wechatpay-Timestamp": timestamp,
    }
