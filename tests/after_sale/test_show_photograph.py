"""Photographs: pixels alone, each once, so many of each side, for ever."""

import asyncio
from hashlib import sha256

import asyncpg
import pytest

from jishi import after_sale
from jishi.after_sale.rules import PHOTOGRAPHS_MAX
from jishi.kernel import verify
from tests.after_sale.scene import STAFF, paid, photograph, withdraw
from tests.goods.test_upload_picture import png, webp

PLANT = """
insert into after_sale.photographs
    (book, case_id, number, sender, digest, small, whole, shown_at)
select $1, $2, 1000 + n, 'buyer', 'planted ' || n, '', '', now() from generate_series(1, 9) as n
"""


def test_each_side_shows_what_it_has_up_to_nine(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask, case_id = on.market.ask, await on.case()
            data = webp(30, 40)
            digest = sha256(data).hexdigest()
            told = after_sale.PhotographShown(subject_id=case_id, digest=digest)
            assert await ask(photograph(on, case_id, data)) == told
            assert await on.is_refused(photograph(on, case_id, data), "photograph_known")
            assert await on.is_refused(photograph(on, case_id, webp(5, 5), 8), "case_unknown")
            odd = photograph(on, case_id, webp(5, 5), 8, "money")
            assert await on.is_refused(odd, "doer_unknown")
            for made_up in (b"", b"x", png(4, 4), webp(6, 6) + b"behind its end"):
                unreadable = photograph(on, case_id, made_up)
                assert await on.is_refused(unreadable, "picture_unreadable")
            huge = photograph(on, case_id, bytes(6 * 1024 * 1024))
            assert await on.is_refused(huge, "picture_too_large")
            answers = await asyncio.gather(
                *(ask(photograph(on, case_id, webp(50, each + 1))) for each in range(10))
            )
            shown = [each for each in answers if isinstance(each, after_sale.PhotographShown)]
            assert len(shown) == PHOTOGRAPHS_MAX - 1
            over = photograph(on, case_id, webp(60, 60))
            assert await on.is_refused(over, "too_many_photographs")
            by_seller = await ask(photograph(on, case_id, webp(60, 60), STAFF, "seller"))
            assert isinstance(by_seller, after_sale.PhotographShown)

    asyncio.run(scene())


def test_a_case_that_ended_takes_no_more(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url) as on:
            case_id = await on.case()
            await on.market.ask(withdraw(on, case_id))
            assert await on.is_refused(photograph(on, case_id, webp(3, 3)), "case_elsewhere")

    asyncio.run(scene())


def test_none_is_changed_and_a_tenth_is_found(fresh_database: tuple[str, str]) -> None:
    async def scene() -> int:
        login_url, owner_url = fresh_database
        async with paid(login_url, owner_url) as on:
            case_id = await on.case()
            await on.market.ask(photograph(on, case_id, webp(3, 3)))
            with pytest.raises(asyncpg.PostgresError, match="never changed"):
                await on.owner.execute("update after_sale.photographs set sender = 'seller'")
            await on.owner.execute(PLANT, on.book, case_id)
        promise = "after_sale.no_case_has_too_many_photographs"
        return sum([kept.broken async for kept in verify(owner_url, [promise])])

    assert asyncio.run(scene()) == 1
