"""Golden questions made from the real lists: what is asked for is found."""

import asyncio
from uuid import uuid4

from pypinyin import lazy_pinyin

from jishi.discovery import GoodsIndexed, IndexGoods, views, wanted
from jishi.discovery.rules import runs
from jishi.kernel import Market
from tests.goods.catalogues import a_shop, import_list, real

BEST, FIRST = 2**31 - 1, 2**63 - 1
FIRST_RESULTS = 100
RECALL_MIN = 0.95
TITLES = "select title from discovery.findable where book = $1"


def questions(title: str) -> list[str]:
    """Ask for a title as people do: all of it, a piece of its Chinese, the same in pinyin."""
    asked = [title]
    for run in runs(title):
        if len(run) > 2 and not run.isascii():
            asked += [run[:4], run[-3:], "".join(lazy_pinyin(run[:3]))]
            break
    return asked


async def is_found(market: Market, question: str, title: str) -> bool:
    asked = wanted(question)
    assert asked is not None, question
    found = await market.look(
        views.found, wanted=asked.all_of, weighed_max=2_000, score=BEST, before=FIRST,
        cards_max=FIRST_RESULTS,
    )  # fmt: skip
    return title in {each.title for each in found}


def test_golden_questions_find_what_they_ask_for(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            for name in ("yanxuan-catalogue", "apparel", "home-and-garden"):
                await import_list(market, book, real(name))
            done = await market.ask(IndexGoods(key=uuid4(), book=book, actor_id=0))
            assert isinstance(done, GoodsIndexed)
            assert not done.is_more
            async with market.database.connection() as connection:
                rows = await connection.fetch(TITLES, book)
            titles = [row["title"] for row in rows]
            golden = [(each, title) for title in titles for each in questions(title)]
            assert len(golden) > 800
            missed = [each for each in golden if not await is_found(market, *each)]
            recall = 1 - len(missed) / len(golden)
            assert recall >= RECALL_MIN, (recall, missed[:20])
            print(f"recall {recall:.4f} over {len(golden)} questions")

    asyncio.run(scene())
