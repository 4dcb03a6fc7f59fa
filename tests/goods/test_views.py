"""What pages show of goods: every product once, page by page, without reading the whole shop."""

import asyncio
from typing import Any

import asyncpg

from jishi.goods import views
from jishi.goods.shelf import stocks
from jishi.kernel import Market, Query
from jishi.kernel.tx import Tx
from tests.conftest import opened
from tests.goods.catalogues import a_list, a_shop, import_list, tea
from tests.shops import seed_shops, sku_of

FIRST = 2**63 - 1
BOOK = 7
PRODUCTS = 5_000
CATEGORIZED = """
with category as (
    insert into goods.categories (book, category_id, public_id, title)
    select $1::bigint, n, 'category-' || n, 'category ' || n from generate_series(0, 9) as n
)
update goods.products set category_id = product_id % 10 where book = $1::bigint
"""


async def pages(market: Market, cards_max: int) -> list[list[views.Card]]:
    """Read all cards, a page at a time."""
    found: list[list[views.Card]] = []
    before = FIRST
    while page := await market.look(views.cards, before=before, cards_max=cards_max):
        found.append(page)
        before = page[-1].product_id
    return found


def test_every_live_product_is_on_one_page(fresh_database: tuple[str, str]) -> None:
    async def scene() -> None:
        url, owner_url = fresh_database
        await seed_shops(owner_url, BOOK, shops=2, skus=10, stock=3)
        async with opened(url) as market:
            found = await pages(market, 7)
            assert [len(page) for page in found] == [7, 7, 6]
            ids = [card.product_id for page in found for card in page]
            assert ids == sorted(set(ids), reverse=True)
            assert found[0][0].free == 3

    asyncio.run(scene())


def test_a_product_without_a_listed_sku_leaves_no_gap_in_a_page(
    fresh_database: tuple[str, str],
) -> None:
    async def scene() -> None:
        url, owner_url = fresh_database
        await seed_shops(owner_url, BOOK, shops=1, skus=10, stock=3)
        owner = await asyncpg.connect(owner_url)
        # The newest four.
        await owner.execute(
            "update goods.skus set is_listed = false where product_id in"
            " (select product_id from goods.products order by product_id desc limit 4)"
        )
        await owner.close()
        async with opened(url) as market:
            assert [len(page) for page in await pages(market, 3)] == [3, 3]

    asyncio.run(scene())


def test_a_category_has_its_own_live_products(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            await import_list(
                market, book,
                a_list(tea("a"), tea("b", code="T2").replace(",true,", ",false,"),
                       tea("c", code="T3").replace(",茶,", ",壶,")),
            )  # fmt: skip
            shop = await address(market, book)
            tiles = await market.look(views.categories, categories_max=10_000)
            mine = {tile.title: tile for tile in tiles if tile.shop == shop}
            assert {title: tile.products for title, tile in mine.items()} == {"茶": 1, "壶": 1}
            head = await market.look(views.category, shop=shop, category=mine["茶"].category)
            assert head is not None
            assert (head.book, head.title, head.shop_name_en) == (book, "茶", "Tea shop")
            cards = await market.look(
                views.category_cards, of_book=book, category_id=head.category_id,
                before=FIRST, cards_max=9,
            )  # fmt: skip
            assert [card.title for card in cards] == ["龙井"]

    asyncio.run(scene())


def test_an_unknown_address_leads_nowhere(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            shop = await address(market, book)
            assert await market.look(views.product, shop=shop, product="none") is None
            assert await market.look(views.category, shop=shop, category="none") is None
            assert await market.look(views.picture_file, digest="none") is None

    asyncio.run(scene())


async def address(market: Market, book: int) -> str:
    """Give the public id of the shop that has this book."""
    shops = await market.look(views.shops, shops_max=10_000)
    return next(shop.shop for shop in shops if shop.book == book)


def test_no_view_reads_all_products(fresh_database: tuple[str, str]) -> None:
    url, owner_url = fresh_database
    addresses = {"shop": f"shop-{BOOK}", "product": f"product-{BOOK}-9", "category": "category-3"}
    cursor: dict[str, object] = {"before": sku_of(BOOK, 3_000), "cards_max": 20}
    looks: tuple[tuple[Query[Any], dict[str, object]], ...] = (
        (views.cards, cursor),
        (views.category_cards, {"of_book": BOOK, "category_id": 3, **cursor}),
        (views.category, {"shop": addresses["shop"], "category": addresses["category"]}),
        (views.product, {"shop": addresses["shop"], "product": addresses["product"]}),
        (views.categories, {"categories_max": 8}),
        (stocks, {"sku_ids": [sku_of(BOOK, number) for number in range(1, 400, 130)]}),
    )

    async def scene() -> None:
        await seed_shops(owner_url, BOOK, skus=PRODUCTS)
        connection = await asyncpg.connect(owner_url)
        await connection.execute(CATEGORIZED.replace("$1::bigint", str(BOOK)))
        await connection.execute("vacuum analyze goods.products, goods.categories")
        for query, values in looks:
            plan = await connection.fetch(
                f"explain {query.text}", *query.values(Tx(connection, BOOK), values)
            )
            steps = [row[0] for row in plan]
            for table in ("products", "skus", "accounts"):
                assert not any(f"Seq Scan on {table}" in step for step in steps), (query.name, plan)
        await connection.close()
        async with opened(url) as market:
            tiles = await market.look(views.categories, categories_max=99)
            assert [tile.products for tile in tiles] == [PRODUCTS // 10] * 10

    asyncio.run(scene())
