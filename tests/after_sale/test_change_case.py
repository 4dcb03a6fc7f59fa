"""Changing: what was refused is asked anew, not too often."""

import asyncio

from jishi import after_sale
from tests.after_sale.scene import PRICE_FEN, change, paid, refuse


def test_a_refused_wish_is_asked_anew(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            case_id = await on.case()
            assert await on.is_refused(change(on, case_id), "case_elsewhere")
            await ask(refuse(on, case_id))
            assert await on.is_refused(change(on, case_id, buyer=8), "case_unknown")
            assert await on.is_refused(change(on, case_id, kind="x"), "kind_unknown")
            assert await on.is_refused(
                change(on, case_id, reason="not_wanted"), "case_reason_unknown"
            )
            assert await on.is_refused(
                change(on, case_id, wanted_fen=PRICE_FEN + 1), "refund_out_of_bounds"
            )
            asked = change(on, case_id, kind="return_and_refund", reason="no_reason", wanted_fen=7)
            assert await ask(asked) == after_sale.CaseChanged(subject_id=case_id, refund_fen=7)
            assert (await on.log(case_id))[1:] == [
                ("seller", "refused", "seller_rejected"),
                ("buyer", "changed", "seller_review"),
            ]
            row = await on.owner.fetchrow(
                "select kind, reason, story, refund_fen, attempts"
                " from after_sale.cases where case_id = $1",
                case_id,
            )
            assert row is not None
            assert tuple(row) == ("return_and_refund", "no_reason", "再看看", 7, 2)

    asyncio.run(scene())


def test_five_times_is_enough(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            case_id = await on.case()
            for _ in range(4):
                await ask(refuse(on, case_id))
                assert isinstance(await ask(change(on, case_id)), after_sale.CaseChanged)
            await ask(refuse(on, case_id))
            assert await on.is_refused(change(on, case_id), "too_many_attempts")

    asyncio.run(scene())
