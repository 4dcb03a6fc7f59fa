"""Orders that are brought within their city: the queue, and sending one out with a courier."""

from uuid import uuid4

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi import fulfilment
from jishi.fulfilment.parcels import views as shipping
from jishi.fulfilment.parcels.views import OrderToShip
from jishi.fulfilment.same_city import views
from jishi.kernel import Refused
from jishi.pages.words import Words
from jishi.people import divisions
from jishi.web import couriers
from jishi.web.answer import notice, status_of
from jishi.web.asked import Asked, house, key_of, language_of, number, text
from jishi.web.console.frame import Tab, done, show_console
from jishi.web.console.shipping.pack import show_slip
from jishi.web.couriers import Courier
from jishi.web.member import staff_of
from jishi.web.policy import staff
from jishi.web.storefront.said import names_of_line

PATH = "/console/same-city"
ROWS = 50
STATES = {"": "paid", "out": "shipped"}
NOBODY = Courier("", "")


@get(PATH, opt=staff("shipping"))
async def queue(request: Asked) -> Response[bytes]:
    """Show what is to be brought, or what is on its way, a page at a time."""
    tab = "out" if request.query_params.get("tab") == "out" else ""
    found = await house(request).market.look(
        views.queue, book=staff_of(request).book, state=STATES[tab], orders_max=ROWS + 1,
        after=number(request.query_params.get("after", ""), 0),
    )  # fmt: skip
    shown = found[:ROWS]
    more = f"{PATH}?tab={tab}&after={shown[-1].order_id}" if len(found) > ROWS else ""
    page = {
        "rows": [(each, "".join(divisions.names_of(each.division)[-2:])) for each in shown],
        "tabs": tabs(tab, house(request).engine.words[language_of(request)]), "next": more,
    }  # fmt: skip
    return show_console(request, "console/same_city/list.html", page)


def tabs(here: str, words: Words) -> list[Tab]:
    """Give both lists."""
    _ = words.say
    return [
        Tab(PATH, _("待送出"), not here),
        Tab(f"{PATH}?tab=out", _("在路上"), here == "out"),
    ]


@get(f"{PATH}/{{order_id:int}}", opt=staff("shipping"))
async def order(request: Asked, order_id: FromPath[int]) -> Response[bytes]:
    """Show an order to whoever sends it out; where it goes is masked."""
    return await show_order(request, await find(request, order_id))


async def find(asked: Asked, order_id: int) -> OrderToShip:
    """Find an order of the shop that is brought."""
    found = await house(asked).market.look(
        shipping.order, book=staff_of(asked).book, order_id=order_id
    )
    if found is None or found.delivery != "same_city":
        raise NotFoundException
    return found


async def show_order(
    asked: Asked, page: OrderToShip, refused: Refused | None = None, filled: Courier = NOBODY
) -> Response[bytes]:
    """Show an order, and who brings it; after a refusal with the reason and what was filled in."""
    words, book = house(asked).engine.words[language_of(asked)], staff_of(asked).book
    brought = await house(asked).market.look(
        views.brought, book=book, of_book=book, order_id=page.order_id
    )
    courier = None
    if brought and brought.sealed:
        courier = couriers.unsealed(house(asked).secret, book, page.order_id, brought.sealed)
    shown = {
        "page": page, "key": str(uuid4()), "place": " ".join(divisions.names_of(page.division)),
        "names": [names_of_line(line, words) for line in page.lines],
        "brought": brought, "courier": courier, "filled": filled,
        "may_send": page.state in STATES.values() and not page.is_withheld,
        "may_see": page.state in fulfilment.MAY_SEE, "characters_max": couriers.NAME_CHARACTERS_MAX,
        "notice": notice(asked, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    return show_console(asked, "console/same_city/order.html", shown, status=status)


@post(f"{PATH}/{{order_id:int}}", opt=staff("shipping"), status_code=303)
async def send(request: Asked, order_id: FromPath[int]) -> Response[bytes]:
    """Send an order out with a courier, or note another one."""
    page, form, member = await find(request, order_id), await request.form(), staff_of(request)
    filled = Courier(text(form, "name").strip(), "".join(text(form, "phone").split()))
    if refused := couriers.reason_against(filled):
        return await show_order(request, page, refused, filled)
    seal = couriers.sealed(house(request).secret, member.book, order_id, filled)
    answer = await house(request).market.ask(
        fulfilment.SendOut(
            key=key_of(form), book=member.book, actor_id=member.staff_id, order_id=order_id,
            sealed=seal,
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        return await show_order(request, await find(request, order_id), answer, filled)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, f"{PATH}/{order_id}", _("已送出，买家看得到配送员的电话。"))


@post(f"{PATH}/{{order_id:int}}/slip", opt=staff("shipping"), status_code=200)
async def slip(request: Asked, order_id: FromPath[int]) -> Response[bytes]:
    """Show where an order goes, to be printed; that somebody saw it is written down."""
    return await show_slip(request, await find(request, order_id), show_order, PATH)
