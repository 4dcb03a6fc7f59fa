"""What people have, as an act that changes their addresses finds it."""

from collections.abc import Iterable

import msgspec

from jishi.kernel import Tx, queries


class Person(msgspec.Struct, frozen=True):
    """Somebody who was met, and the address his checkout begins with (0 is none)."""

    person_id: int
    default_id: int


class InUse(msgspec.Struct, frozen=True):
    """An address that its person uses."""

    person_id: int
    address_id: int


class Taken(msgspec.Struct, frozen=True):
    """An id that an address has."""

    address_id: int


class World(msgspec.Struct):
    """The default of each person, the addresses he uses, and the ids that are taken."""

    defaults: dict[int, int]
    in_use: dict[int, set[int]]
    taken: set[int]


sql = queries(__file__)
persons = sql.many("persons", Person)
addresses_in_use = sql.many("addresses_in_use", InUse)
ids_taken = sql.many("ids_taken", Taken)
remove = sql.run("remove")
forget_defaults = sql.run("forget_defaults")


async def world_of(tx: Tx, person_ids: Iterable[int], address_ids: Iterable[int]) -> World:
    """Read what these people have, and which of these ids are taken."""
    asked = list(person_ids)
    world = World({}, {}, set())
    for person in await persons(tx, person_ids=asked):
        world.defaults[person.person_id] = person.default_id
    for each in await addresses_in_use(tx, person_ids=asked):
        world.in_use.setdefault(each.person_id, set()).add(each.address_id)
    world.taken = {each.address_id for each in await ids_taken(tx, address_ids=list(address_ids))}
    return world
