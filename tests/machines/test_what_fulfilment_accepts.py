"""What fulfilment decides to accept the tables accept, and its promises hold, however asked."""

import asyncio
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from jishi.kernel import Request, verify
from tests.after_sale import scene as cases
from tests.fulfilment import pickup_scene as play
from tests.fulfilment.pickup_scene import Scene, waiting
from tests.machines.test_what_decide_accepts import ENDS, TEXTS, relaxed

digests = st.sampled_from(["0" * 32, "f" * 32, "F" * 32, "0" * 33, "right"]) | TEXTS
PICKUP: list[Callable[[Scene, str, int], Request]] = [
    lambda on, digest, _: play.check(on, digest),
    lambda on, digest, n: play.check(on, digest, staff=n),
    lambda on, digest, n: play.issue(on, n, (digest,)),
    lambda on, digest, _: play.issue(on, on.order_id, (digest, "0" * 32)),
    lambda on, digest, _: play.issue(on, on.order_id, ("1" * 32,) * len(digest[:9])),
    lambda on, digest, n: play.redeem(on, n, digest),
    lambda on, digest, n: play.redeem(on, on.order_id, digest, store=n),
    lambda on, digest, _: play.redeem(on, on.order_id, digest),
    lambda on, _, n: cases.wish(on.case, quantity=n),
]
asked = st.lists(
    st.tuples(st.integers(0, len(PICKUP) - 1), digests, st.integers(0, 3) | ENDS), max_size=12
)


@relaxed
@given(is_issued=st.booleans(), asked=asked)
def test_any_pickup_is_an_event_or_a_refusal(
    database_url: str, owner_url: str, is_issued: bool, asked: list[tuple[int, str, int]]
) -> None:
    async def scene() -> list[str]:
        async with waiting(database_url, owner_url, is_issued=is_issued) as on:
            made = [
                PICKUP[which](on, on.digest if text == "right" else text, n)
                for which, text, n in asked
            ]
            half = len(made) // 2
            await asyncio.gather(*map(on.market.ask, made[:half]))
            for each in made[half:]:
                await on.market.ask(each)
        return [
            f"{kept.promise}: {kept.broken}"
            async for kept in verify(owner_url, ["fulfilment."])
            if kept.broken
        ]

    assert asyncio.run(scene()) == []
