"""What is told of an event: its kind, when, and what it happened to, by public ids; no person."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from jishi import goods, trade
from jishi.kernel import Market, queries
from jishi.webhooks.rules import KINDS

MESSAGES_MAX = 50


class Message(NamedTuple):
    """A message about an event; without a body there is nothing to tell of it."""

    number: int
    kind: str
    body: bytes


class Heard(msgspec.Struct, frozen=True):
    """An event of a book."""

    number: int
    at: datetime
    name: str
    subject_id: int
    body: str


class Told(msgspec.Struct, frozen=True):
    """A message as a program reads it."""

    type: str
    timestamp: datetime
    data: dict[str, object]


class _Priced(msgspec.Struct):
    price_fen: int
    compare_fen: int | None


class _Restocked(msgspec.Struct):
    quantity: int
    reason: str


class _Taken(msgspec.Struct):
    trouble: str


sql = queries(__file__)
heard = sql.many("heard", Heard)


async def messages(
    market: Market, book: int, place: int, head: int, kinds: Sequence[str]
) -> list[Message]:
    """Give what there is to tell after a place, up to the head; the last one leads to its end."""
    names = [name for name, kind in KINDS.items() if kind in kinds]
    found = await market.look(
        heard, book=book, place=place, head=head, names=names, events_max=MESSAGES_MAX
    )
    orders = await order_refs(market, book, found)
    skus = await sku_refs(market, book, found)
    made = [Message(each.number, KINDS[each.name], said(each, orders, skus)) for each in found]
    if len(found) < MESSAGES_MAX:
        made.append(Message(head, "", b""))
    return made


async def order_refs(
    market: Market, book: int, found: Sequence[Heard]
) -> dict[int, trade.feed.Ref]:
    """Find the orders that events are about."""
    ids = [each.subject_id for each in found if KINDS[each.name].startswith("order.")]
    refs = await market.look(trade.feed.refs, book=book, order_ids=ids) if ids else []
    return {each.order_id: each for each in refs}


async def sku_refs(market: Market, book: int, found: Sequence[Heard]) -> dict[int, str]:
    """Find what the merchant calls the SKUs that events are about."""
    ids = [each.subject_id for each in found if KINDS[each.name].startswith("sku.")]
    refs = await market.look(goods.feed.codes, book=book, sku_ids=ids) if ids else []
    return {each.sku_id: each.code for each in refs}


def said(each: Heard, orders: dict[int, trade.feed.Ref], skus: dict[int, str]) -> bytes:
    """Write the message, or nothing where there is nothing to tell."""
    data = data_of(each, orders, skus)
    return msgspec.json.encode(Told(KINDS[each.name], each.at, data)) if data else b""


def data_of(
    each: Heard, orders: dict[int, trade.feed.Ref], skus: dict[int, str]
) -> dict[str, object]:
    """Give what an event was about."""
    if order := orders.get(each.subject_id):
        if each.name == "PaymentTaken" and msgspec.json.decode(each.body, type=_Taken).trouble:
            return {}
        return {"order": order.order, "order_number": order.order_number}
    if each.name == "SkuPriced" and each.subject_id in skus:
        priced = msgspec.json.decode(each.body, type=_Priced)
        return {
            "sku": skus[each.subject_id], "price_fen": priced.price_fen,
            "compare_fen": priced.compare_fen,
        }  # fmt: skip
    if each.name == "Restocked" and each.subject_id in skus:
        moved = msgspec.json.decode(each.body, type=_Restocked)
        return {
            "sku": skus[each.subject_id], "quantity": moved.quantity, "reason": moved.reason,
        }  # fmt: skip
    return {}
