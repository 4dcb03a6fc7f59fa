"""Vouchers as an act sees them: with their order, what is left to hand out, and its end."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from jishi.kernel import Refused, Tx, queries


class Voucher(msgspec.Struct):
    """An order that is picked up; what is missing is empty: its digest before it is issued."""

    order_id: int
    buyer_id: int
    delivery: str
    state: str
    store_id: int
    digest: str
    is_redeemed: bool
    is_withheld: bool


class Wanted(msgspec.Struct, frozen=True):
    """So many of a SKU that are bought, and not refunded."""

    order_id: int
    sku_id: int
    quantity: int


class Vouchers(msgspec.Struct):
    """Orders with their vouchers, what each is to be handed, and codes that are in use."""

    orders: dict[int, Voucher]
    wanted: dict[int, list[Wanted]]


sql = queries(__file__)
read = sql.many("read", Voucher)
read_wanted = sql.many("read_wanted", Wanted)


async def vouchers(tx: Tx, order_ids: Sequence[int]) -> Vouchers:
    """Read these orders under the book's lock."""
    found = await read(tx, order_ids=order_ids)
    wanted: dict[int, list[Wanted]] = defaultdict(list)
    for each in await read_wanted(tx, order_ids=order_ids):
        wanted[each.order_id].append(each)
    return Vouchers({each.order_id: each for each in found}, wanted)


def refusal(
    state: str, store_id: int, here: int, *, is_redeemed: bool, is_withheld: bool
) -> Refused | None:
    """Give the first reason not to hand out an order's goods in the store `here`, or none."""
    if is_redeemed:
        return Refused("voucher_redeemed")
    if state != "ready_for_pickup":
        return Refused("voucher_lapsed")
    if is_withheld:
        return Refused("voucher_withheld")
    return None if store_id == here else Refused("voucher_of_another_store")
