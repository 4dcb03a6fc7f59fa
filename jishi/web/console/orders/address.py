"""Where an order goes, changed at the desk for a buyer who asked: he sees it, and who did it."""

from uuid import UUID, uuid4, uuid5

from litestar import Response, get, post
from litestar.params import FromPath

from jishi import people, trade
from jishi.kernel import Refused
from jishi.people import Written
from jishi.people.pasted import PASTED_CHARACTERS_MAX, read_pasted
from jishi.trade.views import OrderPage
from jishi.web.answer import notice, status_of
from jishi.web.asked import Asked, house, key_of, language_of, text
from jishi.web.console.frame import done, show_console
from jishi.web.console.orders.page import find_order
from jishi.web.member import staff_of
from jishi.web.policy import staff


@get("/console/orders/{order:str}/address", opt=staff("orders"))
async def order_address(request: Asked, order: FromPath[str]) -> Response[bytes]:
    """Show the field for another address; the one that holds is not shown."""
    page, _facts = await find_order(request, order)
    return show_form(request, page, "")


def show_form(
    asked: Asked, page: OrderPage, written: str, refused: Refused | None = None
) -> Response[bytes]:
    """Show the form; after a refusal with the reason, and with what was written."""
    shown = {
        "page": page, "written": written, "characters_max": PASTED_CHARACTERS_MAX,
        "key": str(uuid4()), "notice": notice(asked, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    return show_console(asked, "console/orders/address.html", shown, status=status)


@post("/console/orders/{order:str}/address", opt=staff("orders"), status_code=303)
async def change_address(request: Asked, order: FromPath[str]) -> Response[bytes]:
    """Have the order sent to what was written."""
    page, _facts = await find_order(request, order)
    form = await request.form()
    typed = text(form, "written")[:PASTED_CHARACTERS_MAX]
    refused = await change(request, page, read_pasted(typed), key_of(form))
    if refused:
        return show_form(request, page, typed, refused)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, f"/console/orders/{order}", _("收货地址改好了，买家看得到。"))


async def change(asked: Asked, page: OrderPage, written: Written, key: UUID) -> Refused | None:
    """Keep the address for this order alone, and have it sent there.

    It is sealed with the buyer's own key, and on none of his lists.
    """
    the_house, member = house(asked), staff_of(asked)
    saved = await people.write_address(
        the_house.market, the_house.secret, uuid5(key, "address"), page.buyer_id, written
    )
    if isinstance(saved, Refused):
        return saved
    answer = await the_house.market.ask(
        trade.ChangeAddress(
            key=key, book=page.book, actor_id=member.staff_id, order_id=page.order_id,
            address_id=saved.subject_id, division=written.division, is_by_shop=True,
        )
    )  # fmt: skip
    await the_house.market.ask(
        people.RemoveAddress(
            key=uuid5(key, "removal"), book=people.book_of(page.buyer_id), actor_id=page.buyer_id,
            address_id=saved.subject_id,
        )
    )  # fmt: skip
    return answer if isinstance(answer, Refused) else None
