"""Defect 16: pickup codes of eight random digits, with nothing against two that are one."""

import asyncio

import asyncpg
import pytest

from jishi import fulfilment
from jishi.fulfilment.pickup import codes
from tests.fulfilment.pickup_scene import issue, pay, waiting


def test_a_code_is_long_and_a_taken_one_is_passed_over(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with waiting(database_url, owner_url) as on:
            assert len(codes.code_of(on.secret, on.book, on.order_id, 0)) == 12
            other = await pay(on.market, on.book, is_issued=False)
            own = codes.digests_of(on.secret, on.book, other)
            answer = await on.market.ask(issue(on, other, (on.digest, *own[1:])))
            assert isinstance(answer, fulfilment.VoucherIssued)
            assert answer.turn == 1

    asyncio.run(scene())


def test_the_table_itself_keeps_no_two_that_are_one(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with waiting(database_url, owner_url) as on:
            other = await pay(on.market, on.book, is_issued=False)
            with pytest.raises(asyncpg.UniqueViolationError, match="a_code_leads_to_one_voucher"):
                await on.owner.execute(
                    "insert into fulfilment.vouchers"
                    " select book, $2, 9, 0, digest, now() from fulfilment.vouchers"
                    " where book = $1", on.book, other,
                )  # fmt: skip

    asyncio.run(scene())
