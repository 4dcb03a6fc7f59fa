"""What an order's money becomes: no fen more, no fen less, nobody's part below nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishi.money import settle_rules
from jishi.money.settle_rules import BASIS, commission_fen, kept_fee_fen, part_fen

fen = st.integers(1, 10**13)
wechat = st.integers(0, BASIS - settle_rules.COMMISSION_BPS_MAX)
commission = st.integers(0, settle_rules.COMMISSION_BPS_MAX)


@pytest.mark.parametrize(
    ("amount", "fee"), [(1, 0), (83, 0), (84, 1), (250, 2), (1_299, 8), (10_000, 60)]
)
def test_half_a_fen_is_rounded_up(amount: int, fee: int) -> None:
    assert part_fen(amount, 60) == fee


def test_a_fee_comes_back_in_proportion_rounded_down() -> None:
    # 12.99 yuan cost 8 fen; of 2.99 yuan back, 8 x 299 / 1299 = 1.8 fen come back as 1.
    assert kept_fee_fen([1_299], [60], 299) == 7
    assert kept_fee_fen([1_299], [60], 1_299) == 0


@given(st.lists(st.tuples(fen, wechat), min_size=1, max_size=3), commission, st.data())
def test_every_fen_that_is_left_is_somebodys(
    payments: list[tuple[int, int]], commission_bps: int, data: st.DataObject
) -> None:
    amounts, bps = [each for each, _ in payments], [rate for _, rate in payments]
    left = sum(amounts) - data.draw(st.integers(0, sum(amounts) - 1))
    fee = kept_fee_fen(amounts, bps, sum(amounts) - left)
    market = commission_fen(left, commission_bps, fee)
    assert 0 <= fee <= left
    assert 0 <= market <= left - fee


@given(fen, wechat, st.data())
def test_more_refunded_is_less_fee(amount: int, bps: int, data: st.DataObject) -> None:
    less, more = sorted(data.draw(st.tuples(st.integers(0, amount), st.integers(0, amount))))
    assert kept_fee_fen([amount], [bps], more) <= kept_fee_fen([amount], [bps], less)
