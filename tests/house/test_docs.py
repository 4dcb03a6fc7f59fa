"""The documents are true, as far as a machine can tell."""

import pytest

from tests.house.checks import documents
from tests.house.checks.tidy import Check
from tests.house.checks.tree import ROOT, hold


@pytest.mark.parametrize("check", documents.CHECKS, ids=lambda check: str(check.__name__))
def test_the_documents_are_true(check: Check) -> None:
    hold(check(ROOT))
