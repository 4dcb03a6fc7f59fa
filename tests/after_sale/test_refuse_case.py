"""Refusing: the seller says why, and the buyer has his ways on."""

import asyncio

from jishi import after_sale
from tests.after_sale.scene import paid, refuse


def test_a_refusal_has_its_reason(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            case_id = await on.case()
            assert await on.is_refused(refuse(on, case_id, " "), "text_out_of_bounds")
            assert await on.is_refused(refuse(on, 1), "case_unknown")
            assert await ask(refuse(on, case_id)) == after_sale.CaseRefused(subject_id=case_id)
            assert await on.is_refused(refuse(on, case_id), "case_elsewhere")
            note = await on.owner.fetchval(
                "select note from after_sale.steps where case_id = $1 and deed = 'refused'", case_id
            )
            assert note == "用过了"

    asyncio.run(scene())
