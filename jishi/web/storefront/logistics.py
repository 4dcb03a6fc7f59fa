"""Where the parcels of an order are: each with what its carrier noted, the newest first."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi import fulfilment, trade
from jishi.fulfilment.parcels import carriers
from jishi.fulfilment.parcels.views import Parcel
from jishi.fulfilment.tracking.views import ScanRow
from jishi.pages.words import Words
from jishi.trade.views import OrderPage
from jishi.web.asked import Asked, house, language_of
from jishi.web.person import find_own, shopper_of
from jishi.web.policy import VISITOR
from jishi.web.storefront.shown import show


class Scan(msgspec.Struct, frozen=True):
    """A scan in words."""

    at: datetime
    said: str
    place: str
    words: str


class Tracked(msgspec.Struct, frozen=True):
    """A parcel with its carrier's name, how it stands (empty while nobody knows), and its scans."""

    parcel: Parcel
    carrier: str
    said: str
    scans: list[Scan]


@get("/shops/{shop:str}/orders/{order:str}/logistics", opt=VISITOR)
async def logistics(request: Asked, shop: FromPath[str], order: FromPath[str]) -> Response[bytes]:
    """Show where the shopper's parcels are."""
    page = await find_own(request, trade.views.order, shop=shop, order=order)
    if page is None or page.delivery != "parcel":
        raise NotFoundException
    parcels = await tracked_of(request, page)
    if not parcels:
        raise NotFoundException
    return show(request, "logistics.html", {"page": page, "parcels": parcels})


async def tracked_of(asked: Asked, page: OrderPage) -> list[Tracked]:
    """Give the parcels of the shopper's own order, with what is known of each."""
    if page.delivery != "parcel":
        return []
    its = {"person": shopper_of(asked), "of_book": page.book, "order_id": page.order_id}
    parcels = await house(asked).market.look(fulfilment.parcels.views.parcels, **its)
    scans = await house(asked).market.look(fulfilment.tracking.views.scans, **its)
    return tracked(parcels, scans, house(asked).engine.words[language_of(asked)])


def tracked(parcels: Sequence[Parcel], scans: Sequence[ScanRow], words: Words) -> list[Tracked]:
    """Put what was noted beside the parcels; the newest scan says how one stands."""
    found = []
    for parcel in parcels:
        its = [each for each in scans if each.parcel == parcel.number]
        state = its[0].state if its else ""
        found.append(
            Tracked(
                parcel, carriers.name_of(parcel.carrier, is_english=words.is_english),
                state_said(state, words),
                [
                    Scan(each.scanned_at, state_said(each.state, words), each.place, each.words)
                    for each in its
                ],
            )
        )  # fmt: skip
    return found


def state_said(state: str, words: Words) -> str:
    """Say how a parcel stands."""
    _ = words.say
    return {
        "accepted": _("已揽收"),
        "in_transit": _("运输中"),
        "out_for_delivery": _("派送中"),
        "delivered": _("已签收"),
        "troubled": _("有问题"),
        "lost": _("已丢失"),
        "returned": _("已退回"),
    }.get(state, "")
