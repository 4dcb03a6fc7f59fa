"""Changing a price: lower only, before anybody pays, and what comes for the old one goes back."""

import asyncio
from uuid import uuid4

import asyncpg

from jishi import trade
from jishi.kernel import Market, Refused, new_id, verify
from tests.conftest import opened
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import BUYER, place
from tests.trade.paying import came, start, take

FULL = price_of(1) * 3
PROMISES = (
    "trade.every_changed_price_holds_and_came_before_payment",
    "trade.every_order_costs_the_sum_of_its_lines",
    "trade.every_paid_order_has_its_money",
)


def lower(book: int, order_id: int, *paid_fen: int, freight: int = 0) -> trade.ChangePrice:
    """Ask for other prices."""
    return trade.ChangePrice(
        key=uuid4(), book=book, actor_id=900, order_id=order_id, paid_fen=paid_fen,
        freight_fen=freight,
    )  # fmt: skip


async def placed(market: Market, owner_url: str) -> trade.PlaceOrder:
    """Place an order of three in a shop of its own."""
    book = new_id() >> 20
    await seed_shops(owner_url, book)
    asked = place(book, (sku_of(book, 1), 3, price_of(1)))
    assert isinstance(await market.ask(asked), trade.OrderPlaced)
    return asked


async def broken(owner_url: str) -> list[str]:
    """Name the promises of trade that are broken."""
    return [kept.promise async for kept in verify(owner_url, PROMISES) if kept.broken]


def test_a_lower_price_is_what_is_paid(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            asked = await placed(market, owner_url)
            book, order_id = asked.book, asked.order_id
            answer = await market.ask(lower(book, order_id, 2_000))
            assert isinstance(answer, trade.PriceChanged)
            assert answer.total_fen == 2_000
            assert [(c.position, c.from_fen, c.to_fen) for c in answer.changes] == [
                (1, FULL, 2_000)
            ]
            await market.ask(lower(book, order_id, 1_500))
            page = await market.look(
                trade.views.order, person=BUYER, shop=f"shop-{book}", order=asked.public_id
            )
            assert page is not None
            assert (page.goods_fen, page.discount_fen, page.total_fen) == (
                FULL, FULL - 1_500, 1_500,
            )  # fmt: skip
            begun = await market.ask(start(book, order_id))
            assert isinstance(begun, trade.PaymentStarted)
            assert begun.amount_fen == 1_500
            taken = await market.ask(take(book, came(begun, transaction_id=f"44{order_id}")))
            assert isinstance(taken, trade.PaymentTaken)
            assert taken.trouble == ""
            refused = await market.ask(lower(book, order_id, 100))
            assert refused == Refused("order_not_open", {"state": "paid"})
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_what_is_not_lower_or_unclear_is_refused_and_changes_nothing(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            asked = await placed(market, owner_url)
            book, order_id = asked.book, asked.order_id
            for request, reason in (
                (lower(book, order_id, FULL), "price_not_lower"),
                (lower(book, order_id, FULL - 1, freight=1), "price_not_lower"),
                (lower(book, order_id, -1), "prices_unclear"),
                (lower(book, order_id), "prices_unclear"),
                (lower(book, order_id, 1, 1), "prices_unclear"),
                (lower(book, 1, 1), "order_unknown"),
            ):
                assert await market.ask(request) == Refused(reason), reason
            facts = await market.look(trade.selling.facts, book=book, order=asked.public_id)
            assert facts is not None
            assert (facts.paid_fen, facts.lowered) == ([FULL], [])
            await market.ask(start(book, order_id))
            assert await market.ask(lower(book, order_id, 1)) == Refused("payment_open")

    asyncio.run(scene())


def test_what_comes_late_for_the_old_price_goes_back(database_url: str, owner_url: str) -> None:
    """Whoever began to pay the old price, gave it up and yet paid: the order waits for the new."""

    async def scene() -> None:
        async with opened(database_url) as market:
            asked = await placed(market, owner_url)
            book, order_id = asked.book, asked.order_id
            begun = await market.ask(start(book, order_id))
            assert isinstance(begun, trade.PaymentStarted)
            owner = await asyncpg.connect(owner_url)
            await owner.execute(
                "update money.attempts set state = 'closed' where book = $1 and attempt_id = $2",
                book, begun.subject_id,
            )  # fmt: skip
            await owner.close()
            assert isinstance(await market.ask(lower(book, order_id, 900)), trade.PriceChanged)
            taken = await market.ask(take(book, came(begun, transaction_id=f"45{order_id}")))
            assert isinstance(taken, trade.PaymentTaken)
            assert taken.trouble == "paid_late"
            again = await market.ask(start(book, order_id))
            assert isinstance(again, trade.PaymentStarted)
            assert again.amount_fen == 900
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_an_order_lowered_to_nothing_is_paid_by_itself(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            asked = await placed(market, owner_url)
            answer = await market.ask(lower(asked.book, asked.order_id, 0), wait=5)
            assert isinstance(answer, trade.PriceChanged)
            facts = await market.look(trade.selling.facts, book=asked.book, order=asked.public_id)
            assert facts is not None
            assert facts.steps[-1].state == "paid"

    asyncio.run(scene())


def test_a_price_changed_behind_the_markets_back_is_found(
    fresh_database: tuple[str, str],
) -> None:
    url, owner_url = fresh_database

    async def scene() -> None:
        async with opened(url) as market:
            asked = await placed(market, owner_url)
            await market.ask(lower(asked.book, asked.order_id, 900))
            assert await broken(owner_url) == []
            owner = await asyncpg.connect(owner_url)
            await owner.execute("update trade.order_lines set paid_fen = 800")
            await owner.close()
        assert sorted(await broken(owner_url)) == [
            "trade.every_changed_price_holds_and_came_before_payment",
            "trade.every_order_costs_the_sum_of_its_lines",
        ]

    asyncio.run(scene())
