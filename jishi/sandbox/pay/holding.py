"""Holding notifications back: one that is late, and one that a later one shall overtake."""

from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from msgspec import Struct

from jishi.kernel import queries
from jishi.sandbox.courier import Delivery, Outcome
from jishi.sandbox.world import World

LATE_SECONDS = 15
LOOKS_EVERY = timedelta(seconds=5)
HELD_MAX = timedelta(minutes=10)
"""Nothing overtook it for so long: then it goes."""


class Overtaken(Struct, frozen=True):
    """Whether a later one of the same merchant has gone out."""

    is_overtaken: bool | None


sql = queries(__file__)
overtaken = sql.one("overtaken", Overtaken)
late: WeakKeyDictionary[World, dict[int, datetime]] = WeakKeyDictionary()
"""Until when each late one is held."""

passed: WeakKeyDictionary[World, set[int]] = WeakKeyDictionary()
"""Which ones wait to be overtaken."""


async def hold(world: World, delivery: Delivery) -> Outcome | None:
    """Put a delivery off if it shall come late or last; none when it may go."""
    return _be_late(world, delivery) or await _be_passed(world, delivery)


def _be_late(world: World, delivery: Delivery) -> Outcome | None:
    now, held = world.clock.now(), late.setdefault(world, {})
    if until := held.get(delivery.delivery_id):
        if until > now:
            return Outcome(is_done=False, note="delayed (fault)", again_at=until)
        del held[delivery.delivery_id]
    elif fault := world.faults.hit("delayed", delivery.subject):
        until = now + timedelta(seconds=fault.seconds(LATE_SECONDS))
        held[delivery.delivery_id] = until
        return Outcome(is_done=False, note="delayed (fault)", again_at=until)
    return None


async def _be_passed(world: World, delivery: Delivery) -> Outcome | None:
    held = passed.setdefault(world, set())
    if delivery.delivery_id not in held:
        if not world.faults.hit("out_of_order", delivery.subject):
            return None
        held.add(delivery.delivery_id)
    now = world.clock.now()
    async with world.transaction() as tx:
        found = await overtaken(tx, delivery_id=delivery.delivery_id, owner=delivery.owner,
                                kind=delivery.kind)  # fmt: skip
    if (found and found.is_overtaken) or now > delivery.made_at + HELD_MAX:
        held.discard(delivery.delivery_id)
        return None
    return Outcome(is_done=False, note="held back (fault)", again_at=now + LOOKS_EVERY)
