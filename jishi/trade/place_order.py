"""Place an order: price it, set its stock aside, and wait for its money."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

import msgspec

from jishi import goods, ledger
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.trade import rules
from jishi.trade.order_number import order_number
from jishi.trade.types import Line, PricedLine


class PlaceOrder(Request, frozen=True, kw_only=True):
    """A buyer (`actor_id`) wants these lines of one shop at the prices he saw.

    Refused: `lines_out_of_bounds`, `quantity_out_of_bounds`, `remark_too_long`, `order_id_taken`,
    `not_for_sale`, `price_changed`, `out_of_stock`.
    """

    made: ClassVar[dict[str, object]] = {"order_id": 0, "public_id": ""}

    order_id: int
    public_id: str
    lines: tuple[Line, ...]
    remark: str = ""


class OrderPlaced(Event, frozen=True, kw_only=True):
    """The order awaits its payment (fen) until a moment; its stock is set aside."""

    public_id: str
    lines: list[PricedLine]
    total_fen: int
    pay_until: datetime


class World(msgspec.Struct):
    """What lies on the shelf, which orders there are already, and the moment."""

    shelf: dict[int, goods.Stock]
    taken: set[int]
    now: datetime


class Taken(msgspec.Struct, frozen=True):
    """An order id that is in use."""

    order_id: int


sql = queries(__file__)
taken = sql.many("taken", Taken)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[PlaceOrder]) -> World:
    """Read the shelf for every SKU asked for."""
    sku_ids = {line.sku_id for order in asked for line in order.lines}
    shelf = {stock.sku_id: stock for stock in await goods.shelf(tx, sorted(sku_ids))}
    known = await taken(tx, order_ids=[order.order_id for order in asked])
    return World(shelf, {each.order_id for each in known}, tx.now)


def decide(world: World, order: PlaceOrder) -> OrderPlaced | Refused:  # noqa: PLR0911 - one a reason
    """Accept what is well formed, for sale, at the price seen, and there."""
    shelf, lines = world.shelf, order.lines
    if not rules.are_lines_well_formed(lines):
        return Refused("lines_out_of_bounds", {"lines_max": rules.LINES_MAX})
    if not rules.are_quantities_well_formed(lines):
        return Refused("quantity_out_of_bounds", {"quantity_max": rules.QUANTITY_MAX})
    if len(order.remark) > rules.REMARK_CHARACTERS_MAX or "\x00" in order.remark:
        return Refused("remark_too_long", {"characters_max": rules.REMARK_CHARACTERS_MAX})
    if order.order_id in world.taken:
        return Refused("order_id_taken")
    if sku_ids := rules.not_for_sale(shelf, lines):
        return Refused("not_for_sale", {"sku_ids": sku_ids})
    if sku_ids := rules.priced_otherwise(shelf, lines):
        return Refused("price_changed", {"sku_ids": sku_ids})
    if sku_ids := rules.missing(shelf, lines):
        return Refused("out_of_stock", {"sku_ids": sku_ids})
    for line in lines:
        shelf[line.sku_id].free -= line.quantity
    world.taken.add(order.order_id)
    priced = rules.priced(shelf, lines)
    return OrderPlaced(
        subject_id=order.order_id,
        public_id=order.public_id,
        lines=priced,
        total_fen=rules.total_fen(priced),
        pay_until=world.now + rules.PAY_WITHIN,
    )


async def record(tx: Tx, happened: Sequence[Happened[PlaceOrder, OrderPlaced]]) -> None:
    """Write orders, their lines and first steps; move the stock from the shelf to reserved."""
    orders, lines, moves = [], [], []
    for order, event, number in happened:
        name = order_number(number, tx.now, tx.book)
        orders.append((
            order.order_id, order.public_id, name, order.actor_id, event.total_fen,
            order.remark, event.pay_until, number,
        ))  # fmt: skip
        for position, line in enumerate(event.lines, start=1):
            lines.append((
                order.order_id, position, line.sku_id, line.store_id,
                line.quantity, line.price_fen,
            ))  # fmt: skip
            moves.append(_set_aside(number, line))
    await write(
        tx,
        **columns(
            orders, "order_ids", "public_ids", "order_numbers", "buyer_ids", "totals", "remarks",
            "pay_untils", "numbers",
        ),
        **columns(
            lines, "of_orders", "positions", "sku_ids", "store_ids", "quantities", "prices"
        ),
    )  # fmt: skip
    await ledger.move(tx, moves)


def _set_aside(number: int, line: PricedLine) -> ledger.Move:
    return ledger.Move(
        number, line.sku_id, line.quantity,
        "shelf", line.store_id, "reserved", line.store_id, "order_placed",
    )  # fmt: skip


place_order = Act(PlaceOrder, OrderPlaced, gather, decide, record)
