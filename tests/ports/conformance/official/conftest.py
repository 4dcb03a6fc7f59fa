"""An account for each test: a service account, or a mini program."""

from collections.abc import Iterator

import pytest

from tests.ports.conformance.hands import Hands
from tests.ports.conformance.official.visit import Visit
from tests.ports.conformance.receiver import Server


@pytest.fixture
def visit(hands: Hands, server: Server) -> Iterator[Visit]:
    """Lend a service account."""
    lent = Visit(hands, server, "service")
    yield lent
    lent.leave()


@pytest.fixture
def program(hands: Hands, server: Server) -> Iterator[Visit]:
    """Lend a mini program."""
    lent = Visit(hands, server, "mini")
    yield lent
    lent.leave()
