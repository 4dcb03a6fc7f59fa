"""Saving a product: its SKUs keep their ids, its price its history; what is live can be sold."""

import asyncio
import re
from uuid import uuid4

import msgspec

from jishi import goods
from jishi.kernel import Refused
from tests.goods.catalogues import a_shop
from tests.goods.saving import TEA, age, ask_save, revision_of, save, saved, sku_rows


def test_a_new_product_is_there_with_its_skus_and_its_opening_stock(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            asked = save(book)
            answer = await market.ask(asked)
            assert isinstance(answer, goods.ProductSaved)
            assert (answer.is_new, answer.skus_new, answer.state) == (True, 2, "draft")
            assert await market.ask(asked) == answer
            rows = await sku_rows(owner_url, book)
            assert [row[1:] for row in rows] == [
                ("T1", 1_000, None, True), ("T2", 1_900, None, True)
            ]  # fmt: skip
            stale = msgspec.structs.replace(asked, key=uuid4())
            assert await market.ask(stale) == Refused("handle_taken")

    asyncio.run(scene())


def test_a_sku_named_by_its_id_stays_itself_whatever_else_changes(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            product_id = await saved(market, book)
            before = await sku_rows(owner_url, book)
            first, second = TEA.skus
            swapped = (
                msgspec.structs.replace(
                    first, sku_id=before[0][0], code="", options=("100克",), on_hand=None
                ),
                msgspec.structs.replace(
                    second, sku_id=before[1][0], code="T1", options=("50克",), on_hand=None
                ),
            )
            answer = await ask_save(market, owner_url, book, product_id, skus=swapped)
            assert isinstance(answer, goods.ProductSaved)
            assert (answer.is_new, answer.skus_new, answer.skus_changed) == (False, 0, 2)
            after = await sku_rows(owner_url, book)
            assert [row[:2] for row in after] == [(before[0][0], ""), (before[1][0], "T1")]
            twice = (swapped[0], msgspec.structs.replace(swapped[1], sku_id=before[0][0]))
            refused = await ask_save(market, owner_url, book, product_id, skus=twice)
            assert isinstance(refused, Refused)
            assert [bad.reason for bad in goods.rejections_of(refused)] == ["sku_repeated"]
            assert await sku_rows(owner_url, book) == after

    asyncio.run(scene())


def test_who_saved_meanwhile_is_not_overwritten(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            product_id = await saved(market, book)
            seen = await revision_of(owner_url, book, product_id)
            other = msgspec.structs.replace(TEA, title="别人的标题")
            await market.ask(save(book, other, product_id=product_id, revision=seen))
            mine = save(book, TEA, product_id=product_id, revision=seen)
            assert await market.ask(mine) == Refused("product_changed")
            priced = await revision_of(owner_url, book, product_id)
            [(sku_id, *_), _] = await sku_rows(owner_url, book)
            await market.ask(
                goods.PriceSku(key=uuid4(), book=book, actor_id=3, sku_id=sku_id, price_fen=5)
            )
            late = save(book, TEA, product_id=product_id, revision=priced)
            assert await market.ask(late) == Refused("product_changed")

    asyncio.run(scene())


def test_another_shops_product_is_unknown_here(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book), a_shop(database_url) as (_, other):
            theirs = await saved(market, other)
            await saved(market, book)
            asked = save(book, TEA, product_id=theirs, revision=1)
            assert await market.ask(asked) == Refused("product_unknown")
            nobody = save(book, msgspec.structs.replace(TEA, handle="x"), product_id=theirs)
            assert await market.ask(nobody) == Refused("product_unknown")

    asyncio.run(scene())


def test_a_live_product_needs_a_category_and_a_picture(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            live = msgspec.structs.replace(TEA, state="live")
            homeless = msgspec.structs.replace(live, category="")
            assert await market.ask(save(book, homeless)) == Refused("live_needs_category")
            assert await market.ask(save(book, live)) == Refused("live_needs_picture")
            empty = msgspec.structs.replace(TEA, skus=())
            refused = await market.ask(save(book, empty))
            assert isinstance(refused, Refused)
            assert [bad.reason for bad in goods.rejections_of(refused)] == ["sku_missing"]

    asyncio.run(scene())


def test_a_struck_price_waits_for_its_proof(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            struck = msgspec.structs.replace(TEA.skus[0], price_fen=800, compare_fen=1_000)
            product = msgspec.structs.replace(TEA, skus=(struck,))
            assert await market.ask(save(book, product)) == Refused("struck_price_unproven")
            product_id = await saved(market, book)
            await age(owner_url, book, 30)
            # A draft was on offer to nobody.
            refused = await ask_save(market, owner_url, book, product_id, skus=(struck,))
            assert refused == Refused("struck_price_unproven")

    asyncio.run(scene())


def test_a_description_that_wants_to_act_is_only_read(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            evil = (
                "<p onclick=alert(1)>茶</p><script>alert(1)</script>"
                "<a href=javascript:alert(1)>x</a><img src=x onerror=alert(1)>"
                "<iframe src=//evil.example></iframe><style>*{}</style><svg onload=alert(1)>"
            )
            await saved(market, book, msgspec.structs.replace(TEA, body_html=evil))
            async with market.database.transaction(book=book) as connection:
                body = await connection.fetchval(
                    "select body_html from goods.products where book = $1", book
                )
            assert body.startswith("<p>茶</p>")
            assert not re.search("script|svg|src|iframe|style| on", body)

    asyncio.run(scene())
