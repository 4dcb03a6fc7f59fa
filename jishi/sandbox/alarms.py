"""Alarms: what happens by itself when the sandbox's clock has come to it."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from jishi.kernel import Tx, queries

if TYPE_CHECKING:
    from jishi.sandbox.world import World

    Work = Callable[[World, Tx, str], Awaitable[None]]

TAKEN_MAX = 100
"""Alarms run in one transaction."""


class Alarm(Struct, frozen=True):
    """What is due: `subject` says of what, in the words of who set it."""

    alarm_id: int
    kind: str
    subject: str
    due_at: datetime


sql = queries(__file__)
add_alarm = sql.run("add_alarm")
take_alarms = sql.many("take_alarms", Alarm)
next_alarms = sql.many("next_alarms", Alarm)
known: "dict[str, Work]" = {}


def alarm(kind: str) -> "Callable[[Work], Work]":
    """Name what is done when an alarm of this kind goes off, in a transaction."""

    def keep(work: "Work") -> "Work":
        assert kind not in known, f"{kind} has its work already"
        known[kind] = work
        return work

    return keep


async def set_alarm(tx: Tx, kind: str, subject: str, due_at: datetime) -> None:
    """Have this done when the clock has come to it."""
    assert kind in known, f"nothing is known to do at {kind}"
    await add_alarm(tx, kind=kind, subject=subject, due_at=due_at)


async def run_due(world: "World") -> int:
    """Do what is due, in the order of its time; give how many were done."""
    async with world.transaction() as tx:
        taken = await take_alarms(tx, taken_max=TAKEN_MAX)
        for each in sorted(taken, key=lambda due: (due.due_at, due.alarm_id)):
            await known[each.kind](world, tx, each.subject)
    return len(taken)
