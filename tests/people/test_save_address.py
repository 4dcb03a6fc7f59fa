"""An address is kept sealed, in versions; nobody reads another person's."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest

from jishi import people
from jishi.kernel import Refused, new_id
from tests.conftest import opened
from tests.people.persons import HOME, SECRET, met, saved


def test_an_address_comes_back_as_it_was_written(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            person = new_id()
            answer = await people.write_address(market, SECRET, uuid4(), person, HOME)
            assert isinstance(answer, people.AddressSaved)
            assert await people.addresses(market, SECRET, person) == [
                people.Address(
                    address_id=answer.subject_id, recipient="王小明", phone="13900000001",
                    division="440305", division_names=["广东省", "深圳市", "南山区"],
                    street="科技园路1号3栋502", is_default=True,
                )
            ]  # fmt: skip

    asyncio.run(scene())


def test_nobody_reads_another_persons_address(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            person = new_id()
            other = person + people.rules.PEOPLE_BOOKS  # in the same book
            mine = await people.write_address(market, SECRET, uuid4(), person, HOME)
            await people.write_address(market, SECRET, uuid4(), other, HOME)
            assert isinstance(mine, people.AddressSaved)
            found = await people.address(market, SECRET, other, mine.subject_id)
            assert found is None
            assert await people.address(market, SECRET, person, mine.subject_id) is not None
            # Row-level security holds where the statement would not: it names the other one.
            rows = await market.look(
                people.views.kept_addresses, person=other, of_book=people.book_of(person),
                person_id=person, addresses_max=20,
            )  # fmt: skip
            assert rows == []
            replaced = saved(other, replaces_id=mine.subject_id)
            assert await market.ask(replaced) == Refused("address_unknown")

    asyncio.run(scene())


def test_the_store_and_the_events_hold_nothing_personal(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            person = new_id()
            await people.write_address(market, SECRET, uuid4(), person, HOME)
        owner = await asyncpg.connect(owner_url)
        try:
            rows = await owner.fetch(
                "select sealed from people.addresses where person_id = $1", person
            )
            events = await owner.fetch(
                "select body::text from kernel.events where actor_id = $1", person
            )
        finally:
            await owner.close()
        assert len(rows) == 1
        held = rows[0]["sealed"] + "".join(each["body"] for each in events).encode()
        for part in (HOME.recipient, HOME.phone, HOME.street):
            assert part.encode() not in held

    asyncio.run(scene())


def test_an_edited_address_is_a_new_version_and_the_old_one_stays(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            person = new_id()
            first = await people.write_address(market, SECRET, uuid4(), person, HOME)
            assert isinstance(first, people.AddressSaved)
            moved = people.Written("王小明", "13900000001", "110105", "建国路9号")
            key = uuid4()
            asked = [
                people.write_address(
                    market, SECRET, key, person, moved, replaces_id=first.subject_id
                )
                for _ in range(2)
            ]
            once, twice = await asyncio.gather(*asked)
            assert once == twice
            in_use = await people.addresses(market, SECRET, person)
            assert [(each.street, each.is_default) for each in in_use] == [("建国路9号", True)]
            old = await people.address(market, SECRET, person, first.subject_id)
            assert old is not None
            assert (old.street, old.is_default) == (HOME.street, False)

    asyncio.run(scene())


def test_the_default_is_the_first_until_another_is_chosen(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            person = new_id()
            await market.ask(met(person))
            asked = [saved(person), saved(person), saved(person, is_default=True)]
            answers = [await market.ask(each) for each in asked]
            assert [each.is_default for each in answers if isinstance(each, people.AddressSaved)] \
                == [True, False, True]  # fmt: skip

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"division": "440300"}, "division_not_district"),
        ({"division": "999999"}, "division_not_district"),
        ({"sealed": b"short"}, "seal_out_of_bounds"),
        ({"sealed": b"x" * 2001}, "seal_out_of_bounds"),
        ({"replaces_id": 5}, "address_unknown"),
        ({"address_id": 0}, "address_id_taken"),
    ],
)
def test_what_is_refused_leaves_nothing(
    database_url: str, change: dict[str, object], reason: str
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            person = new_id()
            assert await market.ask(saved(person, **change)) == Refused("person_unknown")
            await market.ask(met(person))
            assert await market.ask(saved(person, **change)) == Refused(reason)
            found = await market.look(
                people.views.kept_addresses, person=person, of_book=people.book_of(person),
                person_id=person, addresses_max=20,
            )  # fmt: skip
            assert found == []

    asyncio.run(scene())


def test_a_person_has_twenty_addresses_at_most(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            person = new_id()
            await market.ask(met(person))
            answers = await asyncio.gather(*(market.ask(saved(person)) for _ in range(21)))
            assert answers.count(Refused("too_many_addresses", {"addresses_max": 20})) == 1
            last = [each for each in answers if isinstance(each, people.AddressSaved)][-1]
            again = await market.ask(saved(person, replaces_id=last.subject_id))
            assert isinstance(again, people.AddressSaved)

    asyncio.run(scene())
