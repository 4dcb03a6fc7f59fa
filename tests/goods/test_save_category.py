"""Categories: titles of their own, up to three levels, none below itself."""

import asyncio
from uuid import uuid4

import pytest

from jishi import goods
from jishi.goods.save_category import Known, World, decide
from jishi.kernel import Refused, new_id, new_public_id
from tests.goods.catalogues import a_shop


def category(
    book: int, category_id: int, title: str, parent_id: int = 0, title_en: str = ""
) -> goods.SaveCategory:
    """Ask to save a category."""
    return goods.SaveCategory(
        key=uuid4(), book=book, actor_id=3, category_id=category_id, public_id=new_public_id(),
        title=title, title_en=title_en, parent_id=parent_id,
    )  # fmt: skip


def a_world(*categories: Known) -> World:
    """Give a shop with these categories."""
    titles = {each.category_id: each.title for each in categories}
    return World({each.category_id: each for each in categories}, titles)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (category(1, 9, ""), "title_out_of_bounds"),
        (category(1, 9, " "), "title_out_of_bounds"),
        (category(1, 9, "a\x00"), "title_out_of_bounds"),
        (category(1, 9, "茶", title_en="x" * 256), "title_out_of_bounds"),
        (category(1, 0, "新"), "category_unknown"),
        (category(1, 9, "茶"), "title_taken"),
        (category(1, 9, "新", 8), "parent_unknown"),
        (category(1, 9, "新", 9), "parent_unknown"),
        (category(1, 9, "新", 3), "levels_out_of_bounds"),
        (category(1, 1, "茶", 3), "levels_out_of_bounds"),
    ],
)
def test_what_is_no_category_here_is_refused(asked: goods.SaveCategory, reason: str) -> None:
    world = a_world(Known(1, "茶", 0), Known(2, "绿茶", 1), Known(3, "龙井", 2))
    answer = decide(world, asked)
    assert isinstance(answer, Refused)
    assert answer.reason == reason


def test_a_tree_of_three_levels_is_kept_and_may_be_moved(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            one, two, three = new_id(), new_id(), new_id()
            for asked in (
                category(book, one, "茶"), category(book, two, "绿茶", one),
                category(book, three, "龙井", two), category(book, two, "绿茶们"),
            ):  # fmt: skip
                assert isinstance(await market.ask(asked), goods.CategorySaved)
            async with market.database.transaction(book=book) as connection:
                rows = await connection.fetch(
                    "select title, parent_id from goods.categories where book = $1 order by 1", book
                )
            assert [tuple(row) for row in rows] == [("绿茶们", None), ("茶", None), ("龙井", two)]

    asyncio.run(scene())


def test_two_that_swap_their_titles_at_once_break_nothing(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            one, two = new_id(), new_id()
            await market.ask(category(book, one, "甲"))
            await market.ask(category(book, two, "乙"))
            answers = await asyncio.gather(
                market.ask(category(book, one, "丙")),
                market.ask(category(book, two, "甲")),
                market.ask(category(book, one, "乙")),
            )
            kinds = [type(each).__name__ for each in answers]
            assert kinds[0] == "CategorySaved"

    asyncio.run(scene())
