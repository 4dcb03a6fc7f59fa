"""Explaining a difference: one person up to a limit, two above it, once."""

import asyncio
from uuid import uuid4

import pytest

from jishi import money
from jishi.kernel import Refused, new_id, verify
from jishi.kernel.books import book_of
from jishi.money.explain_difference import ALONE_FEN_MAX, Disputed, decide
from tests.conftest import opened
from tests.money.billing import OPEN, day_of, let_a_day_pass, line_of, paid, rows, yesterday
from tests.shops import seed_shops

NOTE = "WeChat's support confirmed it; case 7."


def explain(
    book: int, number: int, position: int = 1, actor_id: int = 70, note: str = NOTE
) -> money.ExplainDifference:
    """Say why a difference is none."""
    return money.ExplainDifference(
        key=uuid4(), book=book, actor_id=actor_id, number=number, position=position, note=note
    )


def disputed(stake_fen: int) -> dict[tuple[int, int], Disputed]:
    """Give one difference with so much at stake."""
    return {(5, 1): Disputed(5, 1, stake_fen, 0, False)}


def test_up_to_the_limit_one_person_is_enough() -> None:
    world = disputed(ALONE_FEN_MAX)
    done = money.DifferenceExplained(subject_id=5, position=1, is_ended=True)
    assert decide(world, explain(1, 5)) == done
    assert decide(world, explain(1, 5, actor_id=71)) == Refused("difference_ended")


def test_above_the_limit_two_persons_are_needed() -> None:
    world = disputed(ALONE_FEN_MAX + 1)
    first = decide(world, explain(1, 5))
    assert first == money.DifferenceExplained(subject_id=5, position=1, is_ended=False)
    assert decide(world, explain(1, 5)) == Refused("second_person_needed")
    second = decide(world, explain(1, 5, actor_id=71))
    assert second == money.DifferenceExplained(subject_id=5, position=1, is_ended=True)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (explain(1, 5, actor_id=0), "person_needed"),
        (explain(1, 5, note=" "), "note_out_of_bounds"),
        (explain(1, 5, note="x" * 501), "note_out_of_bounds"),
        (explain(1, 5, note="a\x00"), "note_out_of_bounds"),
        (explain(1, 6), "difference_unknown"),
        (explain(1, 5, position=2), "difference_unknown"),
    ],
)
def test_without_a_person_a_reason_or_a_difference_it_is_refused(
    asked: money.ExplainDifference, reason: str
) -> None:
    answer = decide(disputed(1), asked)
    assert isinstance(answer, Refused)
    assert answer.reason == reason


def test_what_is_explained_is_open_no_more(database_url: str, owner_url: str) -> None:
    book = new_id() >> 20

    async def scene() -> None:
        await seed_shops(owner_url, book)
        async with opened(database_url) as market:
            attempt = await paid(market, book)
            await let_a_day_pass(owner_url, book)
            big = line_of(attempt, out_number="elsewhere", amount_fen=ALONE_FEN_MAX + 1)
            small = line_of(attempt, fee_fen=1_000)
            await market.ask(day_of(book, yesterday(), small, big))
            told = await market.look(book_of, of_book=book)
            assert told is not None
            number = told.event_count
            await market.ask(explain(book, number, 1))
            assert [row[0] for row in await rows(owner_url, OPEN, book)] == ["only_theirs"]
            for actor_id in (70, 70):
                await market.ask(explain(book, number, 2, actor_id))
            assert [row[0] for row in await rows(owner_url, OPEN, book)] == ["only_theirs"]
            await market.ask(explain(book, number, 2, 71))
        assert await rows(owner_url, OPEN, book) == []
        assert [kept.promise async for kept in verify(owner_url) if kept.broken] == []

    asyncio.run(scene())
