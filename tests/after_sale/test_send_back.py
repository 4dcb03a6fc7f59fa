"""Sending back: the buyer names a parcel that can be traced."""

import asyncio

from jishi import after_sale
from tests.after_sale.scene import agree, paid, send_back


def test_a_parcel_is_named_once_by_its_buyer(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            case_id = await on.case("return_and_refund")
            assert await on.is_refused(send_back(on, case_id), "case_elsewhere")
            await ask(agree(on, case_id))
            assert await on.is_refused(send_back(on, case_id, buyer=8), "case_unknown")
            assert await on.is_refused(send_back(on, case_id, number=""), "parcel_unclear")
            assert await on.is_refused(send_back(on, case_id, carrier="x" * 41), "parcel_unclear")
            assert await ask(send_back(on, case_id)) == after_sale.SentBack(subject_id=case_id)
            assert await on.is_refused(send_back(on, case_id), "case_elsewhere")
            rows = await on.owner.fetch(
                "select sender, carrier, tracking_number from after_sale.parcels"
                " where case_id = $1",
                case_id,
            )
            assert [tuple(row) for row in rows] == [("buyer", "顺丰", "SF1")]
            assert (await on.log(case_id))[-1] == ("buyer", "sent_back", "seller_to_receive")

    asyncio.run(scene())
