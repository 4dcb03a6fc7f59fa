"""The cart: what is in it, shop by shop, what changed, and what it comes to."""

from collections.abc import Sequence
from uuid import uuid4

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath

from jishi import trade
from jishi.evidence import Sight
from jishi.kernel import MARKET, Answer, Refused
from jishi.trade import CartLine
from jishi.trade.baskets import BasketLine, Part, parts_of
from jishi.trade.carts import CART_LINES_MAX
from jishi.web.answer import CART, go_to, notice, status_of
from jishi.web.asked import Asked, house, number, text
from jishi.web.person import shopper_or_new
from jishi.web.policy import OPEN_FORM, VISITOR
from jishi.web.storefront.baskets import freights_of, lines_in_cart, lines_of_form
from jishi.web.storefront.checkout import reason_against
from jishi.web.storefront.choices import resolve, wanted_of
from jishi.web.storefront.product import find_product, show_product
from jishi.web.storefront.shown import show
from jishi.web.visitor import YEAR_SECONDS, cookie, token
from jishi.web.visits import saw

GONE = {"not_for_sale", "sold_out"}
"""Troubles of lines that nothing can be done about: they are shown apart."""


@post("/shops/{shop:str}/cart", opt=OPEN_FORM, status_code=303)
async def put(request: Asked, shop: FromPath[str]) -> Response[bytes]:
    """Put what was chosen on a product's page in the cart; a refusal shows that page again."""
    form = await request.form()
    page = await find_product(request, shop, text(form, "product"))
    fields = {name: text(form, name) for name in form}
    wanted = wanted_of(fields, len(page.option_names))
    quantity = number(fields.get("quantity", ""), 0)
    sku = resolve(page.skus, wanted)
    answer: Answer | None = reason_against(page, sku, quantity)
    cookies: list[Cookie] = []
    if answer is None and sku is not None:
        holder, cookies = await shopper_or_new(request)
        answer = await house(request).market.ask(
            trade.PutInCart(
                key=uuid4(), book=MARKET, actor_id=holder,
                line=CartLine(page.book, sku.sku_id, quantity, sku.price_fen),
            )
        )  # fmt: skip
    if isinstance(answer, Refused):
        return show_product(request, page, wanted=wanted, quantity=max(1, quantity),
                            refused=answer)  # fmt: skip
    assert isinstance(answer, trade.PutIntoCart)
    sight = Sight(
        type="cart.add", object_type="product", book=page.book, object_id=page.product_id,
        quantity=quantity,
    )  # fmt: skip
    saw(request, sight, guest=answer.subject_id)
    counted = [*cookies, counting(request, answer.lines_count)]
    return go_to(f"/shops/{shop}/products/{page.product}?put=1", counted)


def counting(asked: Asked, lines_count: int) -> Cookie:
    """Give the cookie with the number in the tab bar."""
    return cookie(asked, CART, str(lines_count), YEAR_SECONDS)


@get("/cart", opt=VISITOR)
async def cart(request: Asked) -> Response[bytes]:
    """Show the cart."""
    gone = number(request.query_params.get("gone", ""), -1)
    return await show_cart(request, gone=gone if gone <= CART_LINES_MAX else -1)


async def show_cart(
    request: Asked, *, refused: Refused | None = None, gone: int = -1
) -> Response[bytes]:
    """Show the cart by shop, with what changed and what cannot be ordered any more.

    `gone` is how many lines of an order were put in again in vain; -1 where none was.
    """
    lines = await lines_in_cart(request)
    answer = token(request)
    numbers = {id(line): at for at, line in enumerate(lines)}
    good = [line for line in lines if line.trouble not in GONE]
    parts = parts_of(good, await freights_of(request, good), {})
    wanted = [line for line in lines if line.is_wanted]
    page = {
        "parts": [
            {"part": part, "rows": [(numbers[id(line)], line) for line in part.lines],
             "is_chosen": are_chosen(part.lines)}
            for part in parts
        ],
        "gone": [(numbers[id(line)], line) for line in lines if line.trouble in GONE],
        "has_changes": any(line.seen_fen != line.offer.price_fen for line in good),
        "is_all_chosen": are_chosen(good),
        "total_fen": total_of(parts),
        "pieces": sum(line.quantity for line in wanted),
        "again": gone,
        "token": answer.value,
        "tab": "cart",
        "cart_count": len(lines),
        "notice": notice(request, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    cookies = [*answer.cookies, counting(request, len(lines))] if lines else answer.cookies
    return show(request, "cart.html", page, status=status, cookies=cookies)


def are_chosen(lines: Sequence[BasketLine]) -> bool:
    """Tell whether all that can be ordered is chosen."""
    able = [line for line in lines if not line.trouble]
    return bool(able) and all(line.is_chosen for line in able)


def total_of(parts: Sequence[Part]) -> int:
    """Give what the goods come to, without freight."""
    return sum(part.quote.goods_fen - part.quote.discount_fen for part in parts)


@post("/cart", opt=VISITOR, status_code=303)
async def change(request: Asked) -> Response[bytes]:
    """Change the cart as its form says, and by the button that was pressed; then show it."""
    form = await request.form()
    deed, _, what = text(form, "do").partition(".")
    holder, _cookies = await shopper_or_new(request)
    lines = tuple(
        after(at, line, deed, number(what, -1)) for at, line in enumerate(lines_of_form(form))
    )
    if not lines:
        return go_to("/cart")
    asked = trade.ChangeCart(key=uuid4(), book=MARKET, actor_id=holder, lines=lines)
    answer = await house(request).market.ask(asked)
    if isinstance(answer, Refused):
        return await show_cart(request, refused=answer)
    assert isinstance(answer, trade.CartChanged)
    path = "/checkout" if deed == "checkout" else "/cart"
    return go_to(path, [counting(request, answer.lines_count)])


def after(at: int, line: CartLine, deed: str, what: int) -> CartLine:
    """Give a line as the pressed button leaves it.

    `more`, `less`, `drop` and `choose` name a line by its number, `shop` and `leave` a shop by its
    book; `all` and `none` are about every line.
    """
    quantity, is_chosen = line.quantity, line.is_chosen
    if at == what and deed in {"more", "less", "drop"}:
        quantity = max(0, {"more": quantity + 1, "less": quantity - 1, "drop": 0}[deed])
    if at == what and deed == "choose":
        is_chosen = not is_chosen
    if line.shop_book == what and deed in {"shop", "leave"}:
        is_chosen = deed == "shop"
    if deed in {"all", "none"}:
        is_chosen = deed == "all"
    return CartLine(line.shop_book, line.sku_id, quantity, line.seen_fen, is_chosen)
