"""Index a shop's goods: whatever can be bought can be found by its words as they are now."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from jishi.discovery import rules
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries

PRODUCTS_MAX = 500
"""Products in one act; the rest follow in the next ones."""


class IndexGoods(Request, frozen=True, kw_only=True):
    """Bring a shop's words up to date, as many products at once as one act takes."""


class GoodsIndexed(Event, frozen=True, kw_only=True):
    """So many products have new words, so many are found no longer; `is_more`: some still wait."""

    indexed: int
    removed: int
    is_more: bool


class Stale(Struct, frozen=True):
    """A product whose words are not those of its texts."""

    product_id: int
    digest: str
    title: str
    title_en: str
    others: str


class Gone(Struct, frozen=True):
    """A product that cannot be bought any more."""

    product_id: int


class World(NamedTuple):
    """What is to do in this book; the first request of a batch does it."""

    stale: list[Stale]
    gone: list[Gone]


sql = queries(__file__)
stale = sql.many("stale", Stale)
gone = sql.many("gone", Gone)
write_entries = sql.run("write_entries")
remove_entries = sql.run("remove_entries")


async def gather(tx: Tx, asked: Sequence[IndexGoods]) -> World:
    """Read what is to do, and one product more, to know if that is all."""
    del asked
    return World(
        await stale(tx, products_max=PRODUCTS_MAX + 1),
        await gone(tx, products_max=PRODUCTS_MAX),
    )


def decide(world: World, asked: IndexGoods) -> GoodsIndexed | Refused:
    """Do what fits into one act; whoever comes second in the batch finds nothing to do."""
    is_more = max(len(world.stale) - PRODUCTS_MAX, 0) + (len(world.gone) == PRODUCTS_MAX) > 0
    done = GoodsIndexed(
        subject_id=asked.book,
        indexed=min(len(world.stale), PRODUCTS_MAX),
        removed=len(world.gone),
        is_more=is_more,
    )
    world.stale.clear()
    world.gone.clear()
    return done


async def record(tx: Tx, happened: Sequence[Happened[IndexGoods, GoodsIndexed]]) -> None:
    """Read again, under the same lock, and write the words."""
    world = await gather(tx, [each.request for each in happened])
    rows = [
        (each.product_id, each.digest, rules.entry(each.title, each.title_en, each.others))
        for each in world.stale[:PRODUCTS_MAX]
    ]
    await write_entries(tx, **columns(rows, "product_ids", "digests", "terms"))
    await remove_entries(tx, product_ids=[each.product_id for each in world.gone])


index_goods = Act(IndexGoods, GoodsIndexed, gather, decide, record)
