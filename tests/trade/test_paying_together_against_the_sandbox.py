"""Paying together against a WeChat that runs here: all parts or none, told or found, exactly once.

Nobody tells the market anything by itself here: what it knows it asked for, or the test told it.
"""

import asyncio
from collections.abc import Iterator
from uuid import uuid4

import msgspec
import pytest

from jishi import money, trade
from jishi.kernel import new_id
from tests.conftest import IS_SOAK, Cluster, clone, on, run_as_owner
from tests.money.at_wechat import control
from tests.sandbox.scene import a_running_sandbox
from tests.shops import price_of, sku_of
from tests.trade.orders import BUYER, cancel, close, expire, place
from tests.trade.test_take_payment import broken
from tests.trade.together import (
    a_purchase,
    begun,
    bill,
    combined_of,
    look,
    open_of,
    pay,
    settled,
    states,
)
from tests.web.reader import count

ROUNDS = 50 if IS_SOAK else 6
OPEN = "select count(*) from money.attempts where book = $1 and state = 'open'"
ESCROW = "select coalesce(sum(balance), 0) from ledger.accounts where book = $1 and kind = 'escrow'"
REFUNDS = "select count(*) from money.refunds where book = $1 and reason = 'late_payment'"


@pytest.fixture(scope="module")
def wechat() -> Iterator[str]:
    """Lend a WeChat."""
    with asyncio.Runner() as runner:
        lent = clone()
        with a_running_sandbox(on(Cluster.login_url, runner.run(lent.__aenter__()))) as base:
            yield base
        runner.run(lent.__aexit__(None, None, None))


@pytest.fixture(scope="module")
def own() -> Iterator[str]:
    """Lend a database in which no other test left anything to do."""
    with asyncio.Runner() as runner:
        lent = clone()
        yield runner.run(lent.__aenter__())
        runner.run(lent.__aexit__(None, None, None))


@pytest.fixture(scope="module")
def database_url(own: str) -> str:
    """Give the URL at which the market logs in to it."""
    return on(Cluster.login_url, own)


@pytest.fixture(scope="module")
def owner_url(own: str) -> str:
    """Give its owner's URL."""
    return on(Cluster.owner_url, own)


def test_both_parts_are_known_by_one_code_and_found_paid_by_a_look_at_one(
    database_url: str, owner_url: str, wechat: str
) -> None:
    async def scene() -> None:
        async with a_purchase(database_url, owner_url, wechat) as here:
            await begun(here)
            codes = {each.code_url for each in await open_of(here)}
            assert len(codes) == 1
            assert codes != {""}
            await look(here, 0)
            assert await states(here, owner_url, "paid") == [0, 0]
            assert pay(wechat)
            await look(here, 0)
            assert await states(here, owner_url, "paid") == [1, 1]
            for book, order in zip(here.books, here.orders, strict=True):
                assert await count(owner_url, ESCROW, book) == order.total_fen

    asyncio.run(scene())


def test_all_told_at_once_many_times_each_part_is_credited_once(
    database_url: str, owner_url: str, wechat: str
) -> None:
    async def scene() -> None:
        async with a_purchase(database_url, owner_url, wechat) as here:
            await begun(here)
            combined = combined_of(here, await open_of(here))
            assert pay(wechat)
            came = await money.paid_together(combined)
            assert len(came) == 2
            asked = [
                msgspec.structs.replace(each, key=uuid4())
                for _ in range(10)
                for each in trade.reactions.take_all(came)
            ]
            await asyncio.gather(*map(here.market.ask, asked))
            for book, order in zip(here.books, here.orders, strict=True):
                assert await count(owner_url, ESCROW, book) == order.total_fen

    asyncio.run(scene())


@pytest.mark.parametrize("is_kept", [True, False], ids=["as it is", "without its todo"])
def test_whoever_dies_after_one_part_leaves_the_other_to_its_todo(
    database_url: str, owner_url: str, wechat: str, is_kept: bool
) -> None:  # fmt: skip
    """The negative control has no todo for the second part: then nothing takes it."""

    async def scene() -> None:
        async with a_purchase(database_url, owner_url, wechat) as here:
            await begun(here)
            combined = combined_of(here, await open_of(here))
            assert pay(wechat)
            first, _second = trade.reactions.take_all(await money.paid_together(combined))
            assert isinstance(await here.market.ask(first), trade.PaymentTaken)
            assert await states(here, owner_url, "paid") == [1, 0]
            if not is_kept:
                gone = f"delete from kernel.todos where book in ({here.books[0]}, {here.books[1]})"
                await run_as_owner(owner_url, gone)
            await settled(here.market, owner_url)
            assert await states(here, owner_url, "paid") == [1, int(is_kept)]
            await look(here, 1)

    asyncio.run(scene())


@pytest.mark.parametrize("is_guarded", [True, False], ids=["as it is", "without closing"])
def test_what_was_cancelled_in_part_can_be_paid_by_nobody(
    database_url: str, owner_url: str, wechat: str, monkeypatch: pytest.MonkeyPatch,
    is_guarded: bool,
) -> None:  # fmt: skip
    """The negative control believes that WeChat closed it: then it can still be paid."""

    async def nothing(_combined: money.Combined) -> list[money.Came]:
        return []

    async def scene() -> None:
        async with a_purchase(database_url, owner_url, wechat) as here:
            await begun(here)
            if not is_guarded:
                monkeypatch.setattr(money, "shut_together", nothing)
            await here.market.ask(cancel(here.books[0], here.orders[0].subject_id), wait=10)
            assert await states(here, owner_url, "closed") == [1, 0]
            assert await states(here, owner_url, "awaiting_payment") == [0, 1]
            assert await open_of(here) == []
            assert pay(wechat) is not is_guarded

    asyncio.run(scene())


def test_what_is_cancelled_in_part_leaves_the_other_to_be_paid_alone(
    database_url: str, owner_url: str, wechat: str
) -> None:
    async def scene() -> None:
        async with a_purchase(database_url, owner_url, wechat) as here:
            await begun(here)
            await here.market.ask(cancel(here.books[0], here.orders[0].subject_id), wait=10)
            alone = trade.StartPayment(
                key=uuid4(), book=here.books[1], actor_id=BUYER,
                order_id=here.orders[1].subject_id, attempt_id=new_id(), appid=here.appid,
                mchid=here.mchids[0], way="native",
            )  # fmt: skip
            assert isinstance(await here.market.ask(alone, wait=10), trade.PaymentStarted)
            assert pay(wechat)
            await look(here, 1)
            assert await states(here, owner_url, "paid") == [0, 1]

    asyncio.run(scene())


def test_a_race_of_cancelling_against_paying_ends_whole(
    database_url: str, owner_url: str, wechat: str
) -> None:
    """Either all is paid, or the part is closed and nothing was charged; never half."""

    async def scene() -> None:
        ends = set()
        for round_ in range(ROUNDS):
            async with a_purchase(database_url, owner_url, wechat) as here:
                await begun(here)
                wish = cancel(here.books[0], here.orders[0].subject_id)

                async def cancelled(wish: trade.CancelOrder = wish, at: int = round_) -> None:
                    await asyncio.sleep(0.004 * (at % 3))
                    await here.market.ask(wish, wait=10)

                paid, _ = await asyncio.gather(asyncio.to_thread(pay, wechat), cancelled())
                await settled(here.market, owner_url)
                await look(here, 1)
                end = (*await states(here, owner_url, "paid"), paid)
                ends.add(end)
                if not paid:
                    assert await states(here, owner_url, "closed") == [1, 0]
        assert ends <= {(1, 1, True), (0, 0, False)}

    asyncio.run(scene())


def test_all_parts_expire_and_are_closed_at_wechat(
    database_url: str, owner_url: str, wechat: str
) -> None:
    async def scene() -> None:
        async with a_purchase(database_url, owner_url, wechat) as here:
            await begun(here)
            for book, order in zip(here.books, here.orders, strict=True):
                over = f"update trade.orders set pay_until = now() where book = {book}"
                await run_as_owner(owner_url, over)
                await here.market.ask(expire(book, order.subject_id), wait=10)
            assert await states(here, owner_url, "closed") == [1, 1]
            assert not pay(wechat)

    asyncio.run(scene())


def test_what_comes_late_is_honoured_where_goods_are_and_goes_back_where_not(
    database_url: str, owner_url: str, wechat: str
) -> None:
    async def scene() -> None:
        async with a_purchase(database_url, owner_url, wechat) as here:
            await begun(here)
            combined = combined_of(here, await open_of(here))
            for book, order in zip(here.books, here.orders, strict=True):
                # As if WeChat had said that it is closed, and took the money all the same.
                await here.market.ask(cancel(book, order.subject_id))
                await here.market.ask(close(book, order.subject_id))
            book = here.books[0]
            rest = place(book, (sku_of(book, 1), 10, price_of(1)))
            assert isinstance(await here.market.ask(rest), trade.OrderPlaced)
            assert pay(wechat)
            for each in trade.reactions.take_all(await money.paid_together(combined)):
                taken = await here.market.ask(each, wait=10)
                assert isinstance(taken, trade.PaymentTaken)
            assert await states(here, owner_url, "paid") == [0, 1]
            assert await count(owner_url, REFUNDS, book) == 1
            assert await count(owner_url, REFUNDS, here.books[1]) == 0
            assert await count(owner_url, ESCROW, book) == 0

    asyncio.run(scene())


def test_what_was_begun_is_withdrawn_as_a_whole_and_begun_anew(
    database_url: str, owner_url: str, wechat: str
) -> None:
    async def scene() -> None:
        async with a_purchase(database_url, owner_url, wechat) as here:
            await begun(here)
            old = bill(wechat)["prepay_id"]
            parts = [payee.part for payee in here.wish().payees]
            await trade.withdraw_parts(here.market, BUYER, parts)
            assert await open_of(here) == []
            await begun(here)
            assert not control(wechat, "POST", "/sandbox/payments", prepay_id=old)["is_paid"]
            assert pay(wechat)
            await look(here, 1)
            assert await states(here, owner_url, "paid") == [1, 1]

    asyncio.run(scene())


def test_a_part_that_was_never_taken_is_seen(
    database_url: str, owner_url: str, wechat: str
) -> None:
    async def scene() -> None:
        async with a_purchase(database_url, owner_url, wechat) as here:
            await begun(here)
            combined = combined_of(here, await open_of(here))
            assert pay(wechat)
            first, second = trade.reactions.take_all(await money.paid_together(combined))
            await here.market.ask(first)
            assert await broken(owner_url) == [], "there is an hour to take it"
            books = f"({here.books[0]}, {here.books[1]})"
            late = "update money.attempts set started_at = now() - interval '2 hours'"
            await run_as_owner(owner_url, f"{late} where book in {books}")
            assert "money.every_combined_payment_is_taken_whole" in await broken(owner_url)
            await here.market.ask(second)

    asyncio.run(scene())
