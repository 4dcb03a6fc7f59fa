"""Merge a guest's cart into a person's, when somebody signs in."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.trade import carts
from jishi.trade.carts import CartLine, Carts


class MergeCarts(Request, frozen=True, kw_only=True):
    """The person (`actor_id`) was this guest until now.

    Of what both carts have, the larger quantity is kept; of too many lines, the person's first.
    Asked of the market's book. Refused: `nothing_to_merge`.
    """

    guest_id: int


class CartsMerged(Event, frozen=True, kw_only=True):
    """These lines came into the cart of `subject_id`; the guest's cart is empty."""

    guest_id: int
    lines: list[CartLine]
    left: list[CartLine]
    lines_count: int


async def gather(tx: Tx, asked: Sequence[MergeCarts]) -> Carts:
    """Read the carts of both."""
    return await carts.carts(tx, [who for each in asked for who in (each.actor_id, each.guest_id)])


def decide(world: Carts, asked: MergeCarts) -> CartsMerged | Refused:
    """Accept when the guest has something, and is somebody else."""
    guests, own = world[asked.guest_id], world[asked.actor_id]
    if asked.guest_id == asked.actor_id or not guests:
        return Refused("nothing_to_merge")
    came = []
    for name, line in guests.items():
        there = own.get(name)
        if there is None and len(own) >= carts.CART_LINES_MAX:
            continue
        quantity = max(line.quantity, there.quantity if there else 0)
        own[name] = msgspec.structs.replace(line, quantity=quantity)
        came.append(own[name])
    left = [msgspec.structs.replace(line, quantity=0) for line in guests.values()]
    guests.clear()
    return CartsMerged(
        subject_id=asked.actor_id, guest_id=asked.guest_id, lines=came, left=left,
        lines_count=len(own),
    )  # fmt: skip


async def record(tx: Tx, happened: Sequence[Happened[MergeCarts, CartsMerged]]) -> None:
    """Write the person's lines, and take the guest's out."""
    rows = [
        (holder, line)
        for _, event, _ in happened
        for holder, lines in ((event.subject_id, event.lines), (event.guest_id, event.left))
        for line in lines
    ]
    await carts.keep(tx, rows)


merge_carts = Act(MergeCarts, CartsMerged, gather, decide, record)
