"""Whoever signs out is out: in this browser, or in all of them, and nobody else is."""

import asyncio

from jishi import people
from jishi.kernel import Market, Refused, new_id
from tests.conftest import opened
from tests.people.persons import came, left, met


async def who_is_in(market: Market, *asked: people.SignIn) -> list[bool]:
    """Tell of each session whether it goes on."""
    found: list[people.views.Standing | None] = []
    for each in asked:
        seen = await market.look(
            people.views.standing, person=each.actor_id, of_book=each.book,
            person_id=each.actor_id, session_id=each.session_id,
        )  # fmt: skip
        found.append(seen)
    return [each is not None and each.is_in for each in found]


def test_one_session_ends_and_the_others_go_on(database_url: str) -> None:
    async def scene() -> None:
        person, other = new_id(), new_id()
        async with opened(database_url) as market:
            for each in (person, other):
                await market.ask(met(each))
            here, there, strangers = came(person), came(person), came(other)
            for asked in (here, there, strangers):
                await market.ask(asked)
            assert await who_is_in(market, here, there, strangers) == [True, True, True]
            refused = await market.ask(left(person, strangers.session_id))
            assert refused == Refused("signed_out_already"), "somebody else's does not end"
            answer = await market.ask(left(person, here.session_id))
            assert answer == people.SignedOut(subject_id=person, sessions_count=1)
            assert await who_is_in(market, here, there, strangers) == [False, True, True]
            again = await market.ask(left(person, here.session_id))
            assert again == Refused("signed_out_already")

    asyncio.run(scene())


def test_everywhere_is_everywhere(database_url: str) -> None:
    async def scene() -> None:
        person, other = new_id(), new_id()
        async with opened(database_url) as market:
            for each in (person, other):
                await market.ask(met(each))
            own, strangers = [came(person) for _ in range(3)], came(other)
            for asked in (*own, strangers):
                await market.ask(asked)
            answer = await market.ask(left(person))
            assert answer == people.SignedOut(subject_id=person, sessions_count=3)
            assert await who_is_in(market, *own, strangers) == [False, False, False, True]

    asyncio.run(scene())
