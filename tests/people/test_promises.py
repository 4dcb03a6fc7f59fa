"""What is promised of people is kept, and a breach of each promise is seen."""

import asyncio

import asyncpg
import pytest

from jishi import people
from jishi.kernel import new_id, verify
from tests.conftest import opened
from tests.people.persons import HOME, SECRET, met, removed

STRANGER = """
    insert into people.addresses (book, address_id, person_id, division, sealed, saved_at)
    values ({book}, 5, {person} + 31, '440305', repeat('s', 40)::bytea, now())
"""
DEFAULT = """
    insert into people.defaults (book, person_id, address_id, chosen_at)
    values ({book}, {person}, {address}, now())
"""
REMOVAL = """
    insert into people.removals (book, address_id, person_id, removed_at)
    values ({book}, 6, {person}, now())
"""

NOBODYS = """
    insert into people.identities
           (book, digest, person_id, kind, appid, sealed, recognised_at)
    values (1001, decode(repeat('00', 32), 'hex'), {person} + 31,
            'phone', '', repeat('s', 40)::bytea, now())
"""

FORGOTTEN = "people.nobody_who_is_erased_is_remembered"
KEY_LOST = "update people.persons set wrapped_key = null where person_id = {person}"
KEY_KEPT = """
    insert into people.erasures (book, person_id, erased_at) values ({book}, {person}, now())
"""
ERASED = f"{KEY_LOST}; {KEY_KEPT}"
STILL_NAMED = f"""{ERASED};
    insert into people.names (book, person_id, sealed, written_at)
    values ({{book}}, {{person}}, repeat('s', 40)::bytea, now())
"""
STILL_KNOWN = f"""{KEY_LOST};
    insert into people.erasures (book, person_id, erased_at)
    values ({{book}}, {{person}}, now() - interval '2 hours');
    insert into people.identities (book, digest, person_id, kind, appid, sealed, recognised_at)
    values (1001, decode(repeat('00', 32), 'hex'), {{person}}, 'phone', '',
            repeat('s', 40)::bytea, now())
"""
STILL_IN = f"""{ERASED};
    insert into people.sessions (book, session_id, person_id, opened_at, ends_at)
    values ({{book}}, 5, {{person}}, now(), now() + interval '1 day')
"""

FLOOD = """
    insert into people.codes (book, code_id, digest, kind, hash, asked_at)
    select 1001, n, decode(repeat('00', 32), 'hex'), 'phone', decode(repeat('00', 32), 'hex'),
           now() - n * interval '2 hours'
      from generate_series(1, 11) as n
"""


@pytest.mark.parametrize(
    ("breach", "promise"),
    [
        (None, None),
        (STRANGER, "people.every_address_is_somebodys"),
        (DEFAULT, "people.every_default_is_in_use"),
        (REMOVAL, "people.every_removal_is_of_his_own"),
        (NOBODYS, "people.every_identity_is_somebodys"),
        (FLOOD, "people.nobody_is_flooded"),
        (KEY_LOST, FORGOTTEN),
        (KEY_KEPT, FORGOTTEN),
        (STILL_NAMED, FORGOTTEN),
        (STILL_KNOWN, FORGOTTEN),
        (STILL_IN, FORGOTTEN),
    ],
)
def test_a_breach_is_seen_and_nothing_else_is(
    fresh_database: tuple[str, str], breach: str | None, promise: str | None
) -> None:
    async def scene() -> None:
        person, (url, owner_url) = new_id(), fresh_database
        book = people.book_of(person)
        async with opened(url) as market:
            first = await people.write_address(market, SECRET, met(1).key, person, HOME)
            assert isinstance(first, people.AddressSaved)
            await market.ask(removed(person, first.subject_id))
        owner = await asyncpg.connect(owner_url)
        try:
            if breach:
                await owner.execute(
                    breach.format(book=book, person=person, address=first.subject_id)
                )
        finally:
            await owner.close()
        broken = [kept.promise async for kept in verify(owner_url) if kept.broken]
        assert broken == ([promise] if promise else [])

    asyncio.run(scene())


def test_no_version_of_an_address_is_ever_changed(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        person = new_id()
        async with opened(database_url) as market:
            await people.write_address(market, SECRET, met(1).key, person, HOME)
        owner = await asyncpg.connect(owner_url)
        try:
            for change in (
                "update people.addresses set sealed = ''",
                "delete from people.addresses",
            ):
                with pytest.raises(asyncpg.RestrictViolationError):
                    await owner.execute(change)
        finally:
            await owner.close()

    asyncio.run(scene())
