"""Save a product as its form says it: new or changed, with its SKUs, pictures and terms."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from jishi.goods.import_catalogue import gather_lists, names_needed, write
from jishi.goods.import_plan import Names, plan
from jishi.goods.import_rows import Plan, World
from jishi.goods.lists import ListedProduct
from jishi.kernel import BUSY, Act, Event, Happened, Refused, Request, Tx


class SaveProduct(Request, frozen=True, kw_only=True):
    """The product is to be so. `product_id` names one that is there; 0 makes a new one.

    `revision` is that of the product which the form showed: who saved meanwhile is not overwritten.
    Refused: `ids_too_few`, `shop_has_no_store`, `handle_taken`, `product_unknown`,
    `product_changed`, `lines_rejected`, `struck_price_unproven`, `live_needs_category`,
    `live_needs_picture`, `busy`.
    """

    made: ClassVar[dict[str, object]] = {"ids": (), "public_ids": ()}

    product_id: int
    revision: int
    product: ListedProduct
    ids: tuple[int, ...]
    public_ids: tuple[str, ...]


class ProductSaved(Event, frozen=True, kw_only=True):
    """The product is so: draft, live or archived, with so many SKUs new or changed."""

    handle: str
    state: str
    is_new: bool
    skus_new: int
    skus_changed: int


async def gather(tx: Tx, asked: Sequence[SaveProduct]) -> World:
    """Read what the shop has under the first product's handle and codes."""
    return await gather_lists(tx, [asked[0].product])


def decide(world: World, save: SaveProduct) -> ProductSaved | Refused:
    """Accept what is whole, is of the product that the form showed, and can be sold if live."""
    if world.is_taken:
        return BUSY
    world.is_taken = True
    if refused := reason_against(world, save):
        return refused
    its = plan(world, [save.product], Names(save.ids, save.public_ids))
    if refused := reason_against_plan(save, its):
        return refused
    known = world.products.get(save.product.handle)
    skus_new = sum(row.is_new for row in its.skus)
    return ProductSaved(
        subject_id=known.product_id if known else its.products[0].product_id,
        handle=save.product.handle,
        state=save.product.state,
        is_new=known is None,
        skus_new=skus_new,
        skus_changed=len(its.skus) - skus_new,
    )


def reason_against(world: World, save: SaveProduct) -> Refused | None:
    """Give the first reason not to look closer, or none."""
    needed = names_needed([save.product])
    if min(len(set(save.ids)), len(set(save.public_ids))) < needed:
        return Refused("ids_too_few")
    if not world.store_ids:
        return Refused("shop_has_no_store")
    known = world.products.get(save.product.handle)
    if not save.product_id:
        return Refused("handle_taken") if known else None
    if known is None or known.product_id != save.product_id:
        return Refused("product_unknown")
    return None if known.revision == save.revision else Refused("product_changed")


def reason_against_plan(save: SaveProduct, its: Plan) -> Refused | None:
    """Give the first reason against what would be written, or none."""
    if its.rejections:
        return Refused("lines_rejected", {"rejections": msgspec.to_builtins(its.rejections)})
    if its.struck_left_out:
        return Refused("struck_price_unproven")
    if save.product.state == "live":
        if not save.product.category:
            return Refused("live_needs_category")
        if not its.is_pictured:
            return Refused("live_needs_picture")
    return None


async def record(tx: Tx, happened: Sequence[Happened[SaveProduct, ProductSaved]]) -> None:
    """Work the plan out again, under the same lock, and write it."""
    for save, _, number in happened:
        world = await gather(tx, [save])
        its = plan(world, [save.product], Names(save.ids, save.public_ids))
        await write(tx, its, world.store_ids, number)


save_product = Act(SaveProduct, ProductSaved, gather, decide, record)
