"""What the town's simulations decide the tables accept: an event or a refusal, never an error."""

import asyncio
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jishi.kernel import MARKET, Event, Refused
from jishi.town.simulations import Tried
from tests.conftest import opened
from tests.town.simulations.scene import RESULT, ask, end, remove

ENDS = st.sampled_from([-(2**63), -1, 0, 1, 2, 3, 365, 4_000, 2**31, 2**63 - 1])
TEXTS = st.sampled_from(["", "a", "\x00", "failed", "茶", RESULT, RESULT + "\x00", "x" * 131_073])
KINDS = st.sampled_from(["life", "rehearsal", "", "\x00"])
BOOKS = st.just(MARKET) | ENDS
tried = st.builds(
    Tried, touches_week=ENDS, cards=ENDS, share_quota=ENDS, discount_percent=ENDS
) | st.just(Tried())
requests = st.one_of(
    st.builds(
        lambda book, kind, people, days, seed, how, who: ask(
            book=book, kind=kind, people=people, days=days, seed=seed, tried=how, actor_id=who
        ),
        BOOKS, KINDS, ENDS, ENDS, ENDS, tried, ENDS,
    ),
    st.builds(
        lambda book, of, why, told: end(of, book=book, trouble=why, result=told),
        BOOKS, ENDS | st.integers(1, 60), TEXTS, TEXTS,
    ),
    st.builds(lambda book, of: remove(of, book=book), BOOKS, ENDS | st.integers(1, 60)),
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.lists(requests, min_size=1, max_size=6))
def test_any_request_of_simulations_is_an_event_or_a_refusal(
    database_url: str, asked: list[Any]
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            for answer in await asyncio.gather(*map(market.ask, asked)):
                assert isinstance(answer, Event | Refused)

    asyncio.run(scene())
