"""Save a store: what it is called, where it is, when it is open; a new one gets its shelves."""

from collections.abc import Sequence

import msgspec

from jishi import ledger
from jishi.goods import opening
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries

STORES_MAX = 50
NAME_CHARACTERS_MAX = 60
WHERE_CHARACTERS_MAX = 120
PHONE_CHARACTERS_MAX = 20
LATITUDE_MAX, LONGITUDE_MAX = 90_000_000, 180_000_000
"""Millionths of a degree."""


class SaveStore(Request, frozen=True, kw_only=True):
    """The store is called so, and lies there; an unknown `store_id` is a new one's.

    `hours` are seven texts from Monday on, or none; its position is in millionths of a degree.
    Refused: `store_id_unclear`, `store_name_out_of_bounds`, `whereabouts_out_of_bounds`,
    `hours_unclear`, `position_unclear`, `too_many_stores`.
    """

    store_id: int
    name: str
    name_en: str
    whereabouts: str
    phone: str
    hours: tuple[str, ...]
    latitude_micro: int | None
    longitude_micro: int | None


class StoreSaved(Event, frozen=True, kw_only=True):
    """The store is called so; `is_new` says whether it opened with this."""

    name: str
    is_new: bool


class Known(msgspec.Struct, frozen=True):
    """A store that is there, or a SKU that needs a shelf in a new one."""

    known_id: int


class World(msgspec.Struct):
    """The shop's stores."""

    store_ids: set[int]


sql = queries(__file__)
stores = sql.many("stores", Known)
skus = sql.many("skus", Known)
write = sql.run("write")


async def gather(tx: Tx, _asked: Sequence[SaveStore]) -> World:
    """Read the shop's stores."""
    return World({each.known_id for each in await stores(tx)})


def decide(world: World, save: SaveStore) -> StoreSaved | Refused:
    """Accept a store with a name, whose facts can be shown."""
    if refused := _malformed(save):
        return refused
    is_new = save.store_id not in world.store_ids
    if is_new and len(world.store_ids) >= STORES_MAX:
        return Refused("too_many_stores", {"stores_max": STORES_MAX})
    world.store_ids.add(save.store_id)
    return StoreSaved(subject_id=save.store_id, name=save.name, is_new=is_new)


def _malformed(save: SaveStore) -> Refused | None:
    """Give what is wrong with what is said of a store, or none."""
    if save.store_id <= 0:
        return Refused("store_id_unclear")
    names = (save.name, save.name_en)
    if not save.name.strip() or not all(is_short(each, NAME_CHARACTERS_MAX) for each in names):
        return Refused("store_name_out_of_bounds", {"characters_max": NAME_CHARACTERS_MAX})
    if not is_short(save.whereabouts, WHERE_CHARACTERS_MAX) or not is_short(
        save.phone, PHONE_CHARACTERS_MAX
    ):
        return Refused("whereabouts_out_of_bounds", {"characters_max": WHERE_CHARACTERS_MAX})
    if not opening.are_hours(save.hours):
        return Refused("hours_unclear")
    if not is_position(save.latitude_micro, save.longitude_micro):
        return Refused("position_unclear")
    return None


def is_short(text: str, characters_max: int) -> bool:
    """Tell whether a table keeps this."""
    return len(text) <= characters_max and "\x00" not in text


def is_position(latitude: int | None, longitude: int | None) -> bool:
    """Tell whether this is a place on the earth, or none at all."""
    if latitude is None or longitude is None:
        return latitude is None and longitude is None
    return abs(latitude) <= LATITUDE_MAX and abs(longitude) <= LONGITUDE_MAX


async def record(tx: Tx, happened: Sequence[Happened[SaveStore, StoreSaved]]) -> None:
    """Write the stores, each as it was asked for last; open the shelves of new ones."""
    last = {
        save.store_id: (
            save.store_id, save.name, save.name_en, save.whereabouts, save.phone,
            ",".join(save.hours), save.latitude_micro, save.longitude_micro,
        )
        for save, _, _ in happened
    }  # fmt: skip
    names = ("store_ids", "names", "names_en", "places", "phones", "weeks", "latitudes")
    await write(tx, **columns(list(last.values()), *names, "longitudes"))
    opened = sorted({event.subject_id for _, event, _ in happened if event.is_new})
    if not opened:
        return
    units = [each.known_id for each in await skus(tx)]
    shelves = [
        (unit, kind, store) for store in opened for unit in units for kind in ("shelf", "reserved")
    ]
    if shelves:
        units_, kinds, holders = zip(*shelves, strict=True)
        await ledger.open_accounts(tx, units_, kinds, holders)


save_store = Act(SaveStore, StoreSaved, gather, decide, record)
