"""Remove an address: it can be chosen no more; the orders that were sent there keep it."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns
from jishi.people import shelf
from jishi.people.shelf import World


class RemoveAddress(Request, frozen=True, kw_only=True):
    """A person (`actor_id`) takes no more parcels there.

    Refused: `address_unknown` (also when it is somebody else's, or removed already).
    """

    address_id: int


class AddressRemoved(Event, frozen=True, kw_only=True):
    """The address (`subject_id`) is out of use."""


async def gather(tx: Tx, asked: Sequence[RemoveAddress]) -> World:
    """Read what these people have."""
    return await shelf.world_of(tx, (each.actor_id for each in asked), ())


def decide(world: World, asked: RemoveAddress) -> AddressRemoved | Refused:
    """Accept an address of his own that is in use."""
    in_use = world.in_use.get(asked.actor_id, set())
    if asked.address_id not in in_use:
        return Refused("address_unknown")
    in_use.discard(asked.address_id)
    return AddressRemoved(subject_id=asked.address_id)


async def record(tx: Tx, happened: Sequence[Happened[RemoveAddress, AddressRemoved]]) -> None:
    """Write what is out of use; no checkout begins with it."""
    rows = [(event.subject_id, asked.actor_id) for asked, event, _ in happened]
    await shelf.remove(tx, **columns(rows, "address_ids", "person_ids"))
    await shelf.forget_defaults(tx, address_ids=[address_id for address_id, _ in rows])


remove_address = Act(RemoveAddress, AddressRemoved, gather, decide, record)
