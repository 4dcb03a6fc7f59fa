"""What objections decide the tables accept: any request is an event or a refusal."""

import asyncio
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jishi import objections
from jishi.kernel import MARKET, Event, Refused
from tests.conftest import opened
from tests.objections.scene import eight, give_up, start, verdicts

ENDS = st.sampled_from([-(2**63), -1, 0, 1, 2, 3, 2**31, 2**63 - 1])
TEXTS = st.sampled_from(["", "a", "茶", "\x00", "a\x00b", "'; drop", "🍵", "failed"])
WRITTEN = st.sampled_from(["", "a", "茶", "\x00", "'; drop", "🍵", "x" * 131_072])
DAYS = st.sampled_from(["2026-11-20", "0001-01-01", "9999-12-31", "20261120", "", "2026-W47-5"])
NUMBERS = st.sampled_from([0.0, -1.5, 1e308, 5e-324, float("inf"), float("nan")])
measures = st.builds(
    objections.Measure, name=WRITTEN, value=NUMBERS, low=st.none() | NUMBERS,
    high=st.none() | NUMBERS, unit=WRITTEN, holds_at=st.none() | NUMBERS, refuted_at=st.none(),
)  # fmt: skip
changes = st.fixed_dictionaries(
    {},
    optional={
        "as_of": DAYS, "sql": WRITTEN, "design": WRITTEN, "units": ENDS, "days_more": ENDS,
        "verdict": st.sampled_from(["holds", "refuted", "", "\x00"]),
        "measures": st.lists(measures, max_size=2).map(tuple), "is_simulated": st.booleans(),
    },
)  # fmt: skip
BOOKS = st.just(MARKET) | ENDS
requests = st.one_of(
    st.builds(lambda book, who: start(book=book, actor_id=who), BOOKS, ENDS),
    st.builds(
        lambda book, of, why: give_up(of, book=book, trouble=why), BOOKS, ENDS, TEXTS
    ),
    st.builds(
        lambda book, lake, of, waits, who, how: verdicts(
            book=book, lake=lake, simulation_id=of, measuring=waits, actor_id=who,
            answers=eight(**how),
        ),
        BOOKS, st.sampled_from(["market", "simulated", "", "\x00"]), st.just(0) | ENDS,
        st.just(0) | ENDS, ENDS, changes,
    ),
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.lists(requests, min_size=1, max_size=6))
def test_any_request_of_objections_is_an_event_or_a_refusal(
    database_url: str, asked: list[Any]
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            for answer in await asyncio.gather(*map(market.ask, asked)):
                assert isinstance(answer, Event | Refused)

    asyncio.run(scene())
