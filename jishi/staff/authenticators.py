"""The authenticators that members have, as acts see them."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Tx, queries


class Held(msgspec.Struct):
    """A member who works here, his authenticator (0 for none), and the newest step it showed."""

    staff_id: int
    works_in: int
    number: int
    last_step: int


Authenticators = dict[int, Held]

sql = queries(__file__)
held = sql.many("held", Held)


async def read(tx: Tx, staff_ids: Sequence[int]) -> Authenticators:
    """Read who works here, with what he shows."""
    return {each.staff_id: each for each in await held(tx, staff_ids=sorted(set(staff_ids)))}
