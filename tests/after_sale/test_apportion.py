"""What goes back is worth what was paid for it: never more, and in the end not a fen less."""

from hypothesis import given
from hypothesis import strategies as st

from jishi.after_sale import Bought, Claim, claim, left_of, refundable_fen, rules

orders = st.lists(
    st.builds(Bought, quantity=st.integers(1, 9), paid_fen=st.integers(0, 10_000)),
    min_size=1, max_size=4,
)  # fmt: skip


@given(
    lines=orders, freight_fen=st.integers(0, 3_000),
    asked=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 9), st.booleans()), max_size=30),
    closed=st.sets(st.integers(0, 29)), sent_after=st.integers(0, 30),
)  # fmt: skip
def test_any_cases_in_any_order_claim_what_was_paid_and_no_more(
    lines: list[Bought], freight_fen: int, asked: list[tuple[int, int, bool]],
    closed: set[int], sent_after: int,
) -> None:  # fmt: skip
    bought = dict(enumerate(lines))
    claims: list[Claim] = []
    for at, (position, wanted, _) in enumerate(asked):
        left = left_of(bought, claims)
        quantity = min(wanted, left[position].quantity) if position in left else 0
        if not quantity:
            continue
        freight_left = freight_fen - sum(each.freight_fen for each in claims)
        made = claim(left, freight_left, position, quantity, is_shipped=at >= sent_after)
        assert made.goods_fen >= 0
        assert made.freight_fen >= 0
        if at not in closed:
            claims.append(made)
    refunded = sum(refundable_fen(each, "faulty", is_shipped=True) for each in claims)
    left = left_of(bought, claims)
    assert all(each.paid_fen >= 0 and each.quantity >= 0 for each in left.values())
    assert refunded <= sum(line.paid_fen for line in lines) + freight_fen
    for each in left.values():
        assert each.quantity or each.paid_fen == 0, "the last unit takes the rest of its line"
    if not any(each.quantity for each in left.values()):
        assert refunded == sum(line.paid_fen for line in lines) + freight_fen


@given(
    lines=orders, freight_fen=st.integers(0, 3_000), reason=st.sampled_from(["faulty", "no_reason"])
)
def test_all_of_an_order_at_once_or_unit_by_unit_is_the_same(
    lines: list[Bought], freight_fen: int, reason: str
) -> None:
    bought = dict(enumerate(lines))
    claims: list[Claim] = []
    once: list[Claim] = []
    for position, line in bought.items():
        given_freight = freight_fen - sum(each.freight_fen for each in once)
        once.append(
            claim(left_of(bought, once), given_freight, position, line.quantity, is_shipped=True)
        )
        for _ in range(line.quantity):
            given_freight = freight_fen - sum(each.freight_fen for each in claims)
            claims.append(
                claim(left_of(bought, claims), given_freight, position, 1, is_shipped=True)
            )
    total = sum(refundable_fen(each, reason, is_shipped=True) for each in once)
    assert sum(refundable_fen(each, reason, is_shipped=True) for each in claims) == total
    goods_fen = sum(line.paid_fen for line in lines)
    assert total == goods_fen + (freight_fen if reason in rules.SELLERS_FAULT else 0)


def test_a_third_of_a_hundred_leaves_the_rest_to_the_last() -> None:
    bought = {1: Bought(3, 100)}
    claims: list[Claim] = []
    for _ in range(3):
        claims.append(claim(left_of(bought, claims), 0, 1, 1, is_shipped=True))
    assert [each.goods_fen for each in claims] == [33, 34, 33]


def test_freight_of_what_was_not_sent_goes_with_the_last_unit_of_the_order() -> None:
    bought = {1: Bought(1, 500), 2: Bought(2, 700)}
    first = claim(bought, 800, 1, 1, is_shipped=False)
    assert (first.goods_fen, first.freight_fen) == (500, 0)
    second = claim(left_of(bought, [first]), 800, 2, 1, is_shipped=False)
    assert (second.goods_fen, second.freight_fen) == (350, 0)
    last = claim(left_of(bought, [first, second]), 800, 2, 1, is_shipped=False)
    assert (last.goods_fen, last.freight_fen) == (350, 800)
    assert refundable_fen(last, "not_wanted", is_shipped=False) == 1_150


def test_freight_of_what_was_sent_goes_by_reason_and_in_proportion() -> None:
    bought = {1: Bought(1, 500), 2: Bought(2, 1_500)}
    made = claim(bought, 800, 1, 1, is_shipped=True)
    assert (made.goods_fen, made.freight_fen) == (500, 200)
    assert refundable_fen(made, "no_reason", is_shipped=True) == 500
    assert refundable_fen(made, "damaged", is_shipped=True) == 700
