"""Opening: a buyer's own units, each once, for no more than was paid."""

import asyncio

from jishi import after_sale
from jishi.after_sale import Claim
from jishi.kernel import Refused
from tests.after_sale.scene import PRICE_FEN, UNITS, change, paid, refuse, wish, withdraw
from tests.shops import sku_of


def test_a_case_claims_its_units_and_waits_for_the_seller(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            asked = wish(on, "return_and_refund", 2, reason="no_reason", story="太大了")
            assert await ask(asked) == after_sale.CaseOpened(
                subject_id=asked.case_id,
                order_id=on.order_id,
                claim=Claim(1, 2, 2 * PRICE_FEN, 0),
                refund_fen=2 * PRICE_FEN,
                is_shipped=True,
            )
            assert await on.log(asked.case_id) == [("buyer", "opened", "seller_review")]
            row = await on.owner.fetchrow(
                "select kind, reason, story, quantity, refund_fen, state, attempts,"
                " act_until - opened_at = interval '48 hours' as is_timed"
                " from after_sale.cases where case_id = $1",
                asked.case_id,
            )
            assert row is not None
            assert tuple(row) == (
                "return_and_refund",
                "no_reason",
                "太大了",
                2,
                2 * PRICE_FEN,
                "seller_review",
                1,
                True,
            )

    asyncio.run(scene())


def test_no_unit_is_claimed_twice_and_a_closed_case_gives_its_units_back(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            answers = await asyncio.gather(*(ask(wish(on, quantity=2)) for _ in range(5)))
            [opened] = [each for each in answers if isinstance(each, after_sale.CaseOpened)]
            assert answers.count(Refused("units_claimed", {"left": 1})) == 4
            await ask(withdraw(on, opened.subject_id))
            assert isinstance(await ask(wish(on, quantity=UNITS)), after_sale.CaseOpened)
            assert await on.is_refused(wish(on), "units_claimed")

    asyncio.run(scene())


def test_what_was_not_sent_is_only_refunded(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "paid") as on:
            ask = on.market.ask
            assert await on.is_refused(wish(on, "exchange"), "kind_unknown")
            assert await on.is_refused(wish(on, "return_and_refund"), "kind_unknown")
            assert await on.is_refused(wish(on, reason="damaged"), "case_reason_unknown")
            assert isinstance(await ask(wish(on, reason="not_wanted")), after_sale.CaseOpened)

    asyncio.run(scene())


def test_a_buyer_asks_within_bounds_about_his_own(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            assert await on.is_refused(wish(on, actor_id=8), "order_unknown")
            assert await on.is_refused(wish(on, order_id=1), "order_unknown")
            assert await on.is_refused(wish(on, position=2), "line_unknown")
            assert await on.is_refused(wish(on, quantity=0), "units_claimed")
            assert await on.is_refused(wish(on, quantity=UNITS + 1), "units_claimed")
            assert await on.is_refused(wish(on, story="x" * 501), "text_out_of_bounds")
            assert await on.is_refused(wish(on, wanted_fen=PRICE_FEN + 1), "refund_out_of_bounds")
            assert await on.is_refused(wish(on, wanted_fen=-1), "refund_out_of_bounds")
            assert await on.is_refused(wish(on, case_id=0), "case_id_taken")
            opened = await ask(wish(on, wanted_fen=5))
            assert isinstance(opened, after_sale.CaseOpened)
            assert opened.refund_fen == 5
            assert await on.is_refused(wish(on, case_id=opened.subject_id), "case_id_taken")
            await on.stands("completed")
            assert await on.is_refused(wish(on), "order_not_in_after_sale")

    asyncio.run(scene())


def test_a_line_is_asked_about_five_times(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            for _ in range(2):
                case_id = await on.case()
                await ask(refuse(on, case_id))
                assert isinstance(await ask(change(on, case_id)), after_sale.CaseChanged)
                await ask(withdraw(on, case_id))
            assert isinstance(await ask(wish(on)), after_sale.CaseOpened)
            assert await on.is_refused(wish(on), "too_many_attempts")

    asyncio.run(scene())


def test_what_cost_nothing_is_not_refunded(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            await on.owner.execute(
                "alter table trade.order_lines disable trigger user;"
                f"update trade.order_lines set paid_fen = 0 where sku_id = {sku_of(on.book, 1)};"
                "alter table trade.order_lines enable trigger user"
            )
            assert await on.is_refused(wish(on), "nothing_to_refund")
            assert isinstance(await ask(wish(on, "exchange")), after_sale.CaseOpened)
            await on.owner.execute(
                "alter table trade.order_lines disable trigger user;"
                f"update trade.order_lines set paid_fen = {UNITS * PRICE_FEN}"
                f" where sku_id = {sku_of(on.book, 1)};"
                "alter table trade.order_lines enable trigger user"
            )

    asyncio.run(scene())
