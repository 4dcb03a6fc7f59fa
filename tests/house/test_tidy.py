"""The house style, as far as a machine can hold it."""

import pytest

from tests.house.checks import tidy
from tests.house.checks.tidy import Check
from tests.house.checks.tree import ROOT, hold


@pytest.mark.parametrize("check", tidy.CHECKS, ids=lambda check: str(check.__name__))
def test_the_house_is_tidy(check: Check) -> None:
    hold(check(ROOT))
