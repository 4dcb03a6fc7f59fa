"""Placing orders: what the form says, one order a shop; a refusal shows what can be done."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from litestar import Response, post
from litestar.datastructures import FormMultiDict
from litestar.exceptions import ValidationException

from jishi import trade
from jishi.kernel import MARKET, new_id, new_public_id
from jishi.trade import CartLine, NotPurchased
from jishi.trade.baskets import BasketLine
from jishi.trade.rules import SHOPS_MAX
from jishi.web.answer import go_to
from jishi.web.asked import Asked, house, key_of, number, text
from jishi.web.person import shopper_or_new
from jishi.web.policy import VISITOR
from jishi.web.storefront import bringing, pickup_stores
from jishi.web.storefront.baskets import as_they_stand, lines_in_cart, lines_of_form
from jishi.web.storefront.cart import counting, show_cart
from jishi.web.storefront.checkout import Filled, Way, destinations_of, show_checkout, way_of
from jishi.web.storefront.product import find_product, show_product
from jishi.web.visits import ordered

GONE = {"out_of_stock", "not_for_sale"}


@post("/checkout", opt=VISITOR, status_code=303)
async def place(request: Asked) -> Response[bytes]:
    """Place one order a shop, all or none, then send the shopper to what he ordered."""
    form = await request.form()
    key, wanted = key_of(form), lines_of_form(form)
    lines = await as_they_stand(request, wanted)
    shopper, cookies = await shopper_or_new(request)
    way = await way_of(request, text(form, "to"))
    stores = await stores_for(request, form, lines, way)
    terms = await bringing.terms_of(request, lines, way.address)
    brought = bringing.brought_of(lambda name: text(form, name), lines, terms)
    asked = requests_of(form, shopper, wanted, destinations_of(lines, way, stores, brought))
    if not asked:
        raise ValidationException
    answer = await trade.place_all(house(request).market, key, asked)
    if isinstance(answer, NotPurchased):
        return await show_refused(request, form, lines, way, answer)
    books = [each.book for each in asked]
    ordered(request, zip(books, (each.subject_id for each in answer.orders), strict=True), shopper)
    if not text(form, "product"):
        cookies = [*cookies, counting(request, await taken_out(request, shopper, key, wanted))]
    if answer.purchase:
        return go_to(f"/purchases/{answer.purchase}", cookies)
    shop = next(line.offer.shop for line in lines)
    return go_to(f"/shops/{shop}/orders/{answer.orders[0].public_id}", cookies)


async def stores_for(
    request: Asked, form: FormMultiDict, lines: list[BasketLine], way: Way
) -> dict[int, int]:
    """Give the store where each shop's goods are picked up, as the form says."""
    if way.address:
        return {}
    stores = await pickup_stores.stores_of(request, lines)
    return pickup_stores.chosen_of(stores, lines, said_stores(form, lines))


def said_stores(form: FormMultiDict, lines: list[BasketLine]) -> dict[int, int]:
    """Read the store that was chosen for each shop, by its book; the shops are in their order."""
    books = dict.fromkeys(line.offer.of_book for line in lines)
    return {book: number(text(form, f"store{at}"), 0) for at, book in enumerate(books)}


def requests_of(
    form: FormMultiDict,
    shopper: int,
    wanted: list[CartLine],
    destinations: Mapping[int, trade.Destination],
) -> list[trade.PlaceOrder]:
    """Give one order a shop, as the form says; what the form does not know is not guessed."""
    by_shop: dict[int, list[CartLine]] = defaultdict(list)
    for line in wanted:
        by_shop[line.shop_book].append(line)
    return [
        trade.PlaceOrder(
            key=UUID(int=0),
            book=book,
            actor_id=shopper,
            order_id=new_id(),
            public_id=new_public_id(),
            lines=tuple(trade.Line(each.sku_id, each.quantity, each.seen_fen) for each in of_shop),
            # Of a shop that is not there all lines are refused, wherever they would go.
            destination=destinations.get(book) or trade.Destination("pickup", store_id=1),
            seen_freight_fen=number(text(form, f"freight{at}"), -1),
            remark=text(form, f"remark{at}"),
            confirmed=text(form, "confirmed") == "1",
        )
        for at, (book, of_shop) in enumerate(by_shop.items())
    ]


async def taken_out(request: Asked, shopper: int, key: UUID, wanted: list[CartLine]) -> int:
    """Take what was ordered out of the cart; give how many lines are left in it."""
    gone = tuple(CartLine(line.shop_book, line.sku_id, 0, 0) for line in wanted)
    answer = await house(request).market.ask(
        trade.ChangeCart(key=key, book=MARKET, actor_id=shopper, lines=gone)
    )
    if isinstance(answer, trade.CartChanged):
        return answer.lines_count
    return len(await lines_in_cart(request))


async def show_refused(
    request: Asked, form: FormMultiDict, lines: list[BasketLine], way: Way, answer: NotPurchased
) -> Response[bytes]:
    """Show why there is no order: the form as it was filled in, or where it came from."""
    refused, product = answer.refused, text(form, "product")
    # What one store has no more another one may have: the checkout offers it.
    is_elsewhere = way.address is None and not any(line.trouble for line in lines)
    if not lines or (refused.reason in GONE and not is_elsewhere):
        if not product:
            return await show_cart(request, refused=refused)
        page = await find_product(request, text(form, "shop"), product)
        skus = [sku for sku in page.skus if sku.sku_id in {each.offer.sku_id for each in lines}]
        return show_product(
            request, page, wanted=skus[0].options if skus else (),
            quantity=number(text(form, "quantity0"), 1), refused=refused,
        )  # fmt: skip
    filled = Filled(
        key="" if refused.is_final else text(form, "key"),
        remarks=[text(form, f"remark{at}") for at in range(SHOPS_MAX)],
        freights=[number(text(form, f"freight{at}"), -1) for at in range(SHOPS_MAX)],
        stores={} if refused.reason in GONE else said_stores(form, lines),
        ways={f"by{at}": text(form, f"by{at}") for at in range(SHOPS_MAX)},
    )
    return await show_checkout(request, lines, way, product=product, filled=filled, refused=refused)
