"""What is told of an event: its kind, when, and what it happened to, by public ids; no person."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from jishi import after_sale, goods, trade
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


class _Shipped(msgspec.Struct):
    state: str
    carrier: str
    tracking_number: str


class _Tracked(msgspec.Struct):
    parcel: int
    state: str


class _Refunded(msgspec.Struct):
    order_id: int
    amount_fen: int
    outcome: str = "succeeded"


class Refs(msgspec.Struct, frozen=True):
    """What is told of is called outside, by what it is called here."""

    orders: dict[int, trade.feed.Ref]
    skus: dict[int, str]
    cases: dict[int, after_sale.feed.Ref]


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
    refs = Refs(
        await order_refs(market, book, found), await sku_refs(market, book, found),
        await case_refs(market, book, found),
    )  # fmt: skip
    made = [Message(each.number, KINDS[each.name], said(each, refs)) for each in found]
    if len(found) < MESSAGES_MAX:
        made.append(Message(head, "", b""))
    return made


async def order_refs(
    market: Market, book: int, found: Sequence[Heard]
) -> dict[int, trade.feed.Ref]:
    """Find the orders that events are about."""
    ids = [order_id_of(each) for each in found if KINDS[each.name].startswith("order.")]
    refs = await market.look(trade.feed.refs, book=book, order_ids=ids) if ids else []
    return {each.order_id: each for each in refs}


async def sku_refs(market: Market, book: int, found: Sequence[Heard]) -> dict[int, str]:
    """Find what the merchant calls the SKUs that events are about."""
    ids = [each.subject_id for each in found if KINDS[each.name].startswith("sku.")]
    refs = await market.look(goods.feed.codes, book=book, sku_ids=ids) if ids else []
    return {each.sku_id: each.code for each in refs}


async def case_refs(
    market: Market, book: int, found: Sequence[Heard]
) -> dict[int, after_sale.feed.Ref]:
    """Find the cases that events are about."""
    ids = [each.subject_id for each in found if KINDS[each.name].startswith("case.")]
    refs = await market.look(after_sale.feed.refs, book=book, case_ids=ids) if ids else []
    return {each.case_id: each for each in refs}


def order_id_of(each: Heard) -> int:
    """Give the order that an event is about: of a refund it stands in its body."""
    if each.name in {"RefundEnded", "ExternalRefundRecorded"}:
        return msgspec.json.decode(each.body, type=_Refunded).order_id
    return each.subject_id


def said(each: Heard, refs: Refs) -> bytes:
    """Write the message, or nothing where there is nothing to tell."""
    data = data_of(each, refs)
    return msgspec.json.encode(Told(KINDS[each.name], each.at, data)) if data else b""


def data_of(each: Heard, refs: Refs) -> dict[str, object]:
    """Give what an event was about."""
    about = KINDS[each.name].partition(".")[0]
    if about == "order":
        order, more = refs.orders.get(order_id_of(each)), more_of_order(each)
        if order is None or more is None:
            return {}
        return {"order": order.order, "order_number": order.order_number, **more}
    if about == "case" and (case := refs.cases.get(each.subject_id)):
        return {
            "case": case.case, "kind": case.kind, "order": case.order,
            "order_number": case.order_number,
        }  # fmt: skip
    if about == "sku" and (sku := refs.skus.get(each.subject_id)):
        return {"sku": sku, **more_of_sku(each)}
    return {}


def more_of_order(each: Heard) -> dict[str, object] | None:
    """Give what else is told of an order; none when the event is not told at all."""
    match each.name:
        case "PaymentTaken":
            return None if msgspec.json.decode(each.body, type=_Taken).trouble else {}
        case "ParcelShipped":
            return msgspec.structs.asdict(msgspec.json.decode(each.body, type=_Shipped))
        case "ParcelTracked":
            return msgspec.structs.asdict(msgspec.json.decode(each.body, type=_Tracked))
        case "RefundEnded" | "ExternalRefundRecorded":
            refunded = msgspec.json.decode(each.body, type=_Refunded)
            is_back = refunded.outcome == "succeeded"
            return {"amount_fen": refunded.amount_fen} if is_back else None
        case _:
            return {}


def more_of_sku(each: Heard) -> dict[str, object]:
    """Give what else is told of a SKU."""
    if each.name == "SkuPriced":
        return msgspec.structs.asdict(msgspec.json.decode(each.body, type=_Priced))
    return msgspec.structs.asdict(msgspec.json.decode(each.body, type=_Restocked))
