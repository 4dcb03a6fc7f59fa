"""Save an address: a new one, or a new version of one; the old version stays for its orders."""

from collections.abc import Sequence
from typing import ClassVar

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.people import divisions, rules, shelf
from jishi.people.shelf import World


class SaveAddress(Request, frozen=True, kw_only=True):
    """A person (`actor_id`) writes down where he takes parcels.

    Who and where is sealed with his key; `mark` is what it is known again by.
    Refused: `person_unknown`, `division_not_district`, `seal_out_of_bounds`, `address_unknown`,
    `too_many_addresses`, `address_id_taken`.
    """

    made: ClassVar[dict[str, object]] = {"address_id": 0, "sealed": b""}

    address_id: int
    replaces_id: int
    division: str
    sealed: bytes
    mark: str
    is_default: bool


class AddressSaved(Event, frozen=True, kw_only=True):
    """The address (`subject_id`) may be chosen; the one it replaces no more."""

    replaces_id: int
    is_default: bool


sql = queries(__file__)
write = sql.run("write")
choose = sql.run("choose")


async def gather(tx: Tx, asked: Sequence[SaveAddress]) -> World:
    """Read what these people have."""
    return await shelf.world_of(
        tx, (each.actor_id for each in asked), (each.address_id for each in asked)
    )


def decide(world: World, asked: SaveAddress) -> AddressSaved | Refused:  # noqa: PLR0911 - one a reason
    """Accept a sealed address in a district, while the person has few."""
    if asked.actor_id not in world.defaults:
        return Refused("person_unknown")
    if not divisions.is_district(asked.division):
        return Refused("division_not_district")
    if not rules.SEALED_BYTES_MIN <= len(asked.sealed) <= rules.SEALED_BYTES_MAX:
        return Refused("seal_out_of_bounds")
    in_use = world.in_use.setdefault(asked.actor_id, set())
    if asked.replaces_id and asked.replaces_id not in in_use:
        return Refused("address_unknown")
    if len(in_use) - bool(asked.replaces_id) >= rules.ADDRESSES_MAX:
        return Refused("too_many_addresses", {"addresses_max": rules.ADDRESSES_MAX})
    if asked.address_id <= 0 or asked.address_id in world.taken:
        return Refused("address_id_taken")
    old = world.defaults[asked.actor_id]
    is_default = asked.is_default or old in {0, asked.replaces_id}
    world.defaults[asked.actor_id] = asked.address_id if is_default else old
    world.taken.add(asked.address_id)
    in_use.discard(asked.replaces_id)
    in_use.add(asked.address_id)
    return AddressSaved(
        subject_id=asked.address_id, replaces_id=asked.replaces_id, is_default=is_default
    )


async def record(tx: Tx, happened: Sequence[Happened[SaveAddress, AddressSaved]]) -> None:
    """Write the versions, what they replace, and where checkouts begin."""
    rows = [
        (event.subject_id, asked.actor_id, asked.division, asked.sealed)
        for asked, event, _ in happened
    ]
    await write(tx, **columns(rows, "address_ids", "person_ids", "divisions", "seals"))
    gone = [
        (event.replaces_id, asked.actor_id) for asked, event, _ in happened if event.replaces_id
    ]
    await shelf.remove(tx, **columns(gone, "address_ids", "person_ids"))
    # The last one of a person stands.
    chosen = {asked.actor_id: event.subject_id for asked, event, _ in happened if event.is_default}
    await choose(tx, person_ids=list(chosen), address_ids=list(chosen.values()))


save_address = Act(SaveAddress, AddressSaved, gather, decide, record)
