"""Sign a person out: in one browser, or everywhere."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, queries


class SignOut(Request, frozen=True, kw_only=True):
    """A person (`actor_id`) ends a session of his; `session_id` 0 is all of them.

    Refused: `signed_out_already`.
    """

    session_id: int


class SignedOut(Event, frozen=True, kw_only=True):
    """The person (`subject_id`) is out in so many browsers."""

    sessions_count: int


class Known(msgspec.Struct, frozen=True):
    """A session that goes on."""

    person_id: int
    session_id: int


class World(msgspec.Struct):
    """The sessions that go on, by whose they are."""

    sessions: dict[int, set[int]]


sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[SignOut]) -> World:
    """Read which sessions go on."""
    world = World(defaultdict(set))
    for each in await known(tx, person_ids=[each.actor_id for each in asked]):
        world.sessions[each.person_id].add(each.session_id)
    return world


def decide(world: World, asked: SignOut) -> SignedOut | Refused:
    """Accept what is his own and goes on."""
    own = world.sessions[asked.actor_id]
    ended = own & {asked.session_id} if asked.session_id else set(own)
    if not ended:
        return Refused("signed_out_already")
    own -= ended
    return SignedOut(subject_id=asked.actor_id, sessions_count=len(ended))


async def record(tx: Tx, happened: Sequence[Happened[SignOut, SignedOut]]) -> None:
    """Write when they ended."""
    await write(
        tx,
        session_ids=[asked.session_id for asked, _, _ in happened if asked.session_id],
        person_ids=[asked.actor_id for asked, _, _ in happened if not asked.session_id],
    )


sign_out = Act(SignOut, SignedOut, gather, decide, record)
