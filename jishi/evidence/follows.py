"""Who follows the account, as the acts that note it find and write it."""

from collections.abc import Sequence

from msgspec import Struct

from jishi.kernel import MARKET, Tx, columns, queries

SOURCE_CHARACTERS_MAX = 64
"""As long as WeChat lets the scene of a code be."""


class Follower(Struct, frozen=True):
    """Somebody who follows."""

    person_id: int


World = set[int]
sql = queries(__file__)
followers = sql.many("followers", Follower)
write = sql.run("write")


async def standing(tx: Tx, person_ids: Sequence[int]) -> World:
    """Read who of these follows."""
    return {each.person_id for each in await followers(tx, person_ids=list(person_ids))}


def is_clear(book: int, person_id: int, source: str) -> bool:
    """Tell whether this is somebody, in the market's book, who came from somewhere or nowhere."""
    is_source = len(source) <= SOURCE_CHARACTERS_MAX and "\x00" not in source
    return person_id > 0 and book == MARKET and is_source


async def write_all(tx: Tx, rows: Sequence[tuple[object, ...]]) -> None:
    """Write what was told."""
    await write(tx, **columns(rows, "numbers", "person_ids", "followings", "sources"))
