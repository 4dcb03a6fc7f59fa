"""What a list may say: whatever the rules accept, the tables accept."""

import asyncio
from datetime import UTC, datetime

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jishi.goods import CatalogueImported, ListedProduct, read_catalogue
from jishi.goods.lists import Catalogue, ListedImage, ListedSku, Terms
from jishi.goods.rules import GROUNDS, faults
from jishi.kernel import Refused
from tests.goods.catalogues import a_list, a_shop, import_request, tea

text = st.sampled_from(["", "茶", "a\x00", "x" * 100, "x" * 101, "茶" * 255, "茶" * 256, "\\u0000"])
some = st.lists(text, max_size=4).map(tuple)
fen = st.sampled_from([-1, 0, 1, 100_000_000, 100_000_001])
sku = st.builds(
    ListedSku, line=st.just(2), sku_id=st.sampled_from([None, 0, 5]),
    code=text, options=some, options_en=some, price_fen=fen,
    compare_fen=st.none() | fen,
    on_hand=st.none() | st.sampled_from([-1, 0, 1_000_000, 1_000_001]),
    weight_grams=st.sampled_from([None, -1, 0, 1_000_000, 1_000_001]),
    low_stock=st.sampled_from([None, -1, 0, 1_000_000, 1_000_001]),
)  # fmt: skip
moments = st.none() | st.sampled_from([datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2)])
TEA = read_catalogue(a_list(tea("a"))).products[0]
# One thing at a time is wrong, or two: with everything wrong nothing would ever be accepted.
changes = st.fixed_dictionaries(
    {},
    optional={
        "handle": text, "title": text, "title_en": text, "category": text, "vendor": text,
        "body_html": text, "tags": some, "option_names": some, "option_names_en": some,
        "state": st.sampled_from(["draft", "live", "archived", "", "x"]),
        "terms": st.none() | st.builds(
            Terms, moments, moments, st.sampled_from([*GROUNDS, "", "no"]),
            st.sampled_from(["", "perishable", "sold_as_flawed", "x"]),
            st.sampled_from([None, 0, 1, 1_000_000, 1_000_001]),
        ),
        "skus": st.lists(sku, max_size=3).map(tuple),
        "images": st.lists(st.builds(ListedImage, text, text, text), max_size=3).map(tuple),
    },
)  # fmt: skip
product = changes.map(lambda changed: msgspec.structs.replace(TEA, **changed))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(products=st.lists(product, min_size=1, max_size=3))
def test_what_the_rules_accept_the_tables_accept(
    database_url: str, products: list[ListedProduct]
) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            listed = Catalogue(tuple(products), (), (), "utf-8")
            answer = await market.ask(import_request(book, listed))
            if isinstance(answer, Refused):
                assert answer.reason == "lines_rejected"
            else:
                assert isinstance(answer, CatalogueImported)
                assert not any(faults(each) for each in products)

    asyncio.run(scene())


def test_a_product_without_fault_has_none() -> None:
    assert faults(TEA) == []


def test_each_fault_says_its_line_and_column() -> None:
    wrong = msgspec.structs.replace(
        TEA, title="", vendor="x" * 256, body_html="<p>" * 2_001, option_names=("规格",)
    )
    assert [(bad.line, bad.column, bad.reason) for bad in faults(wrong)] == [
        (2, "title", "title_missing"),
        (2, "vendor", "text_too_long"),
        (2, "body (html)", "body_too_long"),
        (2, "option1 value", "option_missing"),
    ]
