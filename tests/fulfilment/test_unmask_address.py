"""Unmasking: only what is to be sent or on its way, so many a day, each one written down."""

import asyncio

from jishi.fulfilment.unmask_address import UNMASKINGS_MAX
from tests.after_sale.scene import STAFF
from tests.fulfilment.parcel_scene import bought, receive, ship, unmask

SEEN = """
insert into fulfilment.unmaskings (book, number, order_id, staff_id, seen_at)
select $1, 100000 + n, $2, $3, now() - $4::text::interval from generate_series(1, $5::int) as n
"""


def test_each_look_is_written_down_and_there_are_only_so_many(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            assert await on.reason(unmask(on, 1)) == "order_unknown"
            assert await on.reason(unmask(on)) == ""
            row = await on.owner.fetchrow(
                "select order_id, staff_id from fulfilment.unmaskings where book = $1", on.book
            )
            assert row is not None
            assert tuple(row) == (on.order_id, STAFF)
            given = (on.book, on.order_id, STAFF)
            await on.owner.execute(SEEN, *given, "25 hours", UNMASKINGS_MAX)
            assert await on.reason(unmask(on)) == "", "yesterday's do not count"
            await on.owner.execute("set session_replication_role = replica")
            await on.owner.execute("delete from fulfilment.unmaskings where book = $1", on.book)
            await on.owner.execute("set session_replication_role = origin")
            await on.owner.execute(SEEN, *given, "1 hour", UNMASKINGS_MAX - 1)
            assert await on.reason(unmask(on)) == ""
            assert await on.reason(unmask(on)) == "too_many_unmaskings"
            await on.market.ask(ship(on))
            await on.market.ask(receive(on))
            assert await on.reason(unmask(on)) == "order_elsewhere"

    asyncio.run(scene())
