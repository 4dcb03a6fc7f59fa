"""Consent is said once a version, kept for ever, and read by its person alone."""

import asyncio

import asyncpg
import pytest

from jishi import people
from jishi.kernel import Market, Refused, new_id
from jishi.people.privacy.views import Consent
from tests.conftest import opened
from tests.people.persons import VERSION, agreed, met, took_back


async def said(market: Market, person: int, reader: int = 0) -> list[Consent]:
    """Read what a person said, as somebody."""
    return await market.look(
        people.privacy.views.consents_of, person=reader or person,
        of_book=people.book_of(person), person_id=person, sayings_max=20,
    )  # fmt: skip


def test_a_newer_version_is_agreed_to_anew_and_nothing_is_overwritten(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        person, newer = new_id(), "f" * 16
        async with opened(database_url) as market:
            await market.ask(met(person))
            answer = await market.ask(agreed(person))
            assert answer == people.ConsentGiven(
                subject_id=person, purpose="rules", version=VERSION
            )
            again = await market.ask(agreed(person, place="privacy_page"))
            assert again == Refused("consent_given_already")
            for change in ({"version": newer}, {"purpose": "privacy"}):
                assert isinstance(await market.ask(agreed(person, **change)), people.ConsentGiven)
            found = [(each.purpose, each.version) for each in await said(market, person)]
            assert found == [("privacy", VERSION), ("rules", newer), ("rules", VERSION)]
            assert await said(market, person, reader=person + 31) == []
        owner = await asyncpg.connect(owner_url)
        try:
            for statement in ("update people.consents set is_given = true",
                           "delete from people.consents"):  # fmt: skip
                with pytest.raises(asyncpg.RestrictViolationError):
                    await owner.execute(f"{statement} where person_id = {person}")
        finally:
            await owner.close()

    asyncio.run(scene())


def test_two_taps_agree_once(database_url: str) -> None:
    async def scene() -> None:
        person = new_id()
        async with opened(database_url) as market:
            await market.ask(met(person))
            answers = await asyncio.gather(*(market.ask(agreed(person)) for _ in range(5)))
            assert answers.count(Refused("consent_given_already")) == 4
            assert isinstance(await market.ask(took_back(person)), people.ConsentWithdrawn)
            assert isinstance(await market.ask(agreed(person)), people.ConsentGiven)

    asyncio.run(scene())


@pytest.mark.parametrize(
    "change", [{"purpose": "marketing"}, {"version": "1"}, {"place": "elsewhere"}]
)
def test_nobody_agrees_to_what_is_unclear(database_url: str, change: dict[str, str]) -> None:
    async def scene() -> None:
        person = new_id()
        async with opened(database_url) as market:
            assert await market.ask(agreed(person)) == Refused("person_unknown")
            await market.ask(met(person))
            assert await market.ask(agreed(person, **change)) == Refused("consent_unclear")
            assert await said(market, person) == []

    asyncio.run(scene())
