"""Same-city delivery: which terms are accepted, and what an order costs by them."""

import asyncio
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jishi import trade
from jishi.kernel import Refused, new_id
from jishi.trade import Destination
from jishi.trade.same_city.types import Terms
from jishi.trade.set_same_city import decide
from tests.conftest import opened
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.freights import set_freight, unserved
from tests.trade.orders import place

NANSHAN, FUTIAN = "440305", "440304"
TERMS = Terms(
    is_offered=True, divisions=[NANSHAN], fee_fen=600, free_from_fen=5_000, minimum_fen=2_000
)
THERE = Destination("same_city", address_id=1, division=NANSHAN)
FEN = st.sampled_from([-(2**63), -1, 0, 1, 10**6, 10**6 + 1, 10**8, 10**8 + 1, 2**63 - 1])
CODES = st.sampled_from(["", "44", NANSHAN, FUTIAN, "４４０３０５", "44030x", "\x00", "a,b"])


def set_terms(book: int, **other: object) -> trade.SetSameCity:
    """Ask for terms."""
    given = {name: getattr(TERMS, name) for name in TERMS.__struct_fields__} | other
    return trade.SetSameCity(key=uuid4(), book=book, actor_id=0, terms=Terms(**given))


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"fee_fen": -1, "divisions": []}, "same_city_out_of_bounds"),
        ({"fee_fen": 1_000_001}, "same_city_out_of_bounds"),
        ({"free_from_fen": -1}, "same_city_out_of_bounds"),
        ({"minimum_fen": 100_000_001}, "same_city_out_of_bounds"),
        ({"divisions": ["4403"]}, "division_unknown"),
        ({"divisions": [f"{n:06}" for n in range(101)]}, "division_unknown"),
        ({"divisions": [NANSHAN, NANSHAN]}, "division_twice"),
        ({"divisions": []}, "same_city_nowhere"),
    ],
)
def test_what_are_no_terms_is_refused(other: dict[str, object], reason: str) -> None:
    refused = decide(None, set_terms(1, **other))
    assert isinstance(refused, Refused)
    assert refused.reason == reason


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wishes=st.lists(
        st.tuples(st.booleans(), st.lists(CODES, max_size=3), FEN, FEN, FEN), max_size=5
    )
)
def test_what_decide_accepts_the_tables_accept(
    database_url: str, owner_url: str, wishes: list[tuple[bool, list[str], int, int, int]]
) -> None:
    async def scene() -> None:
        book = new_id() >> 20
        await seed_shops(owner_url, book, skus=1)
        async with opened(database_url) as market:
            names = TERMS.__struct_fields__
            asked = [set_terms(book, **dict(zip(names, each, strict=True))) for each in wishes]
            answers = [await market.ask(each) for each in asked]
            told = [each.terms for each in answers if isinstance(each, trade.SameCitySet)]
            found = await market.look(trade.same_city.terms.current, books=[book])
            assert [each.terms for each in found] == told[-1:]

    asyncio.run(scene())


def test_an_order_is_brought_by_the_terms_of_its_shop(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        book = new_id() >> 20
        await seed_shops(owner_url, book, stock=20)
        line = (sku_of(book, 1), 2, price_of(1))
        async with opened(database_url) as market:

            async def refused(lines: tuple[int, int, int], to: Destination, fen: int) -> str:
                answer = await market.ask(place(book, lines, destination=to, freight_fen=fen))
                return answer.reason if isinstance(answer, Refused) else ""

            assert await refused(line, THERE, 0) == "not_deliverable", "nobody set any terms"
            # What goes by parcel elsewhere, or nowhere, has nothing to do with it.
            await market.ask(set_freight(book, unserved()))
            await market.ask(set_terms(book))
            elsewhere = Destination("same_city", address_id=1, division=FUTIAN)
            assert await refused(line, elsewhere, 600) == "not_deliverable"
            small = (line[0], 1, line[2])
            least = await market.ask(place(book, small, destination=THERE, freight_fen=600))
            assert least == Refused(
                "below_minimum", {"minimum_fen": 2_000, "missing_fen": 2_000 - price_of(1)}
            )
            assert await refused(line, THERE, 0) == "freight_changed"
            assert await refused(line, Destination("same_city"), 0) == "destination_unclear"
            brought = await market.ask(place(book, line, destination=THERE, freight_fen=600))
            assert isinstance(brought, trade.OrderPlaced)
            assert brought.freight_fen == 600
            many = (line[0], 5, line[2])
            free = await market.ask(place(book, many, destination=THERE))
            assert isinstance(free, trade.OrderPlaced)
            assert free.freight_fen == 0
            await market.ask(set_terms(book, is_offered=False))
            assert await refused(line, THERE, 600) == "not_deliverable"

    asyncio.run(scene())
