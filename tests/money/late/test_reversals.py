"""Reversing a settlement: pro rata, to the fen, and at the end all of it and nothing more."""

from hypothesis import given
from hypothesis import strategies as st

from jishi.money.late.reversals import Settled, reversal

fens = st.integers(0, 10**6)


def settlement(fee_fen: int, commission_fen: int, net_fen: int) -> Settled:
    """Give a settlement of which nothing was taken back."""
    return Settled(9, fee_fen, commission_fen, net_fen, 0, 0, 0)


def test_a_part_is_borne_in_proportion() -> None:
    of = settlement(8, 65, 1_226)
    first = reversal(of, 1, 433)
    assert (first.fee_fen, first.commission_fen, first.net_fen) == (2, 21, 410)
    rest = reversal(of, 2, 866)
    assert (rest.fee_fen, rest.commission_fen, rest.net_fen) == (6, 44, 816)


@given(st.tuples(fens, fens, fens), st.lists(st.integers(1, 10**6), max_size=9))
def test_whatever_the_parts_nobody_gives_more_than_he_got_and_all_give_all(
    parts: tuple[int, int, int], amounts: list[int]
) -> None:
    of, left_fen = settlement(*parts), sum(parts)
    undone = []
    for wanted in [*amounts, left_fen]:
        if amount_fen := min(wanted, left_fen):
            undone.append(reversal(of, 1, amount_fen))
            left_fen -= amount_fen
    if left_fen:
        undone.append(reversal(of, 1, left_fen))
    for each in undone:
        assert each.amount_fen == each.fee_fen + each.commission_fen + each.net_fen
        assert min(each.fee_fen, each.commission_fen, each.net_fen) >= 0
    back = [(each.fee_fen, each.commission_fen, each.net_fen) for each in undone]
    sums = tuple(map(sum, zip(*back, strict=True))) if back else (0, 0, 0)
    assert sums == parts
