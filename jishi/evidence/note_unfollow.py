"""Note an unfollow: somebody follows the account no more."""

from collections.abc import Sequence

from jishi.evidence.follows import World, is_clear, standing, write_all
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx


class NoteUnfollow(Request, frozen=True, kw_only=True):
    """WeChat told that a person (`actor_id`) follows no more.

    Refused: `follow_unclear` (nobody, or another book than the market's), `not_followed`.
    """


class UnfollowNoted(Event, frozen=True, kw_only=True):
    """The person (`subject_id`) follows no more."""


async def gather(tx: Tx, asked: Sequence[NoteUnfollow]) -> World:
    """Read who follows."""
    return await standing(tx, [each.actor_id for each in asked])


def decide(world: World, asked: NoteUnfollow) -> UnfollowNoted | Refused:
    """Accept whoever follows."""
    if not is_clear(asked.book, asked.actor_id, ""):
        return Refused("follow_unclear")
    if asked.actor_id not in world:
        return Refused("not_followed")
    world.discard(asked.actor_id)
    return UnfollowNoted(subject_id=asked.actor_id)


async def record(tx: Tx, happened: Sequence[Happened[NoteUnfollow, UnfollowNoted]]) -> None:
    """Write who follows no more."""
    await write_all(tx, [(number, event.subject_id, False, "") for _, event, number in happened])


note_unfollow = Act(NoteUnfollow, UnfollowNoted, gather, decide, record)
