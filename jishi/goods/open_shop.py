"""Open a shop: its own book, its name, and its first store."""

import re
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

import msgspec

from jishi.kernel import (
    MARKET,
    Act,
    Event,
    Happened,
    Refused,
    Request,
    Tx,
    columns,
    open_books,
    queries,
)

NAME_CHARACTERS_MAX = 60
ADDRESS = re.compile(r"[A-Za-z0-9_-]{1,60}")


class OpenShop(Request, frozen=True, kw_only=True):
    """The operator opens a shop; asked in the market's own book.

    Refused: `wrong_book`, `name_out_of_bounds`, `shop_exists`.
    """

    made: ClassVar[dict[str, object]] = {"shop_book": 0, "store_id": 0}

    shop_book: int
    store_id: int
    public_id: str
    name: str
    name_en: str
    store_name: str
    store_name_en: str


class ShopOpened(Event, frozen=True, kw_only=True):
    """The shop (its book) has its address."""

    public_id: str


class Known(msgspec.Struct, frozen=True):
    """A shop that is there already."""

    book: int
    public_id: str


class World(NamedTuple):
    """The books and addresses that are in use."""

    books: set[int]
    public_ids: set[str]


sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[OpenShop]) -> World:
    """Read which shops are there."""
    found = await known(
        tx,
        books=[shop.shop_book for shop in asked],
        public_ids=[shop.public_id for shop in asked if ADDRESS.fullmatch(shop.public_id)],
    )
    return World({each.book for each in found}, {each.public_id for each in found})


def decide(world: World, shop: OpenShop) -> ShopOpened | Refused:
    """Accept a shop with a name of its own and an address that is free."""
    if shop.book != MARKET:
        return Refused("wrong_book")
    if not are_names_well_formed(shop):
        return Refused("name_out_of_bounds", {"characters_max": NAME_CHARACTERS_MAX})
    if shop.shop_book in world.books or shop.public_id in world.public_ids:
        return Refused("shop_exists")
    world.books.add(shop.shop_book)
    world.public_ids.add(shop.public_id)
    return ShopOpened(subject_id=shop.shop_book, public_id=shop.public_id)


def are_names_well_formed(shop: OpenShop) -> bool:
    """Say whether the shop has a name and an address, and none of its names is too long."""
    names = (shop.name, shop.name_en, shop.store_name, shop.store_name_en)
    is_short = all(len(name) <= NAME_CHARACTERS_MAX and "\x00" not in name for name in names)
    return is_short and shop.name != "" and ADDRESS.fullmatch(shop.public_id) is not None


async def record(tx: Tx, happened: Sequence[Happened[OpenShop, ShopOpened]]) -> None:
    """Open the books and write the shops and their stores."""
    shops = [shop for shop, _, _ in happened]
    await open_books(tx, [(shop.shop_book, "shop") for shop in shops])
    rows = [
        (
            shop.shop_book, shop.public_id, shop.name, shop.name_en,
            shop.store_id, shop.store_name, shop.store_name_en,
        )
        for shop in shops
    ]  # fmt: skip
    names = ("books", "public_ids", "names", "names_en", "store_ids", "store_names")
    await write(tx, **columns(rows, *names, "store_names_en"))


open_shop = Act(OpenShop, ShopOpened, gather, decide, record)
