"""Place an order: price it, set its stock aside, and wait for its money."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

import msgspec

from jishi import goods, ledger
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.trade import rules, same_city
from jishi.trade.freight import freight_now
from jishi.trade.freight_rules import Freight
from jishi.trade.order_number import order_number
from jishi.trade.picking import picked
from jishi.trade.pricing import Quote, price
from jishi.trade.same_city.types import Terms
from jishi.trade.types import Destination, Line, PricedLine


class PlaceOrder(Request, frozen=True, kw_only=True):
    """A buyer (`actor_id`) wants these lines of one shop, sent there, for what he saw.

    `confirmed`: he knows which of them will not be taken back without a reason. `purchase_id` is
    the purchase over several shops that it is a part of, 0 for none.

    Refused: `lines_out_of_bounds`, `quantity_out_of_bounds`, `remark_too_long`,
    `destination_unclear`, `order_id_taken`, `not_for_sale`, `not_confirmed`, `price_changed`,
    `person_max_reached`, `out_of_stock`, `not_deliverable`, `below_minimum`, `freight_changed`.
    """

    made: ClassVar[dict[str, object]] = {"order_id": 0, "public_id": ""}

    order_id: int
    public_id: str
    lines: tuple[Line, ...]
    destination: Destination
    seen_freight_fen: int
    remark: str = ""
    purchase_id: int = 0
    confirmed: bool = False


class OrderPlaced(Event, frozen=True, kw_only=True):
    """The order awaits its payment (fen) until a moment; its stock is set aside.

    Orders that were placed before freight and offers were told of cost their goods alone.
    """

    public_id: str
    lines: list[PricedLine]
    total_fen: int
    pay_until: datetime
    goods_fen: int | None = None
    discount_fen: int = 0
    freight_fen: int = 0


class World(msgspec.Struct):
    """What lies on which shelves, what delivery costs, which orders there are, and the moment.

    `bought` is how many pieces a buyer has had of a product that is limited, by the ids of both.
    """

    shelves: dict[int, list[goods.Stock]]
    freight: Freight | None
    taken: set[int]
    now: datetime
    bought: dict[tuple[int, int], int] = {}
    same_city: Terms | None = None


class Taken(msgspec.Struct, frozen=True):
    """An order id that is in use."""

    order_id: int


class Bought(msgspec.Struct, frozen=True):
    """So many pieces of a product that a buyer has ordered and that were not given up."""

    buyer_id: int
    product_id: int
    pieces: int


sql = queries(__file__)
bought = sql.many("bought", Bought)
taken = sql.many("taken", Taken)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[PlaceOrder]) -> World:
    """Read the shelf for every SKU asked for, and how the shop charges for delivery."""
    sku_ids = {line.sku_id for order in asked for line in order.lines}
    shelves: dict[int, list[goods.Stock]] = {}
    for stock in await goods.shelf(tx, sorted(sku_ids)):
        shelves.setdefault(stock.sku_id, []).append(stock)
    known = await taken(tx, order_ids=[order.order_id for order in asked])
    limited = sorted({its[0].product_id for its in shelves.values() if its[0].person_max})
    had = []
    if limited:
        buyers = sorted({order.actor_id for order in asked})
        had = await bought(tx, buyer_ids=buyers, product_ids=limited)
    return World(
        shelves, await freight_now(tx), {each.order_id for each in known}, tx.now,
        {(each.buyer_id, each.product_id): each.pieces for each in had}, await _terms(tx, asked),
    )  # fmt: skip


async def _terms(tx: Tx, asked: Sequence[PlaceOrder]) -> Terms | None:
    """Read the terms of same-city delivery, if any of these is to be brought."""
    is_brought = any(each.destination.delivery == "same_city" for each in asked)
    return await same_city.terms.terms_now(tx) if is_brought else None


def decide(world: World, order: PlaceOrder) -> OrderPlaced | Refused:
    """Accept what is well formed, for sale, at the price seen, there, and delivered."""
    if refused := _malformed(order):
        return refused
    lines = order.lines
    shelf = picked(world.shelves, lines, order.destination)
    if order.order_id in world.taken:
        return Refused("order_id_taken")
    wanted = rules.limited(shelf, lines)
    had = {each: world.bought.get((order.actor_id, each), 0) for each in wanted}
    if refused := _kept_back(shelf, order, wanted, had):
        return refused
    freight = _freight(world, order)
    quote = price(rules.items(shelf, lines), (), freight, order.destination)
    if quote is None:
        return Refused("not_deliverable")
    if refused := _charged_otherwise(world, order, quote):
        return refused
    for line in lines:
        shelf[line.sku_id].free -= line.quantity
    for product_id, pieces in wanted.items():
        world.bought[order.actor_id, product_id] = had[product_id] + pieces
    world.taken.add(order.order_id)
    return OrderPlaced(
        subject_id=order.order_id,
        public_id=order.public_id,
        lines=rules.priced(shelf, lines, quote),
        goods_fen=quote.goods_fen,
        discount_fen=quote.discount_fen,
        freight_fen=quote.freight_fen,
        total_fen=quote.total_fen,
        pay_until=world.now + rules.PAY_WITHIN,
    )


def _freight(world: World, order: PlaceOrder) -> Freight | None:
    """Give what the delivery of an order is charged by."""
    if order.destination.delivery != "same_city":
        return world.freight
    return same_city.rules.as_freight(world.same_city)


def _charged_otherwise(world: World, order: PlaceOrder, quote: Quote) -> Refused | None:
    """Give why an order is too small to be brought, or its delivery not as it was seen; or none."""
    if order.destination.delivery == "same_city" and world.same_city:
        left_fen = quote.goods_fen - quote.discount_fen
        if missing := same_city.rules.missing_fen(world.same_city, left_fen):
            least = {"minimum_fen": world.same_city.minimum_fen, "missing_fen": missing}
            return Refused("below_minimum", least)
    if quote.freight_fen != order.seen_freight_fen:
        seen = {"old_fen": order.seen_freight_fen, "new_fen": quote.freight_fen}
        return Refused("freight_changed", seen)
    return None


def _kept_back(
    shelf: dict[int, goods.Stock], order: PlaceOrder, wanted: dict[int, int], had: dict[int, int]
) -> Refused | None:
    """Give the first reason why these goods are not sold so to this buyer, or none."""
    lines = order.lines
    if sku_ids := rules.not_for_sale(shelf, lines):
        return Refused("not_for_sale", {"sku_ids": sku_ids})
    if not order.confirmed and (sku_ids := rules.unconfirmed(shelf, lines)):
        return Refused("not_confirmed", {"sku_ids": sku_ids})
    if changed := rules.priced_otherwise(shelf, lines):
        return Refused("price_changed", rules.old_and_new(shelf, changed))
    if sku_ids := rules.above_limit(shelf, lines, wanted, had):
        person_max = min(shelf[sku_id].person_max or 0 for sku_id in sku_ids)
        return Refused("person_max_reached", {"sku_ids": sku_ids, "person_max": person_max})
    if sku_ids := rules.missing(shelf, lines, order.destination):
        return Refused("out_of_stock", {"sku_ids": sku_ids})
    return None


def _malformed(order: PlaceOrder) -> Refused | None:
    """Give what is wrong with the form of an order, or none."""
    if not rules.are_lines_well_formed(order.lines):
        return Refused("lines_out_of_bounds", {"lines_max": rules.LINES_MAX})
    if not rules.are_quantities_well_formed(order.lines):
        return Refused("quantity_out_of_bounds", {"quantity_max": rules.QUANTITY_MAX})
    if len(order.remark) > rules.REMARK_CHARACTERS_MAX or "\x00" in order.remark:
        return Refused("remark_too_long", {"characters_max": rules.REMARK_CHARACTERS_MAX})
    if not rules.is_destination_clear(order.destination) or order.purchase_id < 0:
        return Refused("destination_unclear")
    return None


async def record(tx: Tx, happened: Sequence[Happened[PlaceOrder, OrderPlaced]]) -> None:
    """Write orders, their lines and first steps; move the stock from the shelf to reserved."""
    orders, lines, moves = [], [], []
    for order, event, number in happened:
        name = order_number(number, tx.now, tx.book)
        to = order.destination
        orders.append((
            order.order_id, order.public_id, name, order.actor_id, event.goods_fen,
            event.discount_fen, event.freight_fen, event.total_fen, order.remark, event.pay_until,
            number, to.delivery, to.address_id, to.division, to.store_id, order.purchase_id,
        ))  # fmt: skip
        for position, line in enumerate(event.lines, start=1):
            lines.append((
                order.order_id, position, line.sku_id, line.store_id,
                line.quantity, line.price_fen, line.paid_fen,
            ))  # fmt: skip
            moves.append(_set_aside(number, line))
    await write(
        tx,
        **columns(
            orders, "order_ids", "public_ids", "order_numbers", "buyer_ids", "goods", "discounts",
            "freights", "totals", "remarks", "pay_untils", "numbers", "deliveries", "address_ids",
            "divisions", "of_stores", "purchase_ids",
        ),
        **columns(
            lines, "of_orders", "positions", "sku_ids", "store_ids", "quantities", "prices",
            "shares",
        ),
    )  # fmt: skip
    await ledger.move(tx, moves)


def _set_aside(number: int, line: PricedLine) -> ledger.Move:
    return ledger.Move(
        number, line.sku_id, line.quantity,
        "shelf", line.store_id, "reserved", line.store_id, "order_placed",
    )  # fmt: skip


place_order = Act(PlaceOrder, OrderPlaced, gather, decide, record)
