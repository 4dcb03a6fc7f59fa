"""An order to be packed: what is left of it, where it goes, and the parcels it went in."""

from collections.abc import Awaitable, Callable
from uuid import uuid4

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi import fulfilment, people
from jishi.fulfilment import Packed
from jishi.fulfilment.parcels import carriers
from jishi.fulfilment.parcels import views as shipping
from jishi.fulfilment.parcels.views import OrderToShip
from jishi.fulfilment.tracking import views as tracking
from jishi.kernel import Refused
from jishi.people import divisions
from jishi.web.answer import notice, status_of
from jishi.web.asked import Asked, house, key_of, language_of, number, text
from jishi.web.console.frame import done, show_console
from jishi.web.member import staff_of
from jishi.web.policy import staff
from jishi.web.storefront.logistics import tracked
from jishi.web.storefront.said import names_of_line


@get("/console/shipping/{order_id:int}", opt=staff("shipping"))
async def pack(request: Asked, order_id: FromPath[int]) -> Response[bytes]:
    """Show an order to whoever packs it; where it goes is masked."""
    return await show_pack(request, await find(request, order_id))


async def find(asked: Asked, order_id: int) -> OrderToShip:
    """Find an order of the shop that goes by parcel."""
    found = await house(asked).market.look(
        shipping.order, book=staff_of(asked).book, order_id=order_id
    )
    if found is None or found.delivery != "parcel":
        raise NotFoundException
    return found


async def show_pack(
    asked: Asked, page: OrderToShip, refused: Refused | None = None
) -> Response[bytes]:
    """Show an order with its parcels; after a refusal with the reason."""
    words = house(asked).engine.words[language_of(asked)]
    book, market = staff_of(asked).book, house(asked).market
    its = {"book": book, "of_book": book, "order_id": page.order_id}
    parcels = await market.look(shipping.parcels, **its)
    scans = await market.look(tracking.scans, **its)
    shown = {
        "page": page, "key": str(uuid4()), "place": " ".join(divisions.names_of(page.division)),
        "names": [names_of_line(line, words) for line in page.lines],
        "left": sum(line.left for line in page.lines),
        "may_ship": page.state in {"paid", "partly_shipped"} and not page.is_withheld,
        "may_correct": page.state in {"partly_shipped", "shipped"},
        "may_see": page.state in fulfilment.MAY_SEE,
        "parcels": tracked(parcels, scans, words),
        "carriers": [
            (code, names[words.is_english]) for code, names in carriers.CARRIERS.items()
        ],
        "notice": notice(asked, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    return show_console(asked, "console/shipping/pack.html", shown, status=status)


@post("/console/shipping/{order_id:int}/parcels", opt=staff("shipping"), status_code=303)
async def ship(request: Asked, order_id: FromPath[int]) -> Response[bytes]:
    """Tell of a parcel, once for each form."""
    page, form = await find(request, order_id), await request.form()
    member = staff_of(request)
    answer = await house(request).market.ask(
        fulfilment.ShipParcel(
            key=key_of(form), book=member.book, actor_id=member.staff_id, order_id=order_id,
            lines=packed_of(form, page), carrier=text(form, "carrier"),
            tracking_number=text(form, "tracking_number").strip(),
            seen_address_id=number(text(form, "address_id"), 0),
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        return await show_pack(request, await find(request, order_id), answer)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, f"/console/shipping/{order_id}", _("已发货，买家看得到单号了。"))


def packed_of(form: FormMultiDict, page: OrderToShip) -> tuple[Packed, ...]:
    """Read how many of each line are in the parcel; what is left empty or zero is not."""
    units = [(line.position, number(text(form, f"n{line.position}"), 0)) for line in page.lines]
    return tuple(Packed(position, quantity) for position, quantity in units if quantity)


@post("/console/shipping/{order_id:int}/corrections", opt=staff("shipping"), status_code=303)
async def correct(request: Asked, order_id: FromPath[int]) -> Response[bytes]:
    """Tell the right number of a parcel."""
    page, form = await find(request, order_id), await request.form()
    member = staff_of(request)
    answer = await house(request).market.ask(
        fulfilment.CorrectParcel(
            key=key_of(form), book=member.book, actor_id=member.staff_id,
            parcel=number(text(form, "parcel"), 0), carrier=text(form, "carrier"),
            tracking_number=text(form, "tracking_number").strip(),
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        return await show_pack(request, page, answer)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, f"/console/shipping/{order_id}", _("单号已更正。"))


@post("/console/shipping/{order_id:int}/slip", opt=staff("shipping"), status_code=200)
async def slip(request: Asked, order_id: FromPath[int]) -> Response[bytes]:
    """Show where a parcel goes, to be packed or printed; that somebody saw it is written down."""
    return await show_slip(request, await find(request, order_id), show_pack)


async def show_slip(
    request: Asked, page: OrderToShip,
    otherwise: Callable[[Asked, OrderToShip, Refused], Awaitable[Response[bytes]]],
    back: str = "/console/shipping",
) -> Response[bytes]:  # fmt: skip
    """Show where an order goes, or its page with the reason why not."""
    member = staff_of(request)
    answer = await house(request).market.ask(
        fulfilment.UnmaskAddress(
            key=uuid4(), book=member.book, actor_id=member.staff_id, order_id=page.order_id
        )
    )
    if isinstance(answer, Refused):
        return await otherwise(request, page, answer)
    its_house = house(request)
    words = its_house.engine.words[language_of(request)]
    address = await people.address(
        its_house.market, its_house.secret, page.buyer_id, page.address_id
    )
    shown = {
        "page": page, "address": address, "back": f"{back}/{page.order_id}",
        "names": [names_of_line(line, words) for line in page.lines],
    }  # fmt: skip
    return show_console(request, "console/shipping/slip.html", shown)
