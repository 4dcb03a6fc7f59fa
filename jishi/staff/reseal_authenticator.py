"""Reseal an authenticator: its secret lies under the market's newest key, and stays the same."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.staff.set_authenticator import SEALED_BYTES_MAX


class ResealAuthenticator(Request, frozen=True, kw_only=True):
    """The market changes the key under which a member's (`staff_id`) authenticator lies.

    Refused: `authenticator_missing`, `authenticator_out_of_bounds`.
    """

    made: ClassVar[dict[str, object]] = {"sealed": b""}

    staff_id: int
    sealed: bytes


class AuthenticatorResealed(Event, frozen=True, kw_only=True):
    """The member's (`subject_id`) authenticator lies under another key."""


class Known(msgspec.Struct, frozen=True):
    """A member with an authenticator."""

    staff_id: int


World = set[int]
sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[ResealAuthenticator]) -> World:
    """Read who has one."""
    return {each.staff_id for each in await known(tx, staff_ids=[a.staff_id for a in asked])}


def decide(world: World, asked: ResealAuthenticator) -> AuthenticatorResealed | Refused:
    """Accept for whoever has one."""
    if asked.staff_id not in world:
        return Refused("authenticator_missing")
    if not 0 < len(asked.sealed) <= SEALED_BYTES_MAX:
        return Refused("authenticator_out_of_bounds")
    return AuthenticatorResealed(subject_id=asked.staff_id)


async def record(
    tx: Tx, happened: Sequence[Happened[ResealAuthenticator, AuthenticatorResealed]]
) -> None:
    """Write them; the last sealing of a member's holds."""
    last = {event.subject_id: asked.sealed for asked, event, _ in happened}
    await write(tx, **columns(list(last.items()), "staff_ids", "seals"))


reseal_authenticator = Act(ResealAuthenticator, AuthenticatorResealed, gather, decide, record)
