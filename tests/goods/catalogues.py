"""Lists of goods for the tests, and a shop to import them into."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from jishi import goods
from jishi.kernel import MARKET, Answer, Market, new_id, new_public_id
from tests.conftest import opened

DATA = Path(__file__).parent.parent.parent.parent / "shared" / "data"
REAL = {"yanxuan-catalogue": (239, 244), "apparel": (20, 22), "home-and-garden": (20, 21)}
HEADER = (
    "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,"
    "Variant SKU,Variant Price,Variant Compare At Price,Variant Inventory Qty,Image Src"
)


def real(name: str) -> bytes:
    """Read one of the real lists, or skip where they are not."""
    file = DATA / f"{name}.csv"
    if not file.exists():
        pytest.skip(f"the real list {name}.csv is not beside this checkout")
    return file.read_bytes()


def a_list(*lines: str) -> bytes:
    """Give a list with these lines below the header."""
    return "\r\n".join((HEADER, *lines, "")).encode()


def tea(handle: str = "tea", *, title: str = "龙井", code: str = "T1", price: str = "12.80",
        quantity: str = "5", option: str = "", body: str = "<p>清香</p>") -> str:  # fmt: skip
    """Give a line of one product with one SKU."""
    name = "规格" if option else ""
    head = f'{handle},{title},"{body}",茶农,茶,"茶,绿",true,{name}'
    return f"{head},{option},{code},{price},,{quantity},"


@asynccontextmanager
async def a_shop(url: str) -> AsyncIterator[tuple[Market, int]]:
    """Lend a market with an empty shop; give its book."""
    async with opened(url) as market:
        book = new_id()
        answer = await market.ask(open_request(book))
        assert isinstance(answer, goods.ShopOpened)
        yield market, book


def open_request(shop_book: int, **other: object) -> goods.OpenShop:
    """Ask to open a shop."""
    asked = goods.OpenShop(
        key=uuid4(), book=MARKET, actor_id=0, shop_book=shop_book, store_id=new_id(),
        public_id=new_public_id(), name="茶铺", name_en="Tea shop", store_name="总店",
        store_name_en="Main store",
    )  # fmt: skip
    return goods.OpenShop(**{**{f: getattr(asked, f) for f in asked.__struct_fields__}, **other})


def import_request(book: int, listed: goods.Catalogue) -> goods.ImportCatalogue:
    """Ask to import what could be read."""
    needed = range(goods.names_needed(listed.products))
    return goods.ImportCatalogue(
        key=uuid4(), book=book, actor_id=0, products=listed.products,
        ids=tuple(new_id() for _ in needed),
        public_ids=tuple(new_public_id() for _ in needed),
    )  # fmt: skip


async def import_list(market: Market, book: int, data: bytes) -> Answer:
    """Read a list that has nothing wrong with it, and import it."""
    listed = goods.read_catalogue(data)
    assert listed.rejections == ()
    return await market.ask(import_request(book, listed))
