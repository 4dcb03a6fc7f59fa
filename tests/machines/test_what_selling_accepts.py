"""Notes, lowered prices, orders called off: an event or a refusal, and the promises hold."""

import asyncio
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from jishi import trade
from jishi.kernel import Request, new_id, verify
from tests.after_sale.scene import paid
from tests.conftest import opened
from tests.machines.test_what_decide_accepts import ENDS, TEXTS, relaxed
from tests.shops import price_of, seed_shops, sku_of
from tests.trade import invoices
from tests.trade.invoices import NUMBER
from tests.trade.orders import place
from tests.trade.paying import start

PROMISES = (
    "trade.every_changed_address_holds_and_came_before_sending",
    "trade.every_changed_price_holds_and_came_before_payment",
    "trade.every_order_costs_the_sum_of_its_lines",
    "trade.every_paid_order_has_its_money",
)
prices = st.integers(0, 2_100) | ENDS
deeds = st.one_of(
    st.tuples(st.just("note"), TEXTS),
    st.tuples(st.just("lower"), st.tuples(prices, prices)),
    st.tuples(st.just("lower"), st.lists(prices, max_size=3).map(tuple)),
    st.tuples(st.just("call_off"), st.none()),
    st.tuples(st.just("start"), st.none()),
    st.tuples(st.just("forget"), st.none()),
    st.tuples(st.just("move"), st.tuples(ENDS | st.sampled_from([70, 71]), st.just(7) | ENDS)),
    st.tuples(st.just("settle"), TEXTS | st.sampled_from(["110105", "44030", "\x00"])),
)


def asked_of(book: int, order_id: int, deed: str, what: object) -> Request:
    """Give the request of a deed."""
    if deed == "start":
        return start(book, order_id)
    if deed in {"move", "settle"}:
        address_id, who = what if isinstance(what, tuple) else (72, 7)
        return trade.ChangeAddress(
            key=uuid4(), book=book, actor_id=who, order_id=order_id, address_id=address_id,
            division=what if isinstance(what, str) else "440305", is_by_shop=deed == "settle",
        )  # fmt: skip
    if deed == "forget":
        return trade.ForgetRemarks(key=uuid4(), book=book, actor_id=7 if order_id > 1 else 1)
    if deed == "call_off":
        return trade.CallOffOrder(key=uuid4(), book=book, actor_id=9, order_id=order_id)
    if isinstance(what, str):
        return trade.NoteOrder(key=uuid4(), book=book, actor_id=9, order_id=order_id, note=what)
    assert isinstance(what, tuple)
    return trade.ChangePrice(
        key=uuid4(), book=book, actor_id=9, order_id=order_id, paid_fen=what, freight_fen=0
    )


@relaxed
@given(asked=st.lists(st.tuples(st.booleans(), deeds), max_size=12))
def test_any_selling_is_an_event_or_a_refusal(
    database_url: str, owner_url: str, asked: list[tuple[bool, tuple[str, object]]]
) -> None:
    async def scene() -> list[str]:
        book = new_id() >> 20
        await seed_shops(owner_url, book)
        async with opened(database_url) as market:
            order = place(
                book, (sku_of(book, 1), 2, price_of(1)), (sku_of(book, 2), 1, price_of(2))
            )
            await market.ask(order)
            made = [
                asked_of(book, order.order_id if is_there else 1, deed, what)
                for is_there, (deed, what) in asked
            ]
            half = len(made) // 2
            await asyncio.gather(*map(market.ask, made[:half]))
            for each in made[half:]:
                await market.ask(each)
        return [
            f"{kept.promise}: {kept.broken}"
            async for kept in verify(owner_url, PROMISES)
            if kept.broken
        ]

    assert asyncio.run(scene()) == []


kinds = st.sampled_from(["personal", "company", "church", "\x00"])
numbers = st.sampled_from([NUMBER, "12345678", "1", "x" * 20, "\x00" * 8, ""])
wishes = st.tuples(kinds, st.sampled_from([0, 28, 29, 2_000, 2_001]), numbers, st.booleans())


@relaxed
@given(state=st.sampled_from(["paid", "closed", "completed"]), asked=st.lists(wishes, max_size=8))
def test_any_invoice_is_an_event_or_a_refusal(
    database_url: str, owner_url: str, state: str, asked: list[tuple[str, int, str, bool]]
) -> None:
    async def scene() -> list[str]:
        async with paid(database_url, owner_url, state) as on:
            for kind, seal, number, is_there in asked:
                of = on if is_there else on._replace(order_id=1)
                requests: list[Request] = [
                    invoices.ask(of, kind, seal=b"x" * seal), invoices.issue(of, number),
                    invoices.show(of),
                ]  # fmt: skip
                await asyncio.gather(*map(on.market.ask, requests))
        promise = "trade.every_invoice_was_asked_for_and_is_of_a_paid_order"
        return [kept.promise async for kept in verify(owner_url, [promise]) if kept.broken]

    assert asyncio.run(scene()) == []
