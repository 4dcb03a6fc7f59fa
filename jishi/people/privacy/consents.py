"""What persons agreed to, as the acts that change it find and write it."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Tx, columns, queries


class Known(msgspec.Struct, frozen=True):
    """Somebody who was met."""

    person_id: int


class Standing(msgspec.Struct, frozen=True):
    """What somebody said last of a purpose, and of which version of its text."""

    person_id: int
    purpose: str
    version: str
    is_given: bool


class World(msgspec.Struct):
    """Those who were met, and what they said last, by person and purpose."""

    met: set[int]
    standing: dict[tuple[int, str], Standing]


sql = queries(__file__)
known = sql.many("known", Known)
said_last = sql.many("said_last", Standing)
write_all = sql.run("write_all")


async def world_of(tx: Tx, person_ids: Sequence[int]) -> World:
    """Read who of them was met, and what they said last."""
    asked = list(person_ids)
    met = {each.person_id for each in await known(tx, person_ids=asked)}
    found = await said_last(tx, person_ids=asked)
    return World(met, {(each.person_id, each.purpose): each for each in found})


async def write(tx: Tx, rows: Sequence[tuple[object, ...]]) -> None:
    """Write what was said."""
    names = ("numbers", "person_ids", "purposes", "versions", "givens", "places")
    await write_all(tx, **columns(rows, *names))
