"""Noting leavers: whoever is erased, once; nobody else."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from jishi import people
from jishi.evidence import LeaverNoted, NoteLeaver
from jishi.evidence.note_leaver import leave
from jishi.kernel import MARKET, Reaction, Refused, Told, new_id
from tests.conftest import opened


def noted(person: int, **change: Any) -> NoteLeaver:
    given: dict[str, Any] = {"key": uuid4(), "book": MARKET, "actor_id": person}
    return NoteLeaver(**(given | change))


def answers(url: str, *asked: Any) -> list[object]:
    async def scene() -> list[object]:
        async with opened(url) as market:
            return [await market.ask(each) for each in asked]

    return asyncio.run(scene())


def test_who_is_erased_is_noted_once(database_url: str) -> None:
    person = new_id()

    async def scene() -> list[object]:
        told = Told(1001, 4, datetime.now(UTC), people.PersonErased(subject_id=person))
        async with opened(database_url) as market:
            [[request]] = await leave([told])
            asked = [request, request, noted(person)]
            return [await market.ask(each) for each in asked]

    assert "evidence.note_leaver" in Reaction.names_for(people.PersonErased)
    once = LeaverNoted(subject_id=person)
    assert asyncio.run(scene()) == [once, once, Refused("leaver_known")]


@pytest.mark.parametrize("change", [{"actor_id": 0}, {"actor_id": -5}, {"book": 1001}])
def test_nobody_does_not_leave(database_url: str, change: dict[str, int]) -> None:
    assert answers(database_url, noted(new_id(), **change)) == [Refused("leaver_unclear")]
