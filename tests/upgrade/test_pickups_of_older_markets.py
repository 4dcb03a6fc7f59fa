"""A pickup that was paid before there were vouchers gets its own when the market is upgraded."""

import asyncio

from jishi.kernel.migrate import FILES
from tests.fulfilment.pickup_scene import waiting

[SCRIPT] = FILES.glob("*_pickup_todos.sql")


def test_what_was_paid_before_gets_its_voucher(fresh_database: tuple[str, str]) -> None:
    url, owner_url = fresh_database

    async def scene() -> None:
        async with waiting(url, owner_url, is_issued=False) as on:
            await on.owner.execute("delete from kernel.todos")
            await on.owner.execute(SCRIPT.read_text("utf-8"))
            await on.market.worker.work_due()
            assert await on.state() == "ready_for_pickup"
            assert len(await on.rows("vouchers")) == 1
            # Run again it does nothing: what has its voucher is not paid any more, but ready.
            await on.owner.execute(SCRIPT.read_text("utf-8"))
            left = "select count(*) from kernel.todos where reaction like 'fulfilment.issue%'"
            assert await on.owner.fetchval(left) == 0

    asyncio.run(scene())
