"""Forget remarks: what a buyer wrote beside his orders goes when he is forgotten."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, queries


class ForgetRemarks(Request, frozen=True, kw_only=True):
    """The buyer (`actor_id`) is forgotten; in his remarks may stand who he was, and where.

    Refused: `remark_unknown` (there is none).
    """


class RemarksForgotten(Event, frozen=True, kw_only=True):
    """The buyer (`subject_id`) said nothing any more, beside so many orders."""

    orders_count: int


class Remarked(msgspec.Struct, frozen=True):
    """How many orders of a buyer have a remark."""

    buyer_id: int
    orders: int


World = dict[int, int]
sql = queries(__file__)
remarked = sql.many("remarked", Remarked)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[ForgetRemarks]) -> World:
    """Read how many orders have a remark."""
    found = await remarked(tx, buyer_ids=[each.actor_id for each in asked])
    return {each.buyer_id: each.orders for each in found}


def decide(world: World, asked: ForgetRemarks) -> RemarksForgotten | Refused:
    """Accept where there is something to forget."""
    orders = world.pop(asked.actor_id, 0)
    if not orders:
        return Refused("remark_unknown")
    return RemarksForgotten(subject_id=asked.actor_id, orders_count=orders)


async def record(tx: Tx, happened: Sequence[Happened[ForgetRemarks, RemarksForgotten]]) -> None:
    """Forget them."""
    await write(tx, buyer_ids=[event.subject_id for _, event, _ in happened])


forget_remarks = Act(ForgetRemarks, RemarksForgotten, gather, decide, record)
