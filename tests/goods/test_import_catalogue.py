"""Importing a list: whole or not at all, and again without harm."""

import asyncio

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jishi import goods, trade
from jishi.goods import CatalogueImported, read_catalogue
from jishi.kernel import Market, Refused
from tests.goods.catalogues import REAL, a_list, a_shop, import_list, import_request, real, tea
from tests.trade.orders import place


async def cards(market: Market, book: int) -> list[goods.views.Card]:
    """Read the live products of one shop."""
    shops = await market.look(goods.views.shops, shops_max=10_000)
    mine = next(shop.shop for shop in shops if shop.book == book)
    found = await market.look(goods.views.cards, before=2**63 - 1, cards_max=10_000)
    return [card for card in found if card.shop == mine]


async def page(market: Market, card: goods.views.Card) -> goods.views.ProductPage:
    """Read a product's page."""
    found = await market.look(goods.views.product, shop=card.shop, product=card.product)
    assert found is not None
    return found


@pytest.mark.parametrize("name", REAL)
def test_a_real_list_goes_in_whole_and_again_changes_nothing(database_url: str, name: str) -> None:
    products, skus = REAL[name]

    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            first = await import_list(market, book, real(name))
            assert isinstance(first, CatalogueImported)
            assert (first.products_new, first.skus_new) == (products, skus)
            again = await import_list(market, book, real(name))
            assert isinstance(again, CatalogueImported)
            assert again == CatalogueImported(
                subject_id=book, products_new=0, products_changed=0, products_unchanged=products,
                skus_new=0, skus_changed=0, images_to_upload=0,
                struck_left_out=first.struck_left_out,
            )  # fmt: skip

    asyncio.run(scene())


def test_what_was_on_the_list_is_on_the_page(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            await import_list(
                market, book,
                a_list(tea("a", option="50克"), "a,,,,,,,,100克,T2,20,25,7,b.webp"),
            )  # fmt: skip
            [card] = await cards(market, book)
            assert (card.title, card.price_fen, card.price_max_fen, card.free) == (
                "龙井",
                1_280,
                2_000,
                12,
            )
            found = await page(market, card)
            assert (found.category_title, found.option_names) == ("茶", ["规格"])
            assert [(s.options, s.price_fen, s.compare_fen, s.free) for s in found.skus] == [
                (["50克"], 1_280, None, 5), (["100克"], 2_000, None, 7),
            ]  # fmt: skip
            assert found.pictures == [goods.views.Picture(digest=None, alt="", alt_en="")]

    asyncio.run(scene())


def test_a_second_list_changes_what_it_names_and_leaves_the_rest(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            await import_list(
                market, book,
                a_list(tea("a", option="50克"), "a,,,,,,,,100克,T2,20,,7,",
                       tea("b", title="毛峰", code="T3")),
            )  # fmt: skip
            before = {card.title: card for card in await cards(market, book)}
            answer = await import_list(
                market, book,
                a_list(tea("a", title="新龙井", price="9", quantity="2", option="50克"),
                       "a,,,,,,,,200克,T4,30,,1,"),
            )  # fmt: skip
            assert isinstance(answer, CatalogueImported)
            assert (answer.products_changed, answer.skus_new, answer.skus_changed) == (1, 1, 1)
            after = {card.title: card for card in await cards(market, book)}
            assert after["毛峰"] == before["毛峰"]
            assert after["新龙井"].product == before["龙井"].product
            found = await page(market, after["新龙井"])
            assert [(s.options, s.price_fen, s.free) for s in found.skus] == [
                (["50克"], 900, 2), (["200克"], 3_000, 1),
            ]  # fmt: skip

    asyncio.run(scene())


def test_two_skus_may_swap_their_codes(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            await import_list(
                market, book, a_list(tea("a", option="50克"), "a,,,,,,,,100克,T2,20,,7,")
            )
            swapped = a_list(tea("a", code="T2", option="50克"), "a,,,,,,,,100克,T1,20,,7,")
            answer = await import_list(market, book, swapped)
            assert isinstance(answer, CatalogueImported)
            [card] = await cards(market, book)
            assert [sku.code for sku in (await page(market, card)).skus] == ["T2", "T1"]

    asyncio.run(scene())


def test_a_code_of_another_product_is_rejected_and_nothing_is_written(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            await import_list(market, book, a_list(tea("a")))
            listed = read_catalogue(a_list(tea("b", code="T9"), tea("c", code="T1")))
            answer = await market.ask(import_request(book, listed))
            assert isinstance(answer, Refused)
            [bad] = goods.rejections_of(answer)
            assert (bad.line, bad.reason, bad.said) == (3, "sku_repeated", "T1 (of a)")
            assert len(await cards(market, book)) == 1

    asyncio.run(scene())


def test_a_count_below_what_was_promised_is_rejected(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            await import_list(market, book, a_list(tea("a", quantity="5")))
            found = await page(market, (await cards(market, book))[0])
            answer = await market.ask(place(book, (found.skus[0].sku_id, 3, 1_280)))
            assert isinstance(answer, trade.OrderPlaced)
            listed = read_catalogue(a_list(tea("a", quantity="2")))
            refused = await market.ask(import_request(book, listed))
            assert isinstance(refused, Refused)
            assert goods.rejections_of(refused)[0].reason == "stock_too_low"
            assert isinstance(
                await import_list(market, book, a_list(tea("a", quantity="4"))), CatalogueImported
            )
            assert (await page(market, (await cards(market, book))[0])).skus[0].free == 1

    asyncio.run(scene())


def test_an_empty_list_and_too_few_ids_are_refused(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            empty = import_request(book, read_catalogue(a_list()))
            assert await market.ask(empty) == Refused("list_empty")
            listed = read_catalogue(a_list(tea("a")))
            asked = import_request(book, listed)
            short = goods.ImportCatalogue(
                key=asked.key,
                book=book,
                actor_id=0,
                products=listed.products,
                ids=(),
                public_ids=(),
            )
            assert await market.ask(short) == Refused("ids_too_few")

    asyncio.run(scene())


line = st.builds(
    lambda handle, title, option, code, price, quantity: tea(
        handle, title=title, option=option, code=code, price=price, quantity=quantity
    ),
    st.sampled_from(["a", "b", "c"]), st.sampled_from(["", "龙井", "毛峰"]),
    st.sampled_from(["", "50克", "100克"]), st.sampled_from(["", "T1", "T2", "T3"]),
    st.sampled_from(["1", "9.5", "20"]), st.sampled_from(["", "0", "3", "8"]),
)  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists=st.lists(st.lists(line, min_size=1, max_size=6), min_size=1, max_size=3))
def test_what_decide_accepts_the_tables_accept(database_url: str, lists: list[list[str]]) -> None:
    """Any lists, one after the other: accepted means written, refused means untouched."""

    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            for lines in lists:
                listed = read_catalogue(a_list(*lines))
                before = await cards(market, book)
                answer = await market.ask(import_request(book, listed))
                if isinstance(answer, Refused):
                    assert await cards(market, book) == before
                else:
                    again = await market.ask(import_request(book, listed))
                    assert isinstance(again, CatalogueImported)
                    assert again.products_unchanged == len(listed.products)

    asyncio.run(scene())


def test_a_body_is_made_harmless_whoever_asks(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            [product] = read_catalogue(a_list(tea("a"))).products
            hostile = msgspec.structs.replace(product, body_html="<p>茶</p><script>x</script>")
            listed = goods.Catalogue((hostile,), (), (), "utf-8")
            answer = await market.ask(import_request(book, listed))
            assert isinstance(answer, CatalogueImported)
            assert (await page(market, (await cards(market, book))[0])).body_html == "<p>茶</p>"

    asyncio.run(scene())


def test_a_list_that_says_one_thing_twice_is_rejected(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            [product] = read_catalogue(a_list(tea("a"))).products
            other = msgspec.structs.replace(product, handle="b")
            for pair, reason in (
                ((product, product), "handle_repeated"),
                ((product, other), "sku_repeated"),
            ):
                listed = goods.Catalogue(pair, (), (), "utf-8")
                answer = await market.ask(import_request(book, listed))
                assert isinstance(answer, Refused)
                assert [bad.reason for bad in goods.rejections_of(answer)] == [reason]
            assert await cards(market, book) == []

    asyncio.run(scene())


def test_a_category_learns_its_english_title_later(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            header = "Handle,Title,Variant Price,Type,Type (en)\r\n"
            for title_en in ("", "Tea", ""):
                data = f"{header}a,龙井,1,茶叶,{title_en}\r\nb,毛峰,1,茶叶,\r\n".encode()
                assert isinstance(await import_list(market, book, data), CatalogueImported)
            found = await page(market, (await cards(market, book))[0])
            assert (found.category_title, found.category_title_en) == ("茶叶", "Tea")

    asyncio.run(scene())
