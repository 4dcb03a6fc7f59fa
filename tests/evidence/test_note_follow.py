"""Noting a follow: once until he leaves again, with where he came from."""

import asyncio
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from jishi.evidence import FollowNoted, NoteFollow, NoteUnfollow, UnfollowNoted
from jishi.kernel import MARKET, Refused, new_id
from tests.evidence.test_note_leaver import answers

ROWS = "select is_following, source from evidence.follows where person_id = $1 order by number"


def follow(person: int, **change: Any) -> NoteFollow:
    given: dict[str, Any] = {"key": uuid4(), "book": MARKET, "actor_id": person, "source": "door"}
    return NoteFollow(**(given | change))


def unfollow(person: int, **change: Any) -> NoteUnfollow:
    given: dict[str, Any] = {"key": uuid4(), "book": MARKET, "actor_id": person}
    return NoteUnfollow(**(given | change))


def rows(owner_url: str, person: int) -> list[tuple[Any, ...]]:
    async def read() -> list[tuple[Any, ...]]:
        owner = await asyncpg.connect(owner_url)
        try:
            return [tuple(each) for each in await owner.fetch(ROWS, person)]
        finally:
            await owner.close()

    return asyncio.run(read())


def test_who_follows_is_noted_once_until_he_leaves(database_url: str, owner_url: str) -> None:
    person, once = new_id(), follow(new_id())
    said = answers(
        database_url, follow(person), follow(person, source=""), unfollow(person),
        unfollow(person), follow(person, source=""), once, once,
    )  # fmt: skip
    assert said[:5] == [
        FollowNoted(subject_id=person, source="door"), Refused("followed_already"),
        UnfollowNoted(subject_id=person), Refused("not_followed"),
        FollowNoted(subject_id=person, source=""),
    ]  # fmt: skip
    assert said[5] == said[6]
    assert rows(owner_url, person) == [(True, "door"), (False, ""), (True, "")]


@pytest.mark.parametrize(
    "change", [{"actor_id": 0}, {"book": 1001}, {"source": "x" * 65}, {"source": "a\x00"}]
)
def test_a_follow_of_nobody_or_from_nowhere_known_is_refused(
    database_url: str, owner_url: str, change: dict[str, Any]
) -> None:
    person = new_id()
    assert answers(database_url, follow(person, **change)) == [Refused("follow_unclear")]
    assert rows(owner_url, person) == []
