"""Try a code: whether it is right or wrong, the try is counted before anything else is done."""

from collections.abc import Sequence
from hmac import compare_digest

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.people import rules


class TryCode(Request, frozen=True, kw_only=True):
    """Somebody gives a code back. The newest that was sent to this identity counts, and it alone.

    Refused: `code_unknown` (none, or too old, or used), `code_tried_out`.
    """

    digest: bytes
    hash: bytes


class CodeTried(Event, frozen=True, kw_only=True):
    """The code (`subject_id`) was tried; a right one is used up."""

    is_right: bool


class Newest(msgspec.Struct, frozen=True):
    """The newest code of a digest that still serves."""

    digest: bytes
    code_id: int
    hash: bytes
    tries: int


class World(msgspec.Struct):
    """The codes that serve, by digest."""

    codes: dict[bytes, Newest]


sql = queries(__file__)
newest = sql.many("newest", Newest)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[TryCode]) -> World:
    """Read the codes."""
    digests = [each.digest for each in asked]
    found = await newest(tx, digests=digests, life=rules.CODE_LIFE)
    return World({each.digest: each for each in found})


def decide(world: World, asked: TryCode) -> CodeTried | Refused:
    """Accept a few tries."""
    code = world.codes.get(asked.digest)
    if code is None:
        return Refused("code_unknown")
    if code.tries >= rules.CODE_TRIES_MAX:
        return Refused("code_tried_out")
    is_right = compare_digest(code.hash, asked.hash)
    if is_right:
        del world.codes[asked.digest]
    else:
        world.codes[asked.digest] = msgspec.structs.replace(code, tries=code.tries + 1)
    return CodeTried(subject_id=code.code_id, is_right=is_right)


async def record(tx: Tx, happened: Sequence[Happened[TryCode, CodeTried]]) -> None:
    """Count the tries, and use up what was right."""
    tried = [event for _, event, _ in happened]
    ids = {each.subject_id for each in tried}
    rows = [
        (
            code_id, sum(each.subject_id == code_id for each in tried),
            any(each.is_right for each in tried if each.subject_id == code_id),
        )
        for code_id in sorted(ids)
    ]  # fmt: skip
    await write(tx, **columns(rows, "code_ids", "tries", "rights"))


try_code = Act(TryCode, CodeTried, gather, decide, record)
