"""Check a code that a buyer shows: which order it is of; one that is wrong is counted."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from jishi.fulfilment.pickup import rules
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries


class CheckVoucher(Request, frozen=True, kw_only=True):
    """A member of the staff (`actor_id`) typed or scanned a code of this digest.

    Refused: `digests_unclear`, `too_many_wrong_codes`.
    """

    digest: str


class VoucherChecked(Event, frozen=True, kw_only=True):
    """The code is of the order (`subject_id`); or of none, and the `trouble` says why."""

    trouble: str = ""


class Known(msgspec.Struct, frozen=True):
    """A voucher of this shop."""

    digest: str
    order_id: int


class Elsewhere(msgspec.Struct, frozen=True):
    """A voucher of another shop."""

    digest: str


class Tried(msgspec.Struct, frozen=True):
    """When a member tried wrong codes in the last day."""

    staff_id: int
    tries: list[datetime]


class World(msgspec.Struct):
    """The vouchers of these codes, here and elsewhere, and wrong codes by who tried them."""

    known: dict[str, int]
    elsewhere: set[str]
    tries: dict[int, list[datetime]]
    now: datetime


sql = queries(__file__)
read_known = sql.many("read_known", Known)
read_elsewhere = sql.many("read_elsewhere", Elsewhere)
read_tried = sql.many("read_tried", Tried)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[CheckVoucher]) -> World:
    """Read whose codes these are, and who was wrong how often."""
    digests = [each.digest for each in asked if rules.is_digest(each.digest)]
    staff_ids = sorted({each.actor_id for each in asked})
    known = await read_known(tx, digests=digests)
    elsewhere = await read_elsewhere(tx, digests=digests)
    tried = await read_tried(tx, staff_ids=staff_ids)
    return World(
        {each.digest: each.order_id for each in known}, {each.digest for each in elsewhere},
        {staff_id: [] for staff_id in staff_ids} | {each.staff_id: each.tries for each in tried},
        tx.now,
    )  # fmt: skip


def decide(world: World, asked: CheckVoucher) -> VoucherChecked | Refused:
    """Accept a try while few were wrong; the right code does not open a lock."""
    if not rules.is_digest(asked.digest):
        return Refused("digests_unclear")
    tries = world.tries[asked.actor_id]
    if minutes := rules.minutes_locked(tries, world.now):
        return Refused("too_many_wrong_codes", {"minutes": minutes}, is_final=False)
    if order_id := world.known.get(asked.digest):
        return VoucherChecked(subject_id=order_id)
    tries.append(world.now)
    is_elsewhere = asked.digest in world.elsewhere
    trouble = "voucher_of_another_shop" if is_elsewhere else "voucher_unknown"
    return VoucherChecked(subject_id=0, trouble=trouble)


async def record(tx: Tx, happened: Sequence[Happened[CheckVoucher, VoucherChecked]]) -> None:
    """Write down what was wrong."""
    wrong = [(number, asked.actor_id) for asked, event, number in happened if event.trouble]
    if wrong:
        await write(tx, **columns(wrong, "numbers", "staff_ids"))


check_voucher = Act(CheckVoucher, VoucherChecked, gather, decide, record)
