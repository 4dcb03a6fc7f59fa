"""The sample market: a shop of our own goods, opened on the first run."""

from pathlib import Path
from uuid import UUID

from jishi import goods
from jishi.cli.import_catalogue import request, upload
from jishi.kernel import MARKET, Market, Refused, new_id

FOLDER = Path(__file__).parent.parent / "sample"
SHOP = "jishi"
KEY = UUID("6a697368-6900-4b65-8000-73616d706c65")
"""The one key of the sample shop: opening it twice is opening it once."""


async def import_sample(url: str) -> str:
    """Open the sample shop with its goods and pictures, unless any shop is there; say what came."""
    market = Market(url, is_working=False)
    await market.open()
    try:
        if await market.look(goods.views.shops, shops_max=1):
            return ""
        opened = await market.ask(
            goods.OpenShop(
                key=KEY,
                book=MARKET,
                actor_id=0,
                shop_book=new_id(),
                store_id=new_id(),
                public_id=SHOP,
                name="集市小铺",
                name_en="The Jishi Shop",
                store_name="总店",
                store_name_en="Main store",
            )
        )
        if isinstance(opened, Refused):
            return f"The sample shop was not opened: {opened.reason}"
        await state_what_it_is(market, opened.subject_id)
        return await _fill(market, opened.subject_id)
    finally:
        await market.close()


async def state_what_it_is(market: Market, book: int) -> None:
    """Say on its page that nobody stands behind the sample shop."""
    await market.ask(
        goods.StateLicence(
            key=KEY, book=book, actor_id=0, legal_name="示例小店 · Sample shop", registration="",
            exemption="sample", address="", phone="", mail="nobody@example.com", filing="",
        )
    )  # fmt: skip


async def _fill(market: Market, book: int) -> str:
    listed = goods.read_catalogue((FOLDER / "market.csv").read_bytes())
    answer = await market.ask(request(book, listed.products))
    if not isinstance(answer, goods.CatalogueImported) or listed.rejections:
        return f"The sample goods were not imported: {answer}"
    pictures = await upload(market, book, listed.products, FOLDER / "pictures")
    return (
        f"A sample market is in: {answer.products_new} products, {answer.skus_new} SKUs,"
        f" {pictures} pictures."
    )
