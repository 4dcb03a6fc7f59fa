"""The rules of trade: plain functions of plain values."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from jishi.goods import Stock
from jishi.trade.pricing import Item, Quote
from jishi.trade.types import Destination, Line, PricedLine, PurchasePart

LINES_MAX = 50
QUANTITY_MAX = 999
REMARK_CHARACTERS_MAX = 200
PAY_WITHIN = timedelta(minutes=15)
"""How long stock waits for its money; WeChat Pay's own `time_expire` is never longer."""

TRANSITIONS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("awaiting_payment", "paid"): ("WeChat",),
    ("awaiting_payment", "closing"): ("buyer", "shop", "clock"),
    ("closing", "paid"): ("WeChat",),
    ("closing", "closed"): ("WeChat",),
    ("closed", "paid"): ("WeChat",),
    ("paid", "partly_shipped"): ("shop",),
    ("paid", "shipped"): ("shop",),
    ("paid", "ready_for_pickup"): ("market",),
    ("paid", "closed"): ("refund",),
    ("partly_shipped", "shipped"): ("shop",),
    ("partly_shipped", "closed"): ("refund",),
    ("shipped", "received"): ("buyer", "clock"),
    ("ready_for_pickup", "received"): ("shop",),
    ("ready_for_pickup", "closed"): ("refund",),
    ("received", "completed"): ("clock",),
}
"""The legal steps of an order, and who takes them.

`closing`: an open payment must be closed before stock is freed.

What is closed is paid after all when money comes late and its goods are there.
"""

SHOPS_MIN, SHOPS_MAX = 2, 10
"""Shops in one purchase: WeChat Pay combines at most ten orders."""

DELIVERIES = ("parcel", "same_city", "pickup")
"""How goods may go."""

DIVISION_DIGITS = 6

WALL_DRIFT_SECONDS_MAX = 60
EXPIRING_SHARE_MAX_PERCENT = 20
EXPIRING_ALWAYS_MAX = 50
"""So few may always expire at once: a small shop's only order is all of its orders."""


def may_step(state: str, to: str) -> bool:
    """Tell whether an order in this state may go to that one."""
    return (state, to) in TRANSITIONS


def drawn() -> str:
    """Draw the table of steps as a diagram in Mermaid's words, for the documents."""
    arrows = ["    [*] --> awaiting_payment: buyer"]
    arrows += [f"    {state} --> {to}: {', '.join(by)}" for (state, to), by in TRANSITIONS.items()]
    arrows += [f"    {state} --> [*]" for state in ("closed", "completed")]
    return "\n".join(["stateDiagram-v2", *arrows])


def are_lines_well_formed(lines: Sequence[Line]) -> bool:
    """Tell whether there are 1 to 50 lines, each of another SKU."""
    return 1 <= len(lines) <= LINES_MAX and len({line.sku_id for line in lines}) == len(lines)


def are_quantities_well_formed(lines: Sequence[Line]) -> bool:
    """Tell whether each line wants 1 to 999."""
    return all(1 <= line.quantity <= QUANTITY_MAX for line in lines)


def not_for_sale(shelf: Mapping[int, Stock], lines: Sequence[Line]) -> list[int]:
    """Give the SKUs that are unknown here or not live."""
    return [
        line.sku_id for line in lines
        if line.sku_id not in shelf or not shelf[line.sku_id].is_live
    ]  # fmt: skip


def are_parts_well_formed(parts: Sequence[PurchasePart]) -> bool:
    """Tell whether a purchase is of 2 to 10 shops, each once."""
    shops = {part.shop_book for part in parts}
    return SHOPS_MIN <= len(parts) <= SHOPS_MAX and len(shops) == len(parts)


def is_destination_clear(destination: Destination) -> bool:
    """Tell whether what is sent has an address in a division, or a pickup its store."""
    address_id, store_id = destination.address_id, destination.store_id
    division = destination.division
    if destination.delivery == "pickup":
        return store_id > 0 and address_id == 0 and division == ""
    return (
        destination.delivery in DELIVERIES
        and address_id > 0
        and store_id == 0
        and len(division) == DIVISION_DIGITS
        and division.isascii()
        and division.isdecimal()
    )


def unconfirmed(shelf: Mapping[int, Stock], lines: Sequence[Line]) -> list[int]:
    """Give the SKUs that only who confirms it may buy: they will not be taken back."""
    return [line.sku_id for line in lines if shelf[line.sku_id].needs_confirmation]


def limited(shelf: Mapping[int, Stock], lines: Sequence[Line]) -> dict[int, int]:
    """Give the pieces wanted of each product that a person may have only so many of."""
    wanted: dict[int, int] = {}
    for line in lines:
        stock = shelf.get(line.sku_id)
        if stock and stock.person_max is not None:
            wanted[stock.product_id] = wanted.get(stock.product_id, 0) + line.quantity
    return wanted


def above_limit(
    shelf: Mapping[int, Stock], lines: Sequence[Line], wanted: Mapping[int, int],
    had: Mapping[int, int],
) -> list[int]:  # fmt: skip
    """Give the SKUs of which a person would have more than he may."""
    return [
        line.sku_id
        for line in lines
        if (most := shelf[line.sku_id].person_max) is not None
        and wanted[shelf[line.sku_id].product_id] + had[shelf[line.sku_id].product_id] > most
    ]


def priced_otherwise(shelf: Mapping[int, Stock], lines: Sequence[Line]) -> list[Line]:
    """Give the lines whose price is no longer the one the buyer saw."""
    return [line for line in lines if shelf[line.sku_id].price_fen != line.seen_fen]


def old_and_new(shelf: Mapping[int, Stock], lines: Sequence[Line]) -> dict[str, object]:
    """Give what a buyer is told of these lines: the price he saw, and what it is now."""
    return {
        "sku_ids": [line.sku_id for line in lines],
        "old_fen": [line.seen_fen for line in lines],
        "new_fen": [shelf[line.sku_id].price_fen for line in lines],
    }


def missing(
    shelf: Mapping[int, Stock], lines: Sequence[Line], destination: Destination
) -> list[int]:
    """Give the SKUs of which there are too few on the shelf, in the store where they are wanted."""
    wanted = destination.store_id
    return [
        line.sku_id for line in lines
        if shelf[line.sku_id].free < line.quantity
        or (wanted and shelf[line.sku_id].store_id != wanted)
    ]  # fmt: skip


def items(shelf: Mapping[int, Stock], lines: Sequence[Line]) -> list[Item]:
    """Give what is to be priced, at the prices of the shelf."""
    return [
        Item(
            sku_id=line.sku_id,
            quantity=line.quantity,
            price_fen=shelf[line.sku_id].price_fen,
            weight_grams=shelf[line.sku_id].weight_grams,
        )
        for line in lines
    ]


def priced(shelf: Mapping[int, Stock], lines: Sequence[Line], quote: Quote) -> list[PricedLine]:
    """Give the lines at the prices of the shelf, each with its share of what is paid."""
    return [
        PricedLine(
            sku_id=line.sku_id,
            store_id=shelf[line.sku_id].store_id,
            quantity=line.quantity,
            price_fen=shelf[line.sku_id].price_fen,
            paid_fen=paid_fen,
        )
        for line, paid_fen in zip(lines, quote.paid_fen, strict=True)
    ]


def reason_to_brake(wall_seconds: float, steady_seconds: float, due: int, live: int) -> str | None:
    """Give the reason not to let orders expire now, or none.

    `wall_seconds` and `steady_seconds` are what the wall clock and the steady clock moved since
    the last turn; `due` of `live` open orders would expire. A clock that jumped, or a run that
    would end most reservations at once, is more likely a fault than the truth.
    """
    if wall_seconds - steady_seconds > WALL_DRIFT_SECONDS_MAX:
        return "clock_jumped"
    if due > EXPIRING_ALWAYS_MAX and due * 100 > live * EXPIRING_SHARE_MAX_PERCENT:
        return "too_many_at_once"
    return None
