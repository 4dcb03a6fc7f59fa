"""Before an order is placed: what exactly, for how much, and what happens then."""

from uuid import uuid4

from litestar import Response, get
from litestar.params import FromPath

from jishi.goods.views import ProductPage, Sku
from jishi.kernel import Refused
from jishi.trade.rules import PAY_WITHIN, QUANTITY_MAX, REMARK_CHARACTERS_MAX
from jishi.web.answer import notice, show, status_of
from jishi.web.asked import Asked, house, language_of, number
from jishi.web.policy import PUBLIC
from jishi.web.storefront.choices import names_of, resolve, wanted_of
from jishi.web.storefront.product import find_product, show_product
from jishi.web.visitor import token


@get("/shops/{shop:str}/checkout", opt=PUBLIC)
async def checkout(request: Asked, shop: FromPath[str]) -> Response[bytes]:
    """Show what would be ordered, or the product again with the reason why not."""
    query = request.query_params
    page = await find_product(request, shop, query.get("product", ""))
    wanted = wanted_of(query, len(page.option_names))
    quantity = number(query.get("quantity", "1"), 0)
    sku = resolve(page.skus, wanted)
    if refused := reason_against(page, sku, quantity):
        quantity = max(1, min(quantity, QUANTITY_MAX))
        return show_product(request, page, wanted=wanted, quantity=quantity, refused=refused)
    assert sku is not None
    return show_checkout(request, page, sku, quantity=quantity)


def reason_against(page: ProductPage, sku: Sku | None, quantity: int) -> Refused | None:
    """Give the reason why this cannot be ordered as things stand, or none."""
    if not page.is_live:
        return Refused("not_for_sale")
    if not 1 <= quantity <= QUANTITY_MAX:
        return Refused("quantity_out_of_bounds", {"quantity_max": QUANTITY_MAX})
    if sku is None or sku.free < quantity:
        return Refused("out_of_stock")
    return None


def show_checkout(  # noqa: PLR0913 - what the form held, each by its name
    request: Asked,
    page: ProductPage,
    sku: Sku,
    *,
    quantity: int,
    remark: str = "",
    key: str = "",
    old_fen: int = 0,
    refused: Refused | None = None,
) -> Response[bytes]:
    """Show the form that places the order. Its key makes two taps one order."""
    answer = token(request)
    words = house(request).engine.words[language_of(request)]
    shown = {
        "page": page,
        "sku": sku,
        "options": names_of(sku, words),
        "picture": next((picture for picture in page.pictures if picture.digest), None),
        "quantity": quantity,
        "old_fen": old_fen,
        "total_fen": quantity * sku.price_fen,
        "remark": remark,
        "remark_max": REMARK_CHARACTERS_MAX,
        "minutes": int(PAY_WITHIN.total_seconds() // 60),
        "key": key or str(uuid4()),
        "token": answer.value,
        "notice": notice(request, refused) if refused else None,
    }
    status = status_of(refused) if refused else 200
    return show(request, "checkout.html", shown, status=status, cookies=answer.cookies)
