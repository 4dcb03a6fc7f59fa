"""Keys are issued: named, for known scopes, a few a book; only a digest is kept."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jishi import access
from jishi.kernel import Refused, new_id
from tests.access.keys import SECRET, issue, revoke
from tests.conftest import opened
from tests.shops import seed_shops

NOW = datetime.now(UTC)
ODD = st.sampled_from(["", " ", "a", "茶", "x" * 61, "\x00", "a\nb", "f" * 64, "goods:read"])


@pytest.fixture
def book(owner_url: str) -> int:
    """Give a shop's book that no other test has."""
    number = new_id() >> 20
    asyncio.run(seed_shops(owner_url, number))
    return number


def test_a_key_opens_until_it_ends(database_url: str, book: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            good = issue(book, "goods:read", "orders:read")
            ending = issue(book, ends_at=datetime.now(UTC) + timedelta(seconds=0.3))
            for each in (good, ending):
                assert isinstance(await market.ask(each), access.ApiKeyIssued)
            look = access.views.good_key
            found = await market.look(look, book=book, key_id=good.key_id)
            assert found is not None
            assert found.scopes == ["goods:read", "orders:read"]
            assert found.digest == access.rules.digest(SECRET)
            other = await market.look(look, book=book + 1, key_id=good.key_id)
            assert other is None, "row-level security shows each book its own"
            await asyncio.sleep(0.4)
            assert await market.look(look, book=book, key_id=ending.key_id) is None
            listed = await market.look(
                access.views.api_keys, book=book, before=2**63 - 1, keys_max=10
            )
            assert [each.key_id for each in listed] == [ending.key_id, good.key_id]

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": ""}, "key_name_out_of_bounds"),
        ({"name": "a\x00"}, "key_name_out_of_bounds"),
        ({"scopes": ()}, "scopes_unknown"),
        ({"scopes": ("all",)}, "scopes_unknown"),
        ({"digest": "x"}, "digest_out_of_bounds"),
        ({"ends_at": NOW - timedelta(days=1)}, "key_ends_in_past"),
        ({"key_id": 0}, "key_id_taken"),
    ],
)
def test_a_key_is_refused(
    database_url: str, book: int, change: dict[str, object], reason: str
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            answer = await market.ask(issue(book, **change))
            assert isinstance(answer, Refused)
            assert answer.reason == reason

    asyncio.run(scene())


def test_a_book_has_twenty_keys_in_use_and_a_revoked_one_makes_room(
    database_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            asked = [issue(book) for _ in range(21)]
            answers = await asyncio.gather(*map(market.ask, asked))
            assert [isinstance(each, Refused) for each in answers] == [False] * 20 + [True]
            assert (await market.ask(asked[0])) == answers[0], "asking twice is asking once"
            await market.ask(revoke(book, asked[0].key_id))
            assert isinstance(await market.ask(issue(book)), access.ApiKeyIssued)
            assert isinstance(await market.ask(issue(book)), Refused)

    asyncio.run(scene())


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wishes=st.lists(
        st.tuples(st.integers(-1, 3), ODD, st.lists(ODD, max_size=3), ODD), min_size=1, max_size=6
    )
)
def test_any_key_is_an_event_or_a_refusal(
    database_url: str, book: int, wishes: list[tuple[int, str, list[str], str]]
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            asked = [
                issue(book, key_id=key_id, name=name, scopes=tuple(scopes), digest=digest)
                for key_id, name, scopes, digest in wishes
            ]
            for answer in await asyncio.gather(*map(market.ask, asked)):
                assert isinstance(answer, access.ApiKeyIssued | Refused)

    asyncio.run(scene())
