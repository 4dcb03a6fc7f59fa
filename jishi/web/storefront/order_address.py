"""Where an order goes, changed by its buyer while it is paid and nothing of it was sent."""

from urllib.parse import quote
from uuid import uuid4

from litestar import Response, get, post
from litestar.params import FromPath

from jishi import trade
from jishi.kernel import Refused
from jishi.trade.views import OrderPage
from jishi.web.answer import go_to, notice, status_of
from jishi.web.asked import Asked, house, key_of, number, text
from jishi.web.person import need_person, person_of
from jishi.web.policy import VISITOR
from jishi.web.storefront.addresses import kept
from jishi.web.storefront.orders import find_order
from jishi.web.storefront.shown import show
from jishi.web.visitor import token


@get("/shops/{shop:str}/orders/{order:str}/address", opt=VISITOR)
async def order_address(
    request: Asked, shop: FromPath[str], order: FromPath[str]
) -> Response[bytes]:
    """Show the buyer his addresses, to choose where the order goes."""
    page = await find_order(request, shop, order)
    path = f"/shops/{page.shop}/orders/{page.order}"
    if sent := need_person(request, f"{path}/address"):
        return sent
    return await show_choice(request, page)


async def show_choice(
    asked: Asked, page: OrderPage, refused: Refused | None = None
) -> Response[bytes]:
    """Show the choice; after a refusal with the reason."""
    answer, path = token(asked), f"/shops/{page.shop}/orders/{page.order}"
    shown = {
        "path": path,
        "addresses": await kept(asked),
        "chosen": number(asked.query_params.get("to", ""), page.address_id),
        "new": f"/addresses/new?back={quote(f'{path}/address?to=', safe='')}",
        "key": str(uuid4()),
        "token": answer.value,
        "notice": notice(asked, refused) if refused else None,
    }
    status = status_of(refused) if refused else 200
    return show(asked, "order_address.html", shown, status=status, cookies=answer.cookies)


@post("/shops/{shop:str}/orders/{order:str}/address", opt=VISITOR, status_code=303)
async def change_address(
    request: Asked, shop: FromPath[str], order: FromPath[str]
) -> Response[bytes]:
    """Have the order sent to another of the buyer's own addresses."""
    page, form = await find_order(request, shop, order), await request.form()
    path, person = f"/shops/{page.shop}/orders/{page.order}", person_of(request)
    if sent := need_person(request, f"{path}/address"):
        return sent
    wanted = number(text(form, "address_id"), 0)
    chosen = next((each for each in await kept(request) if each.address_id == wanted), None)
    if chosen is None:
        return await show_choice(request, page, Refused("address_unknown"))
    answer = await house(request).market.ask(
        trade.ChangeAddress(
            key=key_of(form), book=page.book, actor_id=person, order_id=page.order_id,
            address_id=chosen.address_id, division=chosen.division,
        )
    )  # fmt: skip
    return await show_choice(request, page, answer) if isinstance(answer, Refused) else go_to(path)
