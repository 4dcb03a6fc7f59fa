"""Alarms and deliveries fall due in the order of the sandbox's clock, however it is wound."""

import asyncio
from datetime import timedelta

import pytest

from jishi.kernel import Tx
from jishi.sandbox.alarms import alarm, set_alarm
from jishi.sandbox.courier import Delivery, Outcome, delivers, enqueue
from jishi.sandbox.world import World
from tests.sandbox.scene import Scene, a_sandbox

seen: list[tuple[str, int]] = []
answers: list[Outcome] = []
FAILED, DONE = Outcome(is_done=False, note="HTTP 500"), Outcome(is_done=True, note="HTTP 200")


@pytest.fixture(autouse=True)
def _nothing_seen() -> None:
    seen.clear()
    answers.clear()


@delivers("test", pauses=(10, 60))
async def _post(world: World, delivery: Delivery) -> Outcome:
    seen.append((delivery.subject, round(seconds(world))))
    return answers.pop(0) if answers else DONE


@alarm("test.bell")
async def _ring(world: World, tx: Tx, subject: str) -> None:
    seen.append((subject, round(seconds(world))))
    if subject == "send":
        await send(tx, "sent by a bell")


def seconds(world: World) -> float:
    return world.clock.ahead.total_seconds()


async def send(tx: Tx, subject: str, *, later: int = 0) -> None:
    due = tx.now + timedelta(seconds=later)
    await enqueue(tx, kind="test", owner="x", url="http://x", subject=subject, body="", due_at=due)


async def parcels(scene: Scene) -> list[tuple[str, int, str, bool]]:
    found = (await scene.control("GET", "/sandbox/deliveries"))["deliveries"]
    return [(each["subject"], each["tries"], each["outcome"], each["ended_at"] is not None)
            for each in reversed(found)]  # fmt: skip


def test_what_is_due_while_the_clock_is_wound_is_done_in_its_order(
    fresh_database: tuple[str, str],
) -> None:
    async def main() -> None:
        async with a_sandbox(fresh_database[0]) as scene:
            async with scene.world.transaction() as tx:
                await set_alarm(tx, "test.bell", "third", tx.now + timedelta(seconds=300))
                await set_alarm(tx, "test.bell", "send", tx.now + timedelta(seconds=100))
                await send(tx, "second", later=200)
                await set_alarm(tx, "test.bell", "tomorrow", tx.now + timedelta(days=1))
            await scene.advance(3600)
            assert seen == [("send", 100), ("sent by a bell", 100), ("second", 200), ("third", 300)]

    asyncio.run(main())


def test_a_delivery_that_fails_is_tried_again_after_each_pause_and_then_given_up(
    fresh_database: tuple[str, str],
) -> None:
    async def main() -> None:
        async with a_sandbox(fresh_database[0]) as scene:
            answers.extend([FAILED] * 4)
            async with scene.world.transaction() as tx:
                await send(tx, "stubborn")
            await scene.advance(3600)
            assert seen == [("stubborn", 0), ("stubborn", 10), ("stubborn", 70)]
            assert await parcels(scene) == [("stubborn", 3, "HTTP 500", True)]

    asyncio.run(main())


def test_a_try_that_is_put_off_is_no_try(fresh_database: tuple[str, str]) -> None:
    async def main() -> None:
        async with a_sandbox(fresh_database[0]) as scene:
            later = scene.world.clock.now() + timedelta(seconds=500)
            answers.append(Outcome(is_done=False, note="held back", again_at=later))
            async with scene.world.transaction() as tx:
                await send(tx, "late")
            await scene.due()
            assert await parcels(scene) == [("late", 0, "held back", False)]
            await scene.advance(1000)
            assert seen == [("late", 0), ("late", 500)]
            assert await parcels(scene) == [("late", 1, "HTTP 200", True)]

    asyncio.run(main())


def test_a_delivery_can_be_tried_now(fresh_database: tuple[str, str]) -> None:
    async def main() -> None:
        async with a_sandbox(fresh_database[0]) as scene:
            async with scene.world.transaction() as tx:
                await send(tx, "patient", later=3600)
            await scene.due()
            assert seen == []
            shown = await scene.control("GET", "/sandbox/deliveries")
            chosen = shown["deliveries"][0]["delivery_id"]
            await scene.control("POST", f"/sandbox/deliveries/{chosen}/try")
            await scene.due()
            assert seen == [("patient", 0)]

    asyncio.run(main())


def test_the_clock_and_the_faults_outlive_the_process(fresh_database: tuple[str, str]) -> None:
    async def main() -> None:
        async with a_sandbox(fresh_database[0]) as scene:
            await scene.advance(86_400)
            await scene.arm("slow", times=3, settings={"seconds": "1"})
        async with a_sandbox(fresh_database[0]) as again:
            assert seconds(again.world) >= 86_400
            told = await again.control("GET", "/sandbox/faults")
            assert [each["times_left"] for each in told["faults"]] == [3]

    asyncio.run(main())


def test_time_that_passes_by_itself_wakes_the_courier(fresh_database: tuple[str, str]) -> None:
    async def main() -> None:
        async with a_sandbox(fresh_database[0], is_passing=True) as scene:
            async with scene.world.transaction() as tx:
                await send(tx, "soon")
            for _ in range(200):
                if seen:
                    break
                await asyncio.sleep(0.02)
            assert seen == [("soon", 0)]

    asyncio.run(main())
