"""Import a list of goods: all of it in one transaction, or none of it."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from jishi import ledger
from jishi.goods.import_plan import Names, file_of, plan
from jishi.goods.import_rows import (
    KnownCategory,
    KnownImage,
    KnownProduct,
    KnownSku,
    Plan,
    World,
)
from jishi.goods.lists import ListedProduct, Rejection
from jishi.goods.restock import stock_move
from jishi.kernel import BUSY, Act, Event, Happened, Refused, Request, Tx, columns, queries


class ImportCatalogue(Request, frozen=True, kw_only=True):
    """These products are what the shop sells; others that it has stay as they are.

    `ids` and `public_ids` name what is new: enough for every product, SKU and category.
    Refused: `list_empty`, `ids_too_few`, `shop_has_no_store`, `lines_rejected`, `busy`.
    """

    made: ClassVar[dict[str, object]] = {"ids": (), "public_ids": ()}

    products: tuple[ListedProduct, ...]
    ids: tuple[int, ...]
    public_ids: tuple[str, ...]


class CatalogueImported(Event, frozen=True, kw_only=True):
    """How many products and SKUs are new or changed, and how many images wait for an upload.

    A struck price without proof was left out.
    """

    products_new: int
    products_changed: int
    products_unchanged: int
    skus_new: int
    skus_changed: int
    images_to_upload: int
    struck_left_out: int = 0


class Store(msgspec.Struct, frozen=True):
    """A store of the shop."""

    store_id: int


class Uploaded(msgspec.Struct, frozen=True):
    """A picture that is uploaded already."""

    digest: str


sql = queries(__file__)
products = sql.many("products", KnownProduct)
skus = sql.many("skus", KnownSku)
images = sql.many("images", KnownImage)
categories = sql.many("categories", KnownCategory)
stores = sql.many("stores", Store)
pictures = sql.many("pictures", Uploaded)
write_categories = sql.run("write_categories")
write_products = sql.run("write_products")
write_skus = sql.run("write_skus")
touch = sql.run("touch")
write_prices = sql.run("write_prices")
write_images = sql.run("write_images")
delist = sql.run("delist")


def names_needed(listed: Sequence[ListedProduct]) -> int:
    """Give how many ids are enough for a list."""
    return 2 * len(listed) + sum(len(product.skus) for product in listed)


async def gather(tx: Tx, asked: Sequence[ImportCatalogue]) -> World:
    """Read what the shop has of the first list: the handles and the codes it names."""
    return await gather_lists(tx, asked[0].products)


async def gather_lists(tx: Tx, listed: Sequence[ListedProduct]) -> World:
    """Read what the shop has of these products."""
    handles = [product.handle for product in listed]
    codes = [sku.code for product in listed for sku in product.skus]
    sources = [image.source for product in listed for image in product.images]
    files = [source[:64] for source in sources if source == file_of(source[:64])]
    return World(
        products={each.handle: each for each in await products(tx, handles=clean(handles))},
        skus=await skus(tx, handles=clean(handles), codes=clean(codes)),
        images=await images(tx, handles=clean(handles), sources=clean(sources)),
        categories={each.title: each for each in await categories(tx)},
        store_ids=[each.store_id for each in await stores(tx)],
        pictures={each.digest for each in await pictures(tx, digests=clean(files))},
    )


def clean(texts: Sequence[str]) -> list[str]:
    """Leave out what no text of the database can be; `decide` refuses it."""
    return [text for text in texts if text and "\x00" not in text]


def decide(world: World, asked: ImportCatalogue) -> CatalogueImported | Refused:
    """Accept a list of which no line is rejected."""
    if world.is_taken:
        return BUSY
    world.is_taken = True
    if not asked.products:
        return Refused("list_empty")
    if min(len(set(asked.ids)), len(set(asked.public_ids))) < names_needed(asked.products):
        return Refused("ids_too_few")
    if not world.store_ids:
        return Refused("shop_has_no_store")
    its = plan(world, asked.products, Names(asked.ids, asked.public_ids))
    if its.rejections:
        return Refused("lines_rejected", {"rejections": msgspec.to_builtins(its.rejections)})
    skus_new = sum(row.is_new for row in its.skus)
    return CatalogueImported(
        subject_id=asked.book,
        products_new=its.products_new,
        products_changed=len(asked.products) - its.products_new - its.products_unchanged,
        products_unchanged=its.products_unchanged,
        skus_new=skus_new,
        skus_changed=len(its.skus) - skus_new,
        images_to_upload=sum(image.digest is None for image in its.images),
        struck_left_out=its.struck_left_out,
    )


def rejections_of(refused: Refused) -> list[Rejection]:
    """Give the lines that a refusal names."""
    return msgspec.convert(refused.detail.get("rejections", []), list[Rejection])


async def record(tx: Tx, happened: Sequence[Happened[ImportCatalogue, CatalogueImported]]) -> None:
    """Work the plan out again, under the same lock, and write it."""
    for asked, _, number in happened:
        world = await gather(tx, [asked])
        await write(tx, plan(world, asked.products, Names(asked.ids, asked.public_ids)),
                    world.store_ids, number)  # fmt: skip


async def write(tx: Tx, its: Plan, store_ids: Sequence[int], number: int) -> None:
    """Write a plan: one statement a table."""
    known = [(category_id, *row) for category_id, row in its.categories.items()]
    await write_categories(
        tx, **columns(known, "category_ids", "public_ids", "titles", "titles_en")
    )
    await write_products(tx, rows=msgspec.json.encode(its.products).decode())
    await delist(tx, sku_ids=its.delisted + [row.sku_id for row in its.skus])
    await write_skus(tx, rows=msgspec.json.encode(its.skus).decode())
    repriced = [
        (row.sku_id, number, row.listed.price_fen, row.listed.compare_fen)
        for row in its.skus
        if row.is_repriced
    ]
    await write_prices(tx, **columns(repriced, "sku_ids", "numbers", "prices", "compares"))
    changed = [row.product_id for row in its.products]
    await write_images(tx, product_ids=changed, rows=msgspec.json.encode(its.images).decode())
    new = [row.sku_id for row in its.skus if row.is_new]
    await ledger.declare_units(tx, new, ["goods"] * len(new))
    await open_shelves(tx, new, store_ids)
    await touch(tx, product_ids=its.touched, number=number)
    await ledger.move(
        tx,
        [
            stock_move(number, row.sku_id, store_ids[0], row.moved, "counted")
            for row in its.skus
            if row.moved
        ],
    )


async def open_shelves(tx: Tx, sku_ids: Sequence[int], store_ids: Sequence[int]) -> None:
    """Open a shelf, and a place for what is set aside, for each SKU in each store."""
    rows = [
        (sku_id, kind, store_id)
        for store_id in store_ids
        for kind in ("shelf", "reserved")
        for sku_id in sku_ids
    ]
    await ledger.open_accounts(
        tx, [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]
    )


import_catalogue = Act(ImportCatalogue, CatalogueImported, gather, decide, record)
