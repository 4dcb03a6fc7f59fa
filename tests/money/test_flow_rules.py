"""The two bills of a day against each other: every difference found, none invented."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from jishi.money.flow_rules import Flow, are_flows_in_bounds, expected, flow_differences, met
from jishi.money.reconcile_rules import BillLine, Difference, Open


def line(kind: str, number: str, amount_fen: int, fee_fen: int = 0) -> BillLine:
    """Give a line of the trade bill."""
    return BillLine(
        kind=kind, out_number=number, transaction_id="42", amount_fen=amount_fen, fee_fen=fee_fen,
        state="SUCCESS", traded_at=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def flow(kind: str, number: str, moved_fen: int) -> Flow:
    """Give a line of the fund bill."""
    return Flow(kind=kind, out_number=number, moved_fen=moved_fen)


def told(found: list[Difference]) -> list[tuple[str, str, int | None, int | None, str]]:
    """Give differences shortly."""
    return [(each.kind, each.out_number, each.ours_fen, each.theirs_fen, each.of) for each in found]


numbers = st.dictionaries(
    st.sampled_from("abcdefgh"), st.tuples(st.integers(1, 9_999), st.integers(0, 60)), max_size=8
)


@given(numbers, st.permutations(range(40)))
def test_bills_that_agree_differ_in_nothing_in_whatever_order(
    paid: dict[str, tuple[int, int]], order: list[int]
) -> None:
    lines = [line("payment", number, fen, fee) for number, (fen, fee) in paid.items()]
    lines += [line("refund", f"R{number}", fen, -1) for number, (fen, _) in paid.items() if fen > 1]
    moved = expected(lines)
    flows = [
        flow(kind, number, fen) for (kind, number), fen in moved.items() if fen or kind != "fee"
    ]
    mixed = [flows[at] for at in order if at < len(flows)]
    assert flow_differences(lines, mixed) == []


def test_each_mistake_is_one_difference() -> None:
    lines = [
        line("payment", "well", 1_000, 6), line("payment", "gone", 1_000, 6),
        line("payment", "dear", 1_000, 6), line("payment", "fee", 1_000, 6),
        line("refund", "back", 300, -2), line("refund", "less", 300, -2),
    ]  # fmt: skip
    flows = [
        flow("payment", "well", 1_000), flow("fee", "well", 6), flow("payment", "well", 1_000),
        flow("payment", "dear", 1_001), flow("fee", "dear", 6),
        flow("payment", "fee", 1_000), flow("refund", "back", 298), flow("refund", "less", 300),
        flow("payment", "more", 500), flow("fee", "more", 3),
    ]  # fmt: skip
    assert told(flow_differences(lines, flows)) == [
        ("flow_twice", "well", 1_000, 1_000, "payment"),
        ("flow_missing", "gone", 1_000, None, "payment"),
        ("flow_amount", "dear", 1_000, 1_001, "payment"),
        ("flow_fee", "fee", 6, 0, "payment"),
        ("flow_amount", "less", 298, 300, "refund"),
        ("flow_extra", "more", None, 500, "payment"),
    ]


def test_halves_of_two_days_meet_to_the_fen() -> None:
    found = flow_differences([], [flow("payment", "late", 500), flow("payment", "odd", 7)])
    open_ = [
        Open(5, 1, "flow_missing", "late", 500, None), Open(5, 2, "flow_missing", "odd", 8, None)
    ]  # fmt: skip
    ended, left = met(open_, found)
    assert [each.position for each in ended] == [1]
    assert told(left) == [("flow_extra", "odd", None, 7, "payment")]


def test_what_is_no_fund_bill_is_seen() -> None:
    assert are_flows_in_bounds([flow("refund", "R", 0)])
    for wrong in (flow("gift", "R", 1), flow("fee", "", 1), flow("fee", "R", -1)):
        assert not are_flows_in_bounds([wrong])
