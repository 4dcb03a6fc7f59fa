"""Combining: the buyer's own parts, each started in its book; what comes is taken part by part."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from jishi import money, trade
from jishi.kernel import MARKET, Refused, new_id
from tests.trade.combining import Bought, bought
from tests.trade.orders import BUYER, cancel
from tests.trade.paying import take
from tests.web.reader import count

UNTIL = datetime(2030, 1, 1, tzinfo=UTC)
OPEN = "select count(*) from money.attempts where book = $1 and state = 'open'"
PAID = "select count(*) from trade.orders where book = $1 and state = 'paid'"
ESCROW = "select coalesce(sum(balance), 0) from ledger.accounts where book = $1 and kind = 'escrow'"
NOTED = "select count(*) from money.exceptions where book = $1 and reason = $2"


def combine(
    scene: Bought, combined: money.Combined, *, buyer: int = BUYER, purchase_id: int = 0,
    way: str = "native", amounts: tuple[int, ...] | None = None,
) -> trade.CombinePayment:  # fmt: skip
    """Ask to pay at once what was started."""
    return trade.CombinePayment(
        key=uuid4(), book=MARKET, actor_id=buyer, purchase_id=purchase_id or scene.purchase_id,
        combined=combined, way=way,
        amounts_fen=amounts or tuple(each.total_fen for each in scene.orders),
        order_numbers=tuple(each.public_id for each in scene.orders), pay_until=UNTIL,
    )  # fmt: skip


def test_the_buyers_own_parts_are_combined(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as here:
            combined = here.combined()
            answer = await here.market.ask(combine(here, combined))
            assert isinstance(answer, trade.PaymentCombined)
            assert answer.subject_id == combined.combined_id
            assert answer.amounts_fen == [each.total_fen for each in here.orders]

    asyncio.run(scene())


def test_it_refuses_in_this_order(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as here:
            combined, ask = here.combined(), here.market.ask
            alone = money.Combined(combined.combined_id, "wx1", "190", combined.parts[:1])
            told = {"shops_max": 10}
            assert await ask(combine(here, alone, way="cash")) == Refused("way_unknown")
            assert await ask(combine(here, alone)) == Refused("combined_out_of_bounds", told)
            few = combine(here, combined, amounts=(1,))
            assert await ask(few) == Refused("combined_out_of_bounds", told)
            for other in (
                combine(here, combined, buyer=8),
                combine(here, combined, purchase_id=new_id()),
            ):
                assert await ask(other) == Refused("purchase_unknown")
            strange = money.CombinedPart(here.books[1], new_id(), new_id(), "190")
            mixed = money.Combined(combined.combined_id, "wx1", "190", (combined.parts[0], strange))
            assert await ask(combine(here, mixed)) == Refused("purchase_unknown")
            free = combine(here, combined, amounts=(1, 0))
            assert await ask(free) == Refused("nothing_to_pay")

    asyncio.run(scene())


def test_a_part_is_started_only_as_what_it_is(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as here:
            combined = here.combined()
            refused = Refused("combined_out_of_bounds", {"shops_max": 10})
            for other in ({"attempt_id": new_id()}, {"mchid": "190"}, {"appid": "wx2"}):
                assert await here.market.ask(here.start(0, combined, **other)) == refused
            answer = await here.market.ask(here.start(0, combined))
            assert isinstance(answer, trade.PaymentStarted)
            assert answer.combined == combined
        assert await count(owner_url, OPEN, here.books[0]) == 1

    asyncio.run(scene())


def test_asked_twice_it_is_one_payment_and_the_other_form_finds_it_open(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as here:
            key, wish = uuid4(), here.wish()
            twice = [trade.pay_together(here.market, key, wish) for _ in range(2)]
            assert await asyncio.gather(*twice) == [None, None]
            other = await trade.pay_together(here.market, uuid4(), wish)
            assert other == Refused("payment_open")
        for book in here.books:
            assert await count(owner_url, OPEN, book) == 1

    asyncio.run(scene())


def test_where_a_part_cannot_be_started_none_is_combined(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as here:
            await here.market.ask(cancel(here.books[1], here.orders[1].subject_id))
            answer = await trade.pay_together(here.market, uuid4(), here.wish())
            assert isinstance(answer, Refused)
            assert answer.reason == "order_not_open"
            combined = "select count(*) from kernel.events where name = 'PaymentCombined'"
            asked = f"{combined} and (body -> 'purchase_id')::bigint = $1"
            assert await count(owner_url, asked, here.purchase_id) == 0

    asyncio.run(scene())


def test_each_part_is_taken_once_in_its_own_book(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as here:
            combined = here.combined()
            for at in (0, 1):
                assert isinstance(
                    await here.market.ask(here.start(at, combined)), trade.PaymentStarted
                )
            first = await here.market.ask(take(here.books[0], here.came(0, combined)))
            assert isinstance(first, trade.PaymentTaken)
            assert (first.trouble, await count(owner_url, PAID, here.books[1])) == ("", 0)
            for _ in range(2):
                await here.market.ask(take(here.books[1], here.came(1, combined)))
            again = await here.market.ask(take(here.books[0], here.came(0, combined)))
            assert again == Refused("payment_taken")
        for book, order in zip(here.books, here.orders, strict=True):
            assert await count(owner_url, ESCROW, book) == order.total_fen

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"amount_fen": 1}, "amount_differs"),
        ({"currency": "USD"}, "currency_differs"),
        ({"mchid": "1900000009"}, "mchid_differs"),
        ({"appid": "wx9"}, "appid_differs"),
    ],
)
def test_a_part_that_differs_is_told_of_and_not_taken_and_the_other_is(
    database_url: str, owner_url: str, other: dict[str, object], reason: str
) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as here:
            combined = here.combined()
            for at in (0, 1):
                await here.market.ask(here.start(at, combined))
            odd = await here.market.ask(take(here.books[0], here.came(0, combined, **other)))
            assert isinstance(odd, trade.PaymentTaken)
            assert odd.trouble == reason
            await here.market.ask(take(here.books[1], here.came(1, combined)))
        assert await count(owner_url, NOTED, here.books[0], reason) == 1
        assert await count(owner_url, PAID, here.books[0]) == 0
        assert await count(owner_url, PAID, here.books[1]) == 1

    asyncio.run(scene())
