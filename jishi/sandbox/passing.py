"""How time passes: what is due is done, and winding the clock does all that lies between."""

import asyncio
import time
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from jishi.sandbox import alarms, courier

if TYPE_CHECKING:
    from jishi.sandbox.world import World

log = structlog.get_logger()
POLL_SECONDS = 0.25
STEPS_MAX = 10_000
"""Moments at which something is due in one winding of the clock."""

ADVANCE_SECONDS_MAX = 366 * 24 * 3600


async def keep(world: "World") -> None:
    """Do what is due, for ever: bring at once what is to be brought, the rest by and by."""
    looked_at = 0.0
    while True:
        try:
            if time.monotonic() >= looked_at + POLL_SECONDS:
                looked_at = time.monotonic()
                await do_due(world)
            else:
                async with world.passing:
                    await world.courier.set_out(world)
        except Exception:
            log.exception("the sandbox's time stumbled")
            await asyncio.sleep(POLL_SECONDS)
        with suppress(TimeoutError):
            async with asyncio.timeout(POLL_SECONDS):
                await world.awake.wait()
        world.awake.clear()


async def do_due(world: "World") -> None:
    """Do what is due now, and write down what was said."""
    async with world.passing:
        await alarms.run_due(world)
        await world.courier.set_out(world)
        if world.inspector.waiting or world.faults.struck:
            async with world.transaction() as tx:
                await world.inspector.write_down(tx)
                await world.faults.write_down(tx)


async def advance(world: "World", seconds: int) -> int:
    """Wind the clock; what falls due between is done in its order. Give the number of steps."""
    target = world.clock.now() + timedelta(seconds=min(seconds, ADVANCE_SECONDS_MAX))
    steps = 0
    async with world.passing:
        while steps < STEPS_MAX:
            await settle(world)
            async with world.transaction() as tx:
                due = await courier.next_due(tx)
            if due is None or due.due_at is None or due.due_at > target:
                break
            world.clock.wind_to(due.due_at)
            steps += 1
        world.clock.wind_to(target)
        await settle(world)
        async with world.transaction() as tx:
            await world.clock.keep(tx)
            await world.inspector.write_down(tx)
            await world.faults.write_down(tx)
    return steps


async def settle(world: "World") -> None:
    """Do what is due until nothing is due and nothing is under way."""
    for _ in range(STEPS_MAX):
        done = await alarms.run_due(world) + await world.courier.set_out(world)
        await world.courier.come_home()
        if not done and not world.courier.ended:
            return
