"""What shipping decides to accept the tables accept, and its promises hold, however it is led."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from jishi import fulfilment
from jishi.fulfilment.tracking.types import Scan
from jishi.kernel import Request, verify
from tests.fulfilment import parcel_scene as play
from tests.fulfilment.parcel_scene import Scene, bought
from tests.machines.test_what_decide_accepts import ENDS, TEXTS, relaxed
from tests.trade.orders import BUYER

NOW = datetime.now(UTC)
PARCEL = 5
"""The number of the first parcel, when nothing else happened before it."""

ASKED: list[Callable[[Scene, int, int, str], Request]] = [
    lambda on, n, m, _: play.ship(on, (n, m)),
    lambda on, _, m, __: play.ship(on, (1, m), (2, 1)),
    lambda on, n, m, text: play.ship(on, (n, m), carrier=text, tracking=text),
    lambda on, n, _, __: play.ship(on, (1, 1), order_id=n),
    lambda on, _, __, ___: play.ship(on, (1, 1)),
    lambda on, _, __, ___: play.ship(on, (2, 1)),
    lambda on, n, _, __: play.receive(on, n),
    lambda on, _, __, ___: play.receive(on),
    lambda on, n, _, __: play.finish(on, n),
    lambda on, _, __, ___: play.finish(on),
    lambda on, n, _, text: play.correct(on, n, text, text),
    lambda on, n, _, text: tracked(on, n, text, NOW),
    lambda on, n, m, text: tracked(on, n, text, NOW + timedelta(days=m % 500)),
    lambda on, _, m, text: tracked(on, PARCEL, text, NOW - timedelta(days=m % 3_000)),
    lambda on, _, __, text: play.correct(on, PARCEL, "ZTO", text),
    lambda on, n, _, __: forget(on, n),
    lambda on, _, __, ___: forget(on, BUYER),
    lambda on, _, __, ___: play.unmask(on),
    lambda on, n, _, __: play.unmask(on, n),
]


def tracked(on: Scene, parcel: int, text: str, at: datetime) -> Request:
    """Tell of a parcel, in good form and in bad."""
    state = "in_transit" if len(text) % 2 else text
    scans = tuple(Scan(at, each, text, text) for each in ("accepted", state)[: 1 + len(text) % 3])
    return fulfilment.TrackParcel(
        key=uuid4(), book=on.book, actor_id=0, parcel=parcel, carrier="SF",
        tracking_number="SF1234567", scans=scans,
    )  # fmt: skip


def forget(on: Scene, buyer: int) -> Request:
    """Forget what was noted of somebody's parcels."""
    return fulfilment.ForgetScans(key=uuid4(), book=on.book, actor_id=buyer)


deeds = st.tuples(
    st.integers(0, len(ASKED) - 1), st.integers(0, 3) | ENDS, st.integers(0, 4) | ENDS, TEXTS
)


@relaxed
@given(deeds=st.lists(deeds, max_size=25))
def test_any_shipping_is_an_event_or_a_refusal(
    database_url: str, owner_url: str, deeds: list[tuple[int, int, int, str]]
) -> None:
    async def scene() -> list[str]:
        async with bought(database_url, owner_url) as on:
            made = [ASKED[deed](on, n, m, text) for deed, n, m, text in deeds]
            half = len(made) // 2
            await asyncio.gather(*map(on.market.ask, made[:half]))
            for each in made[half:]:
                await on.market.ask(each)
        return [
            f"{kept.promise}: {kept.broken}"
            async for kept in verify(owner_url, ["fulfilment.n"])
            if kept.broken
        ]

    assert asyncio.run(scene()) == []
