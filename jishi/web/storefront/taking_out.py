"""A person's data as one file that he takes with him: JSON, sent piece by piece as it is read."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import msgspec

from jishi import after_sale, fulfilment, trade
from jishi.kernel import Market
from jishi.kernel.secret import Secret
from jishi.people.privacy.own import Own
from jishi.trade.invoicing.views import OwnInvoice
from jishi.web.asked import NUMBER_MAX
from jishi.web.invoices import Wanted, unsealed

PAGE = 100
encode = msgspec.json.encode


class TakenInvoice(msgspec.Struct, frozen=True):
    """An invoice of an order, with what was to be written on it."""

    order_number: str
    kind: str
    wanted: Wanted
    asked_at: datetime
    invoice_number: str
    issued_at: datetime | None


async def pieces(market: Market, secret: Secret, own: Own) -> AsyncIterator[bytes]:
    """Give the file: what people keeps of him first, then his orders and cases, page by page."""
    yield b'{"made_at":' + encode(datetime.now(UTC)) + b',"person":' + encode(own)
    yield b',"orders":['
    async for piece in orders(market, own.person_id):
        yield piece
    yield b'],"parcels":['
    async for piece in parcels(market, own.person_id):
        yield piece
    yield b'],"invoices":['
    async for piece in invoices(market, secret, own.person_id):
        yield piece
    yield b'],"after_sale":['
    async for piece in cases(market, own.person_id):
        yield piece
    yield b"]}"


async def orders(market: Market, buyer_id: int) -> AsyncIterator[bytes]:
    """Give a buyer's orders, newest first."""
    before, comma = NUMBER_MAX, b""
    while found := await market.look(
        trade.mine.own_orders, person=buyer_id, buyer_id=buyer_id, before=before, orders_max=PAGE
    ):
        yield comma + b",".join(map(encode, found))
        before, comma = found[-1].order_id, b","


async def parcels(market: Market, buyer_id: int) -> AsyncIterator[bytes]:
    """Give the parcels of a buyer's orders, and what carriers noted of them, newest first."""
    before, comma = NUMBER_MAX, b""
    while found := await market.look(
        fulfilment.tracking.views.own_parcels, person=buyer_id, buyer_id=buyer_id, before=before,
        orders_max=PAGE,
    ):  # fmt: skip
        yield comma + b",".join(map(encode, found))
        before, comma = found[-1].order_id, b","


async def invoices(market: Market, secret: Secret, buyer_id: int) -> AsyncIterator[bytes]:
    """Give the invoices of a buyer's orders, newest first."""
    before, comma = NUMBER_MAX, b""
    while found := await market.look(
        trade.invoicing.own_invoices, person=buyer_id, buyer_id=buyer_id, before=before,
        invoices_max=PAGE,
    ):  # fmt: skip
        yield comma + b",".join(encode(taken(secret, each)) for each in found)
        before, comma = found[-1].order_id, b","


def taken(secret: Secret, kept: OwnInvoice) -> TakenInvoice:
    """Open what was to be written on an invoice."""
    return TakenInvoice(
        kept.order_number, kept.kind, unsealed(secret, kept.of_book, kept.order_id, kept.sealed),
        kept.asked_at, kept.invoice_number, kept.issued_at,
    )  # fmt: skip


async def cases(market: Market, buyer_id: int) -> AsyncIterator[bytes]:
    """Give a buyer's cases, newest first."""
    before, comma = NUMBER_MAX, b""
    while found := await market.look(
        after_sale.views.own_cases, person=buyer_id, buyer_id=buyer_id, before=before,
        cases_max=PAGE,
    ):  # fmt: skip
        yield comma + b",".join(map(encode, found))
        before, comma = found[-1].case_id, b","
