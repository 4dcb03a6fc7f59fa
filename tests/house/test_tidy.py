"""The house style, as far as a machine can hold it."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.house.checks import tidy
from tests.house.checks.tree import ROOT, hold


@pytest.mark.parametrize("check", tidy.CHECKS, ids=lambda check: str(check.__name__))
def test_the_house_is_tidy(check: Callable[[Path], Iterable[str]]) -> None:
    hold(check(ROOT))
