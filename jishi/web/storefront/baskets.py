"""What a form or a cart names, as it stands now: read once, for the cart and for the checkout."""

from collections.abc import Sequence

from litestar.datastructures import FormMultiDict

from jishi import trade
from jishi.kernel import MARKET
from jishi.trade import CartLine
from jishi.trade.baskets import BasketLine, lines_of
from jishi.trade.carts import CART_LINES_MAX
from jishi.trade.freight_rules import Freight
from jishi.web.asked import Asked, house, number, text
from jishi.web.person import shopper_of


async def lines_in_cart(asked: Asked) -> list[BasketLine]:
    """Give what the reader has in his cart, as it stands now."""
    holder, market = shopper_of(asked), house(asked).market
    if not holder:
        return []
    rows = await market.look(trade.views.cart, person=holder, of_book=MARKET, holder_id=holder)
    wanted = [
        CartLine(row.shop_book, row.sku_id, row.quantity, row.seen_fen, row.is_chosen)
        for row in rows
    ]
    return await as_they_stand(asked, wanted)


async def as_they_stand(asked: Asked, wanted: Sequence[CartLine]) -> list[BasketLine]:
    """Give lines as they stand now."""
    offers = await house(asked).market.look(
        trade.views.offers,
        books=[line.shop_book for line in wanted],
        sku_ids=[line.sku_id for line in wanted],
    )
    return lines_of(wanted, offers)


async def freights_of(asked: Asked, lines: Sequence[BasketLine]) -> dict[int, Freight]:
    """Give how the shops of these lines charge for delivery."""
    books = sorted({line.offer.of_book for line in lines})
    found = await house(asked).market.look(trade.views.freights, books=books)
    return {each.of_book: Freight(each.charged_by, each.zones) for each in found}


def lines_of_form(form: FormMultiDict) -> list[CartLine]:
    """Read the numbered lines of a form; the first number that is missing ends them."""
    lines = []
    for at in range(CART_LINES_MAX):
        if f"sku{at}" not in form:
            break
        line = CartLine(
            shop_book=number(text(form, f"book{at}"), 0),
            sku_id=number(text(form, f"sku{at}"), 0),
            quantity=number(text(form, f"quantity{at}"), -1),
            seen_fen=number(text(form, f"seen{at}"), -1),
            is_chosen=text(form, f"chosen{at}") != "0",
        )
        lines.append(line)
    return lines
