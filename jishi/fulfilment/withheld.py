"""Withheld orders: while money is asked back for what was not sent, nothing is handed out.

The reason to withhold lies above: whoever knows it says so, in the transaction of his own act.
"""

from collections.abc import Sequence
from typing import NamedTuple

from jishi.kernel import Tx, columns, queries


class Withheld(NamedTuple):
    """A cause, the order it is about, and whether it withholds that order now."""

    cause_id: int
    order_id: int
    is_withheld: bool


sql = queries(__file__)
write = sql.run("write")


async def withhold(tx: Tx, causes: Sequence[Withheld]) -> None:
    """Write down which of these causes withhold their orders now."""
    await write(tx, **columns(causes, "cause_ids", "order_ids", "are_withheld"))
