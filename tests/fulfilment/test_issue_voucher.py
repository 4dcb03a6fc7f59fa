"""Issuing: a paid order that is picked up waits in its store, with a code nobody else has."""

import asyncio

from jishi import fulfilment, trade
from jishi.fulfilment.pickup import codes
from jishi.kernel import verify
from tests.conftest import IS_SOAK
from tests.fulfilment.pickup_scene import check, issue, pay, waiting
from tests.shops import price_of, sku_of
from tests.trade.orders import place

ORDERS = 300 if IS_SOAK else 20
PATH = "select state, reason, actor_id from trade.order_steps where book = $1 order by number"


def test_what_is_paid_waits_in_its_store_by_itself(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with waiting(database_url, owner_url) as on:
            assert await on.state() == "ready_for_pickup"
            [(_, order_id, _, turn, digest)] = await on.rows("vouchers")
            assert (order_id, turn, digest) == (on.order_id, 0, on.digest)
            path = [tuple(row) for row in await on.owner.fetch(PATH, on.book)]
            assert path[1:] == [
                ("paid", "payment_taken", 0), ("ready_for_pickup", "voucher_issued", 0),
            ]  # fmt: skip
            assert await on.is_refused(issue(on), "order_not_to_prepare")

    asyncio.run(scene())


def test_a_table_gives_no_code_away(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with waiting(database_url, owner_url) as on:
            code = codes.code_of(on.secret, on.book, on.order_id, 0)
            kept = str([await on.rows(table) for table in ("vouchers", "wrong_codes")])
            told = await on.owner.fetch("select body from kernel.events where book = $1", on.book)
            assert code not in kept + str(told)

    asyncio.run(scene())


def test_what_is_sent_or_not_paid_has_no_voucher(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with waiting(database_url, owner_url) as on:
            sent = place(on.book, (sku_of(on.book, 2), 1, price_of(2)))
            assert isinstance(await on.market.ask(sent), trade.OrderPlaced)
            assert await on.is_refused(issue(on, sent.order_id), "order_not_for_pickup")
            assert await on.is_refused(issue(on, 1), "order_unknown")
            unclear = issue(on, digests=("x",))
            assert await on.is_refused(unclear, "digests_unclear")
            assert await on.is_refused(issue(on, digests=("0" * 32,) * 5), "digests_unclear")

    asyncio.run(scene())


def test_two_vouchers_of_a_shop_never_have_one_code(database_url: str, owner_url: str) -> None:
    """Whatever is drawn: a code that is taken is passed over, also within one batch."""

    async def scene() -> list[str]:
        async with waiting(database_url, owner_url, stock=3 * ORDERS + 3) as on:
            taken, free = on.digest, [f"{n:032x}" for n in range(3)]
            unpaid = [await pay(on.market, on.book, is_issued=False) for _ in range(4)]
            assert await on.is_refused(issue(on, unpaid[0], (taken,)), "no_code_left")
            answers = await asyncio.gather(
                *(on.market.ask(issue(on, each, (taken, *free))) for each in unpaid)
            )
            turns = [each.turn for each in answers if isinstance(each, fulfilment.VoucherIssued)]
            assert sorted(turns) == [1, 2, 3], answers
            for _ in range(ORDERS - 5):
                await pay(on.market, on.book)
            digests = [row[4] for row in await on.rows("vouchers")]
            assert len(set(digests)) == len(digests) == ORDERS - 1
            answer = await on.market.ask(check(on, free[0]))
            assert isinstance(answer, fulfilment.VoucherChecked)
            assert answer.subject_id in unpaid
        return [kept.promise async for kept in verify(owner_url) if kept.broken]

    assert "fulfilment.every_pickup_has_its_voucher" not in asyncio.run(scene())
