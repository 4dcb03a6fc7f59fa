"""Every product of the real lists has a page, in its own language, that asks nobody else."""

import asyncio
from html import unescape

import pytest

from jishi import goods
from tests.goods.catalogues import REAL, a_shop, import_list, real
from tests.web.reader import Reader


@pytest.mark.parametrize("name", REAL)
def test_every_product_page_opens(name: str, reader: Reader, database_url: str) -> None:
    async def cards() -> list[goods.views.Card]:
        async with a_shop(database_url) as (market, book):
            await import_list(market, book, real(name))
            shops = await market.look(goods.views.shops, shops_max=100_000)
            mine = next(shop.shop for shop in shops if shop.book == book)
            found = await market.look(goods.views.cards, before=2**63 - 1, cards_max=REAL[name][0])
            return [card for card in found if card.shop == mine]

    found = asyncio.run(cards())
    # One product of the home-and-garden list is not published; a shop shows the rest.
    assert len(found) >= REAL[name][0] - 1
    for card in found:
        page = reader.get(f"/shops/{card.shop}/products/{card.product}")
        assert page.status_code == 200
        text = unescape(page.text)
        assert card.title in text
        assert 'src="http' not in text
        assert "url(" not in text.replace("url(#", "")
