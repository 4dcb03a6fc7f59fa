"""Issue the voucher of an order that is paid and picked up: its goods wait in the store."""

from collections.abc import Sequence

import msgspec

from jishi.fulfilment import vouchers
from jishi.fulfilment.pickup import rules
from jishi.fulfilment.vouchers import Vouchers
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.trade import steps
from jishi.trade.rules import may_step


class IssueVoucher(Request, frozen=True, kw_only=True):
    """The order is paid; `digests` are of the codes it may have, by their turns.

    Refused: `digests_unclear`, `order_unknown`, `order_not_for_pickup`, `order_not_to_prepare`,
    `no_code_left`.
    """

    order_id: int
    digests: tuple[str, ...]


class VoucherIssued(Event, frozen=True, kw_only=True):
    """The order (`subject_id`) waits in its store, its code is that of the turn."""

    turn: int


class World(msgspec.Struct):
    """The orders, and the digests that are in use."""

    vouchers: Vouchers
    used: set[str]


class Used(msgspec.Struct, frozen=True):
    """A digest that a voucher has."""

    digest: str


sql = queries(__file__)
read_used = sql.many("read_used", Used)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[IssueVoucher]) -> World:
    """Read the orders, and which codes are taken."""
    digests = [each for issue in asked for each in issue.digests if rules.is_digest(each)]
    used = await read_used(tx, digests=digests)
    return World(
        await vouchers.vouchers(tx, [each.order_id for each in asked]),
        {each.digest for each in used},
    )


def decide(world: World, asked: IssueVoucher) -> VoucherIssued | Refused:
    """Accept a paid order that is picked up, with the first code that nobody has."""
    if len(asked.digests) > rules.TURNS_MAX or not all(map(rules.is_digest, asked.digests)):
        return Refused("digests_unclear")
    order = world.vouchers.orders.get(asked.order_id)
    if order is None:
        return Refused("order_unknown")
    if order.delivery != "pickup":
        return Refused("order_not_for_pickup")
    if not may_step(order.state, "ready_for_pickup"):
        return Refused("order_not_to_prepare", {"state": order.state})
    free = [turn for turn, digest in enumerate(asked.digests) if digest not in world.used]
    if not free:
        return Refused("no_code_left")
    order.state = "ready_for_pickup"
    world.used.add(asked.digests[free[0]])
    return VoucherIssued(subject_id=order.order_id, turn=free[0])


async def record(tx: Tx, happened: Sequence[Happened[IssueVoucher, VoucherIssued]]) -> None:
    """Write the vouchers and the steps."""
    rows = [
        (event.subject_id, number, event.turn, asked.digests[event.turn])
        for asked, event, number in happened
    ]
    await write(tx, **columns(rows, "order_ids", "numbers", "turns", "digests"))
    await steps.step(tx, happened, "ready_for_pickup", "voucher_issued")


issue_voucher = Act(IssueVoucher, VoucherIssued, gather, decide, record)
