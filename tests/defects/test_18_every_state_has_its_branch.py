"""Defect 18: a state without a branch threw; here every state is known wherever it is met."""

import asyncio
import re
from uuid import uuid4

import pytest

from jishi import fulfilment, trade
from jishi.after_sale.rules import SHIPPED, UNSHIPPED
from jishi.kernel import Event, Refused, Request
from jishi.pages import LANGUAGES, Engine
from jishi.pages.words import Words
from jishi.trade.mine.views import TABS as SHOPPERS_LISTS
from jishi.trade.rules import TRANSITIONS
from jishi.trade.selling.views import TABS as SHOPS_LISTS
from jishi.web.console.orders.said import state_said
from jishi.web.storefront.said import said_of
from tests.after_sale import scene as cases
from tests.after_sale.scene import Scene, paid
from tests.fulfilment import pickup_scene as pickup
from tests.shops import price_of, sku_of
from tests.trade.orders import cancel, close, expire, place
from tests.trade.paying import start

REQUESTS = 15
STATES = sorted({state for pair in TRANSITIONS for state in pair})
WORDS = [Engine((), {}).words[language] for language in LANGUAGES]


def test_the_table_knows_the_states_of_the_rules_and_no_others(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> str:
        async with paid(database_url, owner_url) as on:
            return str(
                await on.owner.fetchval(
                    "select pg_get_constraintdef(oid) from pg_constraint"
                    " where conname = 'an_order_is_in_a_known_state'"
                )
            )

    assert set(re.findall(r"'(\w+)'::text", asyncio.run(scene()))) == set(STATES)


@pytest.mark.parametrize("words", WORDS, ids=LANGUAGES)
def test_every_state_is_said_to_buyers_and_to_staff_in_its_own_words(words: Words) -> None:
    to_buyers = {state: said_of(state, words).said for state in STATES}
    to_staff = {state: state_said(state, words) for state in STATES}
    assert len(set(to_buyers.values())) == len(STATES), to_buyers
    assert len(set(to_staff.values())) == len(STATES), to_staff


def test_every_state_is_in_a_shops_list_and_all_in_the_list_of_all() -> None:
    listed = [state for states in SHOPS_LISTS.values() for state in states]
    assert sorted(listed) == STATES, "each in one list"
    assert SHOPS_LISTS["all"] == SHOPPERS_LISTS["all"] == ()
    assert set(STATES) >= SHIPPED | UNSHIPPED


def asked_of(on: Scene) -> list[Request]:
    """Give one request of each kind that is about an order."""
    its = pickup.Scene(*on)
    return [
        cancel(on.book, on.order_id), expire(on.book, on.order_id), close(on.book, on.order_id),
        start(on.book, on.order_id), cases.wish(on), cases.close(on, on.order_id),
        pickup.issue(its), pickup.redeem(its), pickup.check(its),
        trade.AcceptFreeOrder(key=uuid4(), book=on.book, actor_id=0, order_id=on.order_id),
        trade.CallOffOrder(key=uuid4(), book=on.book, actor_id=9, order_id=on.order_id),
        trade.WithdrawPayment(key=uuid4(), book=on.book, actor_id=7, order_id=on.order_id),
        trade.LookForPayment(key=uuid4(), book=on.book, actor_id=7, order_id=on.order_id),
        trade.NoteOrder(key=uuid4(), book=on.book, actor_id=9, order_id=on.order_id, note="x"),
        trade.ChangePrice(
            key=uuid4(), book=on.book, actor_id=9, order_id=on.order_id, paid_fen=(1,),
            freight_fen=0,
        ),
    ]  # fmt: skip


async def standing(on: Scene, state: str) -> Scene:
    """Give an order that stands in a state, as it comes there or as if it had."""
    if state not in {"awaiting_payment", "closing"}:
        await on.stands(state)
        return on
    asked = place(on.book, (sku_of(on.book, 2), 1, price_of(2)))
    assert isinstance(await on.market.ask(asked), trade.OrderPlaced)
    if state == "closing":
        assert isinstance(
            await on.market.ask(cancel(on.book, asked.order_id)), trade.OrderCancelled
        )
    return on._replace(order_id=asked.order_id)


@pytest.mark.parametrize("state", STATES)
def test_in_every_state_every_act_has_an_answer(
    database_url: str, owner_url: str, state: str
) -> None:
    async def scene() -> None:
        for n in range(REQUESTS):
            async with paid(database_url, owner_url) as at:
                on = await standing(at, state)
                requests = asked_of(on)
                assert len(requests) == REQUESTS
                answer = await on.market.ask(requests[n])
                assert isinstance(answer, Event | Refused), (state, requests[n])
                assert not isinstance(answer, fulfilment.VoucherRedeemed)

    asyncio.run(scene())
