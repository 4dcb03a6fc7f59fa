"""The terms of same-city delivery as an act sees them, and as pages do."""

import msgspec

from jishi.kernel import Tx, queries
from jishi.trade.same_city.types import Terms


class Current(msgspec.Struct, frozen=True):
    """A shop's terms as they stand."""

    of_book: int
    is_offered: bool
    divisions: list[str]
    fee_fen: int
    free_from_fen: int
    minimum_fen: int

    @property
    def terms(self) -> Terms:
        """Give them without their shop."""
        return Terms(
            self.is_offered, self.divisions, self.fee_fen, self.free_from_fen, self.minimum_fen
        )


sql = queries(__file__)
current = sql.many("current", Current)


async def terms_now(tx: Tx) -> Terms | None:
    """Give this book's terms; none where the shop never set any."""
    found = await current(tx, books=[tx.book])
    return found[0].terms if found else None
