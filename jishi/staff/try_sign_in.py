"""Try to sign in: noted before the password is looked at, so that no crowd of guesses gets by."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.staff import rules


class TrySignIn(Request, frozen=True, kw_only=True):
    """Somebody says that he is this member.

    Refused: `member_unknown`, `sign_in_locked`.
    """

    staff_id: int


class SignInTried(Event, frozen=True, kw_only=True):
    """A password for the member (`subject_id`) may be looked at."""


class Known(msgspec.Struct, frozen=True):
    """A member, and when it was tried since he last came in."""

    staff_id: int
    tries: list[datetime]


class World(msgspec.Struct):
    """The tries in vain of each member."""

    tries: dict[int, list[datetime]]
    now: datetime


sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[TrySignIn]) -> World:
    """Read the tries in vain."""
    found = await known(tx, staff_ids=[each.staff_id for each in asked])
    return World({each.staff_id: list(each.tries) for each in found}, tx.now)


def decide(world: World, asked: TrySignIn) -> SignInTried | Refused:
    """Accept a try while there were few."""
    tries = world.tries.get(asked.staff_id)
    if tries is None:
        return Refused("member_unknown")
    if minutes := rules.minutes_locked(tries, world.now):
        return Refused("sign_in_locked", {"minutes": minutes}, is_final=False)
    tries.append(world.now)
    return SignInTried(subject_id=asked.staff_id)


async def record(tx: Tx, happened: Sequence[Happened[TrySignIn, SignInTried]]) -> None:
    """Write the tries."""
    rows = [(event.subject_id, number) for _, event, number in happened]
    await write(tx, **columns(rows, "staff_ids", "numbers"))


try_sign_in = Act(TrySignIn, SignInTried, gather, decide, record)
