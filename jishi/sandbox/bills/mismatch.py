"""The fault `bill_mismatch`: a line that differs, is missing, or stands twice."""

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from jishi.sandbox.bills.rows import Flow, Part, Traded
from jishi.sandbox.world import World

R = TypeVar("R", Traded, Flow, Part)
HOW = ("differs", "missing", "double")


def mistaken(world: World, operation: str, rows: Sequence[R]) -> list[R]:
    """Give the rows, with the armed mistake in one of them; `how` says which, else luck does."""
    fault = world.faults.hit("bill_mismatch", operation)
    if fault is None or not rows:
        return list(rows)
    how = fault.settings.get("how") or world.luck.choice(HOW)
    place = world.luck.randrange(len(rows))
    wrong = list(rows)
    if how == "missing":
        del wrong[place]
    elif how == "double":
        wrong.insert(place, rows[place])
    else:
        wrong[place] = _dearer(rows[place])
    return wrong


def _dearer(row: R) -> R:
    """Give a row with one fen more."""
    name = next(field for field in ("refund_fen", "total_fen", "moved_fen", "share_fen")
                if getattr(row, field, 0))  # fmt: skip
    return msgspec.structs.replace(row, **{name: getattr(row, name) + 1})
