"""Reading what an invoice is to say: who did it is kept as an event."""

import asyncio

from jishi import trade
from jishi.kernel import Refused
from tests.after_sale.scene import STAFF, paid
from tests.trade.invoices import ask, show


def test_who_reads_it_is_kept(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url) as on:
            assert await on.market.ask(show(on)) == Refused("no_invoice_asked")
            assert await on.market.ask(show(on._replace(order_id=1))) == Refused("order_unknown")
            await on.market.ask(ask(on))
            answer = await on.market.ask(show(on))
            assert answer == trade.InvoiceShown(subject_id=on.order_id)
            kept = await on.owner.fetch(
                "select actor_id, subject_id from kernel.events"
                " where book = $1 and name = 'InvoiceShown'", on.book,
            )  # fmt: skip
            assert [tuple(row) for row in kept] == [(STAFF, on.order_id)]

    asyncio.run(scene())
