"""Note a follow: somebody follows the account from now on, and where he came from."""

from collections.abc import Sequence

from jishi.evidence.follows import World, is_clear, standing, write_all
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx


class NoteFollow(Request, frozen=True, kw_only=True):
    """WeChat told that a person (`actor_id`) follows; `source` is the scene he scanned, if any.

    Refused: `follow_unclear` (nobody, another book than the market's, or no such source),
    `followed_already`.
    """

    source: str = ""


class FollowNoted(Event, frozen=True, kw_only=True):
    """The person (`subject_id`) follows."""

    source: str = ""


async def gather(tx: Tx, asked: Sequence[NoteFollow]) -> World:
    """Read who follows."""
    return await standing(tx, [each.actor_id for each in asked])


def decide(world: World, asked: NoteFollow) -> FollowNoted | Refused:
    """Accept whoever does not follow."""
    if not is_clear(asked.book, asked.actor_id, asked.source):
        return Refused("follow_unclear")
    if asked.actor_id in world:
        return Refused("followed_already")
    world.add(asked.actor_id)
    return FollowNoted(subject_id=asked.actor_id, source=asked.source)


async def record(tx: Tx, happened: Sequence[Happened[NoteFollow, FollowNoted]]) -> None:
    """Write who follows since when."""
    await write_all(tx, [
        (number, event.subject_id, True, event.source) for _, event, number in happened
    ])  # fmt: skip


note_follow = Act(NoteFollow, FollowNoted, gather, decide, record)
