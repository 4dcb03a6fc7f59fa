"""What follows for finding: new or changed goods are indexed, as many acts as it takes."""

from collections.abc import Sequence
from uuid import uuid4

from jishi.discovery.index_goods import GoodsIndexed, IndexGoods
from jishi.discovery.views import shops_to_index
from jishi.goods import CatalogueImported, ProductSaved, ProductShelved
from jishi.kernel import Market, Reaction, Request, Schedule, Told

EVERY_SECONDS = 300
SHOPS_MAX = 100


async def index(told: Sequence[Told[CatalogueImported]]) -> Sequence[Sequence[Request]]:
    """Index a shop whose list was imported."""
    return [[_index(each)] for each in told]


async def go_on(told: Sequence[Told[GoodsIndexed]]) -> Sequence[Sequence[Request]]:
    """Go on where one act was not enough."""
    return [[_index(each)] if each.event.is_more else [] for each in told]


async def index_saved(told: Sequence[Told[ProductSaved]]) -> Sequence[Sequence[Request]]:
    """Index the shop of a product that was saved."""
    return [[_index(each)] for each in told]


async def index_shelved(told: Sequence[Told[ProductShelved]]) -> Sequence[Sequence[Request]]:
    """Index the shop of a product that came to the shelf, or left it."""
    return [[_index(each)] for each in told]


Changed = Told[CatalogueImported] | Told[GoodsIndexed] | Told[ProductSaved] | Told[ProductShelved]


def _index(told: Changed) -> IndexGoods:
    return IndexGoods(key=told.key("index"), book=told.book, actor_id=0)


async def index_what_is_left(market: Market) -> None:
    """Index shops that have goods without words: those from before there was an index."""
    for shop in await market.look(shops_to_index, shops_max=SHOPS_MAX):
        await market.ask(IndexGoods(key=uuid4(), book=shop.book, actor_id=0))


Reaction("discovery.index_imported", CatalogueImported, index)
Reaction("discovery.index_saved", ProductSaved, index_saved)
Reaction("discovery.index_shelved", ProductShelved, index_shelved)
Reaction("discovery.go_on", GoodsIndexed, go_on)
Schedule("discovery.index_what_is_left", EVERY_SECONDS, index_what_is_left)
