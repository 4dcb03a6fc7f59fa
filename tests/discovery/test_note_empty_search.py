"""What was looked for and not found is counted, without whoever asked."""

import asyncio
from uuid import uuid4

import pytest

from jishi.discovery import EmptySearchNoted, NoteEmptySearch, views
from jishi.kernel import MARKET, Answer, Market, Refused
from tests.conftest import opened


async def note(market: Market, question: str) -> Answer:
    return await market.ask(
        NoteEmptySearch(key=uuid4(), book=MARKET, actor_id=0, question=question)
    )


async def counted(market: Market) -> dict[str, int]:
    found = await market.look(views.empty_searches, of_book=MARKET, questions_max=100)
    return {each.question: each.times for each in found}


def test_questions_are_counted_as_they_are_meant(fresh_database: tuple[str, str]) -> None:
    async def scene() -> None:
        async with opened(fresh_database[0]) as market:
            both = await asyncio.gather(note(market, "Kayak"), note(market, " ＫＡＹＡＫ! "))
            assert all(isinstance(each, EmptySearchNoted) for each in both)
            await note(market, "皮划艇")
            await note(market, "kayak")
            assert await counted(market) == {"kayak": 3, "皮划艇": 1}

    asyncio.run(scene())


@pytest.mark.parametrize("question", ["", "?!", "13800138000", "call 138001", "茶" * 61])
def test_what_may_be_somebodys_is_not_kept(fresh_database: tuple[str, str], question: str) -> None:
    async def scene() -> None:
        async with opened(fresh_database[0]) as market:
            assert await note(market, question) == Refused("not_worth_noting")
            assert await counted(market) == {}

    asyncio.run(scene())


def test_a_full_book_takes_no_more(
    fresh_database: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jishi.discovery.note_empty_search.QUESTIONS_MAX", 1)

    async def scene() -> None:
        async with opened(fresh_database[0]) as market:
            assert isinstance(await note(market, "kayak"), EmptySearchNoted)
            assert await note(market, "paddle") == Refused("not_worth_noting")
            assert await counted(market) == {"kayak": 1}

    asyncio.run(scene())
