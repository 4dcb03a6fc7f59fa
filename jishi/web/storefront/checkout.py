"""Before an order is placed: what exactly, where it goes, for how much, and what happens then."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote, urlencode
from uuid import uuid4

import msgspec
from litestar import Response, get
from litestar.params import FromPath

from jishi import money
from jishi.goods.views import ProductPage, Sku
from jishi.kernel import Refused
from jishi.people import Address
from jishi.trade import CartLine, Destination
from jishi.trade.baskets import BasketLine, Part, parts_of
from jishi.trade.rules import PAY_WITHIN, QUANTITY_MAX, REMARK_CHARACTERS_MAX
from jishi.web.answer import go_to, notice, status_of
from jishi.web.asked import Asked, house, language_of, number
from jishi.web.person import person_of
from jishi.web.policy import VISITOR
from jishi.web.storefront import bringing, pickup_stores
from jishi.web.storefront.addresses import kept as kept_addresses
from jishi.web.storefront.baskets import as_they_stand, freights_of, lines_in_cart
from jishi.web.storefront.bringing import Bringing
from jishi.web.storefront.choices import resolve, wanted_of
from jishi.web.storefront.pickup_stores import PickupStore
from jishi.web.storefront.product import find_product, show_product
from jishi.web.storefront.shown import show
from jishi.web.storefront.sign_in_wechat import silent_way
from jishi.web.visitor import token

PICKUP = "pickup"


class Filled(NamedTuple):
    """What the form held: its key, and each shop's remark, freight, store, and way by its field."""

    key: str = ""
    remarks: Sequence[str] = ()
    freights: Sequence[int] = ()
    stores: Mapping[int, int] = {}
    ways: Mapping[str, str] = {}


@get("/shops/{shop:str}/checkout", opt=VISITOR)
async def checkout(request: Asked, shop: FromPath[str]) -> Response[bytes]:
    """Show what would be ordered, or the product again with the reason why not."""
    if silent := await silent_way(request):
        return silent
    query = request.query_params
    page = await find_product(request, shop, query.get("product", ""))
    wanted = wanted_of(query, len(page.option_names))
    quantity = number(query.get("quantity", "1"), 0)
    sku = resolve(page.skus, wanted)
    if refused := reason_against(page, sku, quantity):
        quantity = max(1, min(quantity, QUANTITY_MAX))
        return show_product(request, page, wanted=wanted, quantity=quantity, refused=refused)
    assert sku is not None
    line = CartLine(page.book, sku.sku_id, quantity, sku.price_fen)
    lines = await as_they_stand(request, [line])
    way = await way_of(request, query.get("to", ""))
    return await show_checkout(request, lines, way, product=page.product)


def reason_against(page: ProductPage, sku: Sku | None, quantity: int) -> Refused | None:
    """Give the reason why this cannot be ordered as things stand, or none."""
    if not page.is_live:
        return Refused("not_for_sale")
    if not 1 <= quantity <= QUANTITY_MAX:
        return Refused("quantity_out_of_bounds", {"quantity_max": QUANTITY_MAX})
    if sku is None or sku.free < quantity:
        return Refused("out_of_stock")
    return None


@get("/checkout", opt=VISITOR)
async def cart_checkout(request: Asked) -> Response[bytes]:
    """Show what is chosen in the cart and would be ordered; with nothing chosen, the cart."""
    if silent := await silent_way(request):
        return silent
    lines = [line for line in await lines_in_cart(request) if line.is_wanted]
    if not lines:
        return go_to("/cart")
    return await show_checkout(
        request, lines, await way_of(request, request.query_params.get("to", ""))
    )


class Way(msgspec.Struct, frozen=True):
    """How the goods go: to an address of the person's, or, without one, to be collected."""

    address: Address | None
    addresses: Sequence[Address]


async def way_of(asked: Asked, to: str) -> Way:
    """Read how the goods shall go: `pickup`, or an address by its id; first to the default one."""
    kept = await kept_addresses(asked)
    if to == PICKUP or not kept:
        return Way(None, kept)
    return Way(next((each for each in kept if str(each.address_id) == to), kept[0]), kept)


def destinations_of(
    lines: Sequence[BasketLine], way: Way, stores: Mapping[int, int], brought: set[int]
) -> dict[int, Destination]:
    """Give where each shop's goods go: to the address, sent or brought, or to its store."""
    books, to = {line.offer.of_book for line in lines}, way.address
    if to is None:
        return {each: Destination("pickup", store_id=stores[each]) for each in books & set(stores)}
    return {
        book: Destination(
            bringing.SAME_CITY if book in brought else "parcel", address_id=to.address_id,
            division=to.division,
        )
        for book in books
    }  # fmt: skip


async def show_checkout(  # noqa: PLR0913 - three of them have their name at the call
    request: Asked, lines: Sequence[BasketLine], way: Way, *, product: str = "",
    filled: Filled | None = None, refused: Refused | None = None,
) -> Response[bytes]:  # fmt: skip
    """Show the form that places the orders. Its key makes two taps one order.

    `product` is where it was bought from; without one, it was the cart.
    """
    held, answer = filled or Filled(), token(request)
    words = house(request).engine.words[language_of(request)]
    numbers = {id(line): at for at, line in enumerate(lines)}
    to = again(request, lines, product)
    said = held.ways if filled else request.query_params
    parts, offered, ways = await planned(
        request, lines, way, again=to, wanted=held.stores, said=said
    )
    shown = {
        "parts": [shown_part(at, part, numbers, held) for at, part in enumerate(parts)],
        "ways": ways,
        "stores": offered,
        "nowhere": [not is_anywhere(each) for each in offered],
        "offer": lines[0].offer,
        "product": product,
        "total_fen": sum(part.quote.total_fen for part in parts),
        "exceptions": [
            words.pick(line.offer.title, line.offer.title_en)
            for line in lines
            if line.offer.needs_confirmation
        ],
        "unpayable": (unpayable := await unpayable_of(parts)),
        "may_order": all(part.is_delivered for part in parts)
        and not unpayable
        and (way.address is not None or all(map(is_anywhere, offered)))
        and not any(each and each.is_chosen and each.missing_fen for each in ways),
        "remark_max": REMARK_CHARACTERS_MAX,
        "minutes": int(PAY_WITHIN.total_seconds() // 60),
        "key": held.key or str(uuid4()),
        "way": way,
        "is_guest": not person_of(request),
        "again": to,
        "new_address": f"/addresses/new?back={quote(f'{to}to=', safe='')}",
        "token": answer.value,
        "notice": notice(request, refused) if refused else None,
    }
    status = status_of(refused) if refused else 200
    return show(request, "checkout.html", shown, status=status, cookies=answer.cookies)


class Plan(NamedTuple):
    """What the orders would be, shop by shop: what is ordered, from which stores, in which ways."""

    parts: list[Part]
    stores: list[list[PickupStore]]
    ways: list[Bringing | None]


async def planned(  # noqa: PLR0913 - each is another thing that is chosen
    asked: Asked, lines: Sequence[BasketLine], way: Way, *, again: str,
    wanted: Mapping[int, int], said: Mapping[str, str],
) -> Plan:  # fmt: skip
    """Read where goods may go, and what that costs."""
    words = house(asked).engine.words[language_of(asked)]
    stores = {} if way.address else await pickup_stores.stores_of(asked, lines)
    chosen = pickup_stores.chosen_of(stores, lines, wanted)
    terms = await bringing.terms_of(asked, lines, way.address)
    brought = bringing.brought_of(lambda name: said.get(name, ""), lines, terms)
    freights = bringing.with_brought(await freights_of(asked, lines), brought, terms)
    parts = parts_of(lines, freights, destinations_of(lines, way, chosen, brought))
    books = [part.offer.of_book for part in parts]
    offered = [
        pickup_stores.shown(stores.get(book, ()), part.lines, chosen.get(book, 0), words)
        for book, part in zip(books, parts, strict=True)
    ]
    ways = bringing.shown(parts, terms, brought, way.address, again) if way.address else []
    return Plan(parts, offered, ways)


def is_anywhere(stores: Sequence[PickupStore]) -> bool:
    """Tell whether one of the stores has everything."""
    return any(not each.lacking for each in stores)


async def unpayable_of(parts: Sequence[Part]) -> set[int]:
    """Give the books of shops that nobody can pay, while others can be paid here."""
    if await money.gateway.ready() is None:
        return set()
    books = {part.offer.of_book for part in parts}
    return {book for book in books if not await money.gateway.payee(book)}


def again(asked: Asked, lines: Sequence[BasketLine], product: str) -> str:
    """Give the address of this page, to which how the goods go is added."""
    if not product:
        return "/checkout?"
    kept = {
        name: value
        for name, value in asked.query_params.items()
        if name != "to" and not name.startswith("by")
    }
    if asked.scope["method"] != "GET":
        offer = lines[0].offer
        kept = {"product": product, "quantity": str(lines[0].quantity)}
        kept |= {f"o{at}": value for at, value in enumerate(offer.options)}
    return f"/shops/{lines[0].offer.shop}/checkout?{urlencode(kept)}&"


def shown_part(at: int, part: Part, numbers: Mapping[int, int], held: Filled) -> dict[str, object]:
    """Give a shop's part of the form; `old_freight_fen` is what was seen before it changed."""
    now_fen = part.quote.freight_fen
    seen_fen = held.freights[at] if at < len(held.freights) else now_fen
    return {
        "offer": part.offer,
        "quote": part.quote,
        "is_delivered": part.is_delivered,
        "rows": [(numbers[id(line)], line) for line in part.lines],
        "remark": held.remarks[at] if at < len(held.remarks) else "",
        "old_freight_fen": seen_fen if seen_fen not in {now_fen, -1} else None,
    }
