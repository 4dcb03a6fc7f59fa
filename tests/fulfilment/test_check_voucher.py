"""Checking: a code leads to its order, wrong ones are counted, and too many lock their member."""

import asyncio

from jishi import fulfilment
from jishi.kernel import Refused
from tests.fulfilment.pickup_scene import check, waiting

WRONG = "0" * 32


def test_a_code_leads_to_its_order_and_writes_nothing(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with waiting(database_url, owner_url) as on:
            answer = await on.market.ask(check(on))
            assert answer == fulfilment.VoucherChecked(subject_id=on.order_id)
            assert await on.rows("wrong_codes") == []
            assert await on.is_refused(check(on, "x"), "digests_unclear")

    asyncio.run(scene())


def test_another_shops_code_is_told_as_such_and_nothing_of_it(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with (
            waiting(database_url, owner_url) as on,
            waiting(database_url, owner_url) as other,
        ):
            answer = await on.market.ask(check(on, other.digest))
            trouble = "voucher_of_another_shop"
            assert answer == fulfilment.VoucherChecked(subject_id=0, trouble=trouble)
            unknown = await on.market.ask(check(on, WRONG))
            assert unknown == fulfilment.VoucherChecked(subject_id=0, trouble="voucher_unknown")
            assert len(await on.rows("wrong_codes")) == 2

    asyncio.run(scene())


def test_ten_wrong_codes_lock_a_member_even_for_the_right_one(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with waiting(database_url, owner_url) as on:
            answers = await asyncio.gather(
                *(on.market.ask(check(on, f"{n:032x}")) for n in range(25))
            )
            locked = Refused("too_many_wrong_codes", {"minutes": 15}, is_final=False)
            assert answers.count(locked) == 15
            assert len(await on.rows("wrong_codes")) == 10
            assert await on.is_refused(check(on), "too_many_wrong_codes")
            # A colleague is not locked; and the lock ends by itself.
            assert isinstance(await on.market.ask(check(on, staff=5)), fulfilment.VoucherChecked)
            await on.owner.execute("alter table fulfilment.wrong_codes disable trigger user")
            await on.owner.execute(
                "update fulfilment.wrong_codes set tried_at = tried_at - interval '16 minutes'"
                " where book = $1", on.book,
            )  # fmt: skip
            await on.owner.execute("alter table fulfilment.wrong_codes enable trigger user")
            assert isinstance(await on.market.ask(check(on)), fulfilment.VoucherChecked)

    asyncio.run(scene())
