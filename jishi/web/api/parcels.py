"""Parcels of an order: listed with where they are, shipped, and their numbers corrected."""

from datetime import datetime

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody

from jishi import fulfilment
from jishi.fulfilment import Packed
from jishi.fulfilment.parcels import carriers
from jishi.fulfilment.parcels import views as shipping
from jishi.fulfilment.parcels.views import OrderToShip
from jishi.fulfilment.tracking import views as tracking
from jishi.kernel import Refused
from jishi.trade import feed
from jishi.web.api.asking import ask, key_of
from jishi.web.api.problems import MarketRefused
from jishi.web.asked import Asked, house
from jishi.web.caller import caller_of, needs


class FedScan(msgspec.Struct, frozen=True):
    """What a carrier noted of a parcel, in his words."""

    at: datetime
    state: str
    place: str
    words: str


class FedParcel(msgspec.Struct, frozen=True):
    """A parcel by its number in the shop, what is in it, and what was noted, the newest first."""

    parcel: int
    carrier: str
    tracking_number: str
    shipped_at: datetime
    lines: list[Packed]
    scans: list[FedScan]


class Parcels(msgspec.Struct, frozen=True):
    """The parcels of an order, and the units of its lines that are left to be sent."""

    items: list[FedParcel]
    left: list[Packed]


class NewParcel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was sent, by whom (a code or a name), under which number."""

    carrier: str
    tracking_number: str
    lines: list[Packed]


class Shipped(msgspec.Struct, frozen=True):
    """A parcel is on its way; `state` is its order's: `partly_shipped` or `shipped`."""

    state: str
    carrier: str
    tracking_number: str
    lines: list[Packed]


class Tracing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By whom and under which number a parcel is asked after."""

    carrier: str
    tracking_number: str


@get("/orders/{order:str}/parcels", opt=needs("orders:read"), summary="List parcels")
async def list_parcels(request: Asked, order: FromPath[str]) -> Parcels:
    """List the parcels of an order, and what is left to be sent of it."""
    page, market = await order_of(request, order), house(request).market
    book = caller_of(request).book
    its = {"book": book, "of_book": book, "order_id": page.order_id}
    scans = await market.look(tracking.scans, **its)
    items = [
        FedParcel(
            each.number, each.carrier, each.tracking_number, each.shipped_at,
            [Packed(line.position, line.quantity) for line in each.lines],
            [
                FedScan(scan.scanned_at, scan.state, scan.place, scan.words)
                for scan in scans
                if scan.parcel == each.number
            ],
        )
        for each in await market.look(shipping.parcels, **its)
    ]  # fmt: skip
    return Parcels(items, [Packed(line.position, line.left) for line in page.lines if line.left])


@post(
    "/orders/{order:str}/parcels", opt=needs("orders:write"), status_code=201,
    summary="Ship a parcel",
)  # fmt: skip
async def ship(request: Asked, order: FromPath[str], data: JSONBody[NewParcel]) -> Shipped:
    """Tell that units of an order's lines were sent."""
    caller, page = caller_of(request), await order_of(request, order)
    asked = fulfilment.ShipParcel(
        key=key_of(request), book=caller.book, actor_id=caller.key_id, order_id=page.order_id,
        lines=tuple(data.lines), carrier=carriers.code_of(data.carrier),
        tracking_number=data.tracking_number,
    )  # fmt: skip
    sent = await ask(request, asked, fulfilment.ParcelShipped)
    return Shipped(sent.state, sent.carrier, sent.tracking_number, sent.lines)


@post(
    "/orders/{order:str}/parcels/{parcel:int}/corrections", opt=needs("orders:write"),
    status_code=200, summary="Correct a parcel",
)  # fmt: skip
async def correct(
    request: Asked, order: FromPath[str], parcel: FromPath[int], data: JSONBody[Tracing]
) -> Tracing:
    """Tell the right carrier and number of a parcel."""
    caller, page = caller_of(request), await order_of(request, order)
    known = await house(request).market.look(
        shipping.parcels, book=caller.book, of_book=caller.book, order_id=page.order_id
    )
    if parcel not in {each.number for each in known}:
        raise MarketRefused(Refused("parcel_unknown"))
    asked = fulfilment.CorrectParcel(
        key=key_of(request), book=caller.book, actor_id=caller.key_id, parcel=parcel,
        carrier=carriers.code_of(data.carrier), tracking_number=data.tracking_number,
    )  # fmt: skip
    put_right = await ask(request, asked, fulfilment.ParcelCorrected)
    return Tracing(put_right.carrier, put_right.tracking_number)


async def order_of(asked: Asked, order: str) -> OrderToShip:
    """Find an order of the caller's shop by its public id."""
    market, book = house(asked).market, caller_of(asked).book
    refs = await market.look(feed.order, book=book, order=order)
    if refs is None:
        raise MarketRefused(Refused("order_unknown"))
    found = await market.look(shipping.order, book=book, order_id=refs.order_id)
    assert found is not None, "the order was there"
    return found
