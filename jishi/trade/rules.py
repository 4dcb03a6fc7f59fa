"""The rules of trade: plain functions of plain values."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from jishi.goods import Stock
from jishi.trade.types import Line, PricedLine

LINES_MAX = 50
QUANTITY_MAX = 999
REMARK_CHARACTERS_MAX = 200
PAY_WITHIN = timedelta(minutes=15)
"""How long stock waits for its money; WeChat Pay's own `time_expire` is never longer."""

TRANSITIONS = frozenset({
    ("awaiting_payment", "paid"),
    ("awaiting_payment", "closing"),
    ("closing", "paid"),
    ("closing", "closed"),
    ("paid", "partly_shipped"),
    ("paid", "shipped"),
    ("paid", "ready_for_pickup"),
    ("paid", "closed"),
    ("partly_shipped", "shipped"),
    ("partly_shipped", "closed"),
    ("shipped", "received"),
    ("ready_for_pickup", "received"),
    ("ready_for_pickup", "closed"),
    ("received", "completed"),
})  # fmt: skip
"""The legal steps of an order. `closing`: an open payment must be closed before stock is freed."""

WALL_DRIFT_SECONDS_MAX = 60
EXPIRING_SHARE_MAX_PERCENT = 20
EXPIRING_ALWAYS_MAX = 50
"""So few may always expire at once: a small shop's only order is all of its orders."""


def may_step(state: str, to: str) -> bool:
    """Tell whether an order in this state may go to that one."""
    return (state, to) in TRANSITIONS


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


def priced_otherwise(shelf: Mapping[int, Stock], lines: Sequence[Line]) -> list[int]:
    """Give the SKUs whose price is no longer the one the buyer saw."""
    return [line.sku_id for line in lines if shelf[line.sku_id].price_fen != line.seen_fen]


def missing(shelf: Mapping[int, Stock], lines: Sequence[Line]) -> list[int]:
    """Give the SKUs of which there are too few on the shelf."""
    return [line.sku_id for line in lines if shelf[line.sku_id].free < line.quantity]


def priced(shelf: Mapping[int, Stock], lines: Sequence[Line]) -> list[PricedLine]:
    """Give the lines at the prices of the shelf."""
    return [
        PricedLine(
            sku_id=line.sku_id,
            store_id=shelf[line.sku_id].store_id,
            quantity=line.quantity,
            price_fen=shelf[line.sku_id].price_fen,
        )
        for line in lines
    ]


def total_fen(lines: Sequence[PricedLine]) -> int:
    """Give the sum of the lines, in fen."""
    return sum(line.quantity * line.price_fen for line in lines)


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
