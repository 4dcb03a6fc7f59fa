"""Reseal credentials: a version lies under the market's newest key; what it says stays."""

from collections.abc import Sequence
from typing import ClassVar

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.money.payees.credentials import of_book
from jishi.money.payees.set_credentials import SEALED_CHARACTERS_MAX


class ResealCredentials(Request, frozen=True, kw_only=True):
    """The market changes the key under which a version of a shop's credentials lies.

    Refused: `credentials_unknown`, `credentials_out_of_bounds`.
    """

    made: ClassVar[dict[str, object]] = {"sealed": ""}

    version: int
    sealed: str


class CredentialsResealed(Event, frozen=True, kw_only=True):
    """The version (`subject_id`) lies under another key."""


World = set[int]
sql = queries(__file__)
write = sql.run("write")


async def gather(tx: Tx, _asked: Sequence[ResealCredentials]) -> World:
    """Read the versions of the shop."""
    return {each.version for each in await of_book(tx)}


def decide(world: World, asked: ResealCredentials) -> CredentialsResealed | Refused:
    """Accept a version that there is, retired or not."""
    if asked.version not in world:
        return Refused("credentials_unknown")
    if not 0 < len(asked.sealed) <= SEALED_CHARACTERS_MAX or "\x00" in asked.sealed:
        return Refused("credentials_out_of_bounds")
    return CredentialsResealed(subject_id=asked.version)


async def record(
    tx: Tx, happened: Sequence[Happened[ResealCredentials, CredentialsResealed]]
) -> None:
    """Write them; the last sealing of a version holds."""
    last = {event.subject_id: asked.sealed for asked, event, _ in happened}
    await write(tx, **columns(list(last.items()), "versions", "seals"))


reseal_credentials = Act(ResealCredentials, CredentialsResealed, gather, decide, record)
