"""Money is integer fen, everywhere."""

from tests.house.checks import money
from tests.house.checks.tree import ROOT, hold


def test_no_float_stands_near_money() -> None:
    hold(money.floats_in_python(ROOT))


def test_every_column_of_money_is_exact() -> None:
    hold(money.inexact_columns(ROOT))
