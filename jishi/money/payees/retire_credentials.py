"""Retire a version of a shop's credentials: it begins no payment any more."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, queries
from jishi.money.payees.credentials import Held, of_book


class RetireCredentials(Request, frozen=True, kw_only=True):
    """A member of the staff (`actor_id`) retires a version.

    Refused: `credentials_unknown`, `credentials_retired`.
    """

    version: int


class CredentialsRetired(Event, frozen=True, kw_only=True):
    """The version (`subject_id`) only reads what still comes, and refunds what it was paid."""

    mchid: str


class World(msgspec.Struct):
    """The versions by number, and which are retired."""

    held: dict[int, Held]
    retired: set[int]


sql = queries(__file__)
write = sql.run("write")


async def gather(tx: Tx, _asked: Sequence[RetireCredentials]) -> World:
    """Read the versions of the shop."""
    found = await of_book(tx)
    retired = {each.version for each in found if each.retired_at is not None}
    return World({each.version: each for each in found}, retired)


def decide(world: World, asked: RetireCredentials) -> CredentialsRetired | Refused:
    """Accept a version that is in force."""
    held = world.held.get(asked.version)
    if held is None:
        return Refused("credentials_unknown")
    if held.version in world.retired:
        return Refused("credentials_retired")
    world.retired.add(held.version)
    return CredentialsRetired(subject_id=held.version, mchid=held.mchid)


async def record(
    tx: Tx, happened: Sequence[Happened[RetireCredentials, CredentialsRetired]]
) -> None:
    """Write since when."""
    await write(tx, versions=[event.subject_id for _, event, _ in happened])


retire_credentials = Act(RetireCredentials, CredentialsRetired, gather, decide, record)
