"""Forgetting leavers: once, with sums that can be added."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest

from jishi.evidence import Folded, ForgetLeavers, LeaversForgotten
from jishi.kernel import MARKET, Refused, new_id
from tests.evidence.test_note_leaver import answers, noted

SUM = Folded("habit", "quiet", "after", 1, 2.5)


def forgotten(*persons: int, sums: tuple[Folded, ...] = (), book: int = MARKET) -> ForgetLeavers:
    return ForgetLeavers(key=uuid4(), book=book, actor_id=0, person_ids=persons, sums=sums)


def test_the_sums_of_the_forgotten_add_up(database_url: str, owner_url: str) -> None:
    one, other, third = new_id(), new_id(), new_id()
    said = answers(
        database_url, noted(one), noted(other), noted(third),
        forgotten(one, other, sums=(Folded("media", "plain", "value", 2, 3.0),)),
        forgotten(third, sums=(Folded("media", "plain", "value", 1, 0.5),)),
        forgotten(one), forgotten(third, third), forgotten(new_id()),
    )  # fmt: skip
    assert said[3:] == [
        LeaversForgotten(subject_id=MARKET, leavers_count=2),
        LeaversForgotten(subject_id=MARKET, leavers_count=1),
        *[Refused("leaver_unknown")] * 3,
    ]

    async def kept() -> tuple[object, ...]:
        owner = await asyncpg.connect(owner_url)
        try:
            query = "select units, sum from evidence.folded where question = 'media'"
            return tuple(await owner.fetchrow(query) or ())
        finally:
            await owner.close()

    assert asyncio.run(kept()) == (3, 3.5)


@pytest.mark.parametrize(
    "sums",
    [
        (SUM, SUM),
        (Folded("", "quiet", "after", 1, 1.0),),
        (Folded("habit", "quiet\x00", "after", 1, 1.0),),
        (Folded("habit", "quiet", "x" * 81, 1, 1.0),),
        (Folded("habit", "quiet", "after", 0, 1.0),),
        (Folded("habit", "quiet", "after", 2**63 - 1, 1.0),),
        (Folded("habit", "quiet", "after", 1, float("nan")),),
        (Folded("habit", "quiet", "after", 1, float("inf")),),
    ],
)
def test_sums_that_cannot_be_added_are_refused(database_url: str, sums: tuple[Folded, ...]) -> None:
    person = new_id()
    said = answers(
        database_url, noted(person), forgotten(person, sums=sums), forgotten(sums=(SUM,)),
        forgotten(person, book=1001), forgotten(person, sums=(SUM,)),
    )  # fmt: skip
    assert said[1:4] == [Refused("sums_unclear")] * 3
    assert said[4] == LeaversForgotten(subject_id=MARKET, leavers_count=1)
