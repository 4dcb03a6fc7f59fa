"""Shelve a product: put it live, take it back as a draft, or archive it."""

from collections.abc import Sequence

import msgspec

from jishi.goods.rules import STATES
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries


class ShelveProduct(Request, frozen=True, kw_only=True):
    """The product is to be a draft, live or archived.

    Refused: `state_unknown`, `product_unknown`, `live_needs_sku`, `live_needs_category`,
    `live_needs_picture`.
    """

    product_id: int
    state: str


class ProductShelved(Event, frozen=True, kw_only=True):
    """The product is in this state."""

    state: str


class Known(msgspec.Struct, frozen=True):
    """What a product has of what a live one needs."""

    product_id: int
    has_sku: bool
    has_category: bool
    has_picture: bool


class World(msgspec.Struct):
    """The products by their ids."""

    products: dict[int, Known]


sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[ShelveProduct]) -> World:
    """Read which products there are, and what they have."""
    found = await known(tx, product_ids=[each.product_id for each in asked])
    return World({each.product_id: each for each in found})


def decide(world: World, shelve: ShelveProduct) -> ProductShelved | Refused:
    """Accept a known state; live only what can be sold and seen."""
    if shelve.state not in STATES:
        return Refused("state_unknown")
    product = world.products.get(shelve.product_id)
    if product is None:
        return Refused("product_unknown")
    if shelve.state == "live" and (refused := reason_against(product)):
        return refused
    return ProductShelved(subject_id=shelve.product_id, state=shelve.state)


def reason_against(product: Known) -> Refused | None:
    """Give the first thing that a product lacks to be live, or none."""
    if not product.has_sku:
        return Refused("live_needs_sku")
    if not product.has_category:
        return Refused("live_needs_category")
    if not product.has_picture:
        return Refused("live_needs_picture")
    return None


async def record(tx: Tx, happened: Sequence[Happened[ShelveProduct, ProductShelved]]) -> None:
    """Write the last state of each product."""
    last = {
        event.subject_id: (event.subject_id, number, event.state) for _, event, number in happened
    }
    await write(tx, **columns(list(last.values()), "product_ids", "numbers", "states"))


shelve_product = Act(ShelveProduct, ProductShelved, gather, decide, record)
