"""A merchant's account for transfers, from which nothing is given that is not there. In fen."""

from msgspec import Struct

from jishi.kernel import Tx, queries

RECHARGED_FEN = 100_000_000
"""Each merchant of the sandbox begins with a million yuan in its operation account."""


class Spent(Struct, frozen=True):
    """What a merchant transferred, or is about to."""

    spent_fen: int


sql = queries(__file__)
lock_merchant = sql.run("lock_merchant")
spent = sql.one("spent", Spent)


async def operation_fen(tx: Tx, mchid: str) -> int:
    """Give what a merchant that is locked may still transfer."""
    found = await spent(tx, mchid=mchid)
    return RECHARGED_FEN - (found.spent_fen if found else 0)
