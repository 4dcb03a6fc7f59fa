"""Carts, freight, purchases: whatever is asked is an event or a refusal, never an error."""

import asyncio
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from jishi import trade
from jishi.kernel import MARKET, Request, new_id, new_public_id
from jishi.trade.carts import CartLine
from jishi.trade.freight_rules import Zone
from tests.machines.test_what_decide_accepts import ENDS, ask_all, relaxed
from tests.shops import seed_shops

zones = st.builds(
    Zone,
    divisions=st.lists(st.sampled_from(["44", "4403", "440305", "4", "x", "\x00"]), max_size=3),
    is_served=st.booleans(),
    first=ENDS,
    first_fen=ENDS,
    more=ENDS,
    more_fen=ENDS,
    free_from_fen=ENDS,
)


@relaxed
@given(
    asked=st.lists(
        st.tuples(st.sampled_from(["piece", "weight", ""]), st.lists(zones, max_size=4)),
        max_size=4,
    )
)
def test_any_freight_is_an_event_or_a_refusal(
    database_url: str, owner_url: str, asked: list[tuple[str, list[Zone]]]
) -> None:
    book = new_id() >> 20
    asyncio.run(seed_shops(owner_url, book))
    requests: list[Request] = [
        trade.SetFreight(
            key=uuid4(), book=book, actor_id=0, charged_by=charged_by, zones=tuple(given_zones)
        )
        for charged_by, given_zones in asked
    ]
    assert len(ask_all(database_url, requests)) == len(asked)


cart_lines = st.builds(
    CartLine, shop_book=ENDS, sku_id=ENDS, quantity=ENDS, seen_fen=ENDS, is_chosen=st.booleans()
)


@relaxed
@given(asked=st.lists(st.tuples(st.sampled_from([7, 8]), st.lists(cart_lines, max_size=4))))
def test_any_cart_is_an_event_or_a_refusal(
    database_url: str, asked: list[tuple[int, list[CartLine]]]
) -> None:
    requests: list[Request] = [
        each
        for holder, changed in asked
        for each in (
            *(
                trade.PutInCart(key=uuid4(), book=MARKET, actor_id=holder, line=line)
                for line in changed
            ),
            trade.ChangeCart(key=uuid4(), book=MARKET, actor_id=holder, lines=tuple(changed[1:])),
            trade.MergeCarts(key=uuid4(), book=MARKET, actor_id=7, guest_id=holder),
        )
    ]
    assert len(ask_all(database_url, requests)) == len(requests)


purchase_parts = st.lists(st.tuples(ENDS, ENDS), max_size=4)


@relaxed
@given(asked=st.lists(st.tuples(ENDS, purchase_parts), max_size=4))
def test_any_purchase_is_an_event_or_a_refusal(
    fresh_database: tuple[str, str], asked: list[tuple[int, list[tuple[int, int]]]]
) -> None:
    """In a database of its own: these name orders that there are not."""
    requests: list[Request] = [
        trade.OpenPurchase(
            key=uuid4(), book=MARKET, actor_id=7, purchase_id=purchase_id,
            public_id=new_public_id(),
            parts=tuple(trade.PurchasePart(*part) for part in given_parts),
        )
        for purchase_id, given_parts in asked
    ]  # fmt: skip
    assert len(ask_all(fresh_database[0], requests)) == len(asked)
