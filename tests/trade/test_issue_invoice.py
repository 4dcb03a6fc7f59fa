"""Issuing an invoice: once, under a number of its own, after it was asked for."""

import asyncio

from jishi import trade
from jishi.kernel import Refused, verify
from tests.after_sale.scene import paid, pay
from tests.trade.invoices import NUMBER, ask, issue


def test_an_invoice_is_issued_once_under_its_own_number(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url) as on:
            assert await on.market.ask(issue(on)) == Refused("no_invoice_asked")
            await on.market.ask(ask(on))
            for number in ("", "1234567", "1" * 21, "１２３４５６７８", "1234567x"):
                refused = await on.market.ask(issue(on, number))
                assert refused == Refused("invoice_number_unclear"), number
            assert await on.market.ask(issue(on._replace(order_id=1))) == Refused("order_unknown")
            answers = await asyncio.gather(*(on.market.ask(issue(on)) for _ in range(3)))
            issued = trade.InvoiceIssued(subject_id=on.order_id, invoice_number=NUMBER)
            assert answers.count(issued) == 1
            assert answers.count(Refused("invoice_issued")) == 2
            other = on._replace(order_id=await pay(on.market, on.book))
            await on.market.ask(ask(other))
            assert await on.market.ask(issue(other)) == Refused("invoice_number_taken")

    asyncio.run(scene())


def test_an_invoice_that_nobody_asked_for_is_found(fresh_database: tuple[str, str]) -> None:
    url, owner_url = fresh_database
    promise = "trade.every_invoice_was_asked_for_and_is_of_a_paid_order"

    async def broken() -> list[str]:
        return [kept.promise async for kept in verify(owner_url) if kept.broken]

    async def scene() -> None:
        async with paid(url, owner_url) as on:
            await on.market.ask(ask(on))
            await on.market.ask(issue(on))
            assert promise not in await broken()
            async with on.owner.transaction():
                await on.owner.execute("set local session_replication_role = replica")
                await on.owner.execute("delete from trade.invoice_wishes")
            assert promise in await broken()

    asyncio.run(scene())
