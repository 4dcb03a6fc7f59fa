"""What differs between the two bills of a day: the trade bill, and what moved on the account.

WeChat books a payment and its fee as two lines of the payment's number, a refund as one line less
the fee that it gave back. Source: WeChat Pay, "Structure of fund bills".
"""

from collections.abc import Mapping, Sequence

import msgspec

from jishi.money.reconcile_rules import FEN_MAX, LINES_MAX, BillLine, Difference, Open
from jishi.money.rules import is_text

KINDS = ("payment", "fee", "refund")


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the fund bill that is of a payment, its fee or a refund; what moved, in fen."""

    kind: str
    out_number: str
    moved_fen: int


Moved = Mapping[tuple[str, str], int]
"""What moved, by kind and number."""


def are_flows_in_bounds(flows: Sequence[Flow]) -> bool:
    """Tell whether these can be lines of a fund bill."""
    return len(flows) <= 2 * LINES_MAX and all(
        each.kind in KINDS and is_text(each.out_number) and 0 <= each.moved_fen <= FEN_MAX
        for each in flows
    )


def expected(lines: Sequence[BillLine]) -> dict[tuple[str, str], int]:
    """Give what must have moved by the trade bill; a line that stands twice counts once."""
    moved: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.state != "SUCCESS":
            continue
        if line.kind == "refund":
            moved.setdefault(("refund", line.out_number), line.amount_fen + line.fee_fen)
        else:
            moved.setdefault(("payment", line.out_number), line.amount_fen)
            moved.setdefault(("fee", line.out_number), line.fee_fen)
    return moved


def flow_differences(lines: Sequence[BillLine], flows: Sequence[Flow]) -> list[Difference]:
    """Compare both bills; of a number that one of them lacks nothing more is said."""
    wanted, moved = expected(lines), dict[tuple[str, str], int]()
    found = []
    for flow in flows:
        name = (flow.kind, flow.out_number)
        if name in moved:
            found.append(_differs("flow_twice", name, wanted.get(name), flow.moved_fen))
        moved.setdefault(name, flow.moved_fen)
    for name in [*wanted, *(each for each in moved if each not in wanted)]:
        found += _compared(name, wanted, moved)
    return found


def _compared(name: tuple[str, str], wanted: Moved, moved: Moved) -> list[Difference]:
    kind, number = name
    ours, theirs = wanted.get(name), moved.get(name)
    if kind == "fee":
        whose = ("payment", number)
        is_half = (whose in wanted) != (whose in moved)
        # No line is written for a fee of nothing.
        if is_half or (ours or 0) == (theirs or 0):
            return []
        return [_differs("flow_fee", name, ours or 0, theirs or 0)]
    if theirs is None:
        return [_differs("flow_missing", name, ours, None)]
    if ours is None:
        return [_differs("flow_extra", name, None, theirs)]
    return [_differs("flow_amount", name, ours, theirs)] if ours != theirs else []


def _differs(
    kind: str, name: tuple[str, str], ours_fen: int | None, theirs_fen: int | None
) -> Difference:
    return Difference(
        kind=kind, out_number=name[1], transaction_id="", ours_fen=ours_fen,
        theirs_fen=theirs_fen, of="refund" if name[0] == "refund" else "payment",
    )  # fmt: skip


def met(open_: Sequence[Open], found: Sequence[Difference]) -> tuple[list[Open], list[Difference]]:
    """Give the older differences whose other half stands in these bills, and what is left.

    What one bill has before midnight and the other after it agrees, to the fen, a day later.
    """
    halves = {(each.kind, each.out_number, each.ours_fen, each.theirs_fen): each for each in open_}
    ended, left = [], []
    for each in found:
        other = {"flow_missing": "flow_extra", "flow_extra": "flow_missing"}.get(each.kind, "")
        half = halves.pop((other, each.out_number, each.theirs_fen, each.ours_fen), None)
        if half:
            ended.append(half)
        else:
            left.append(each)
    return ended, left
