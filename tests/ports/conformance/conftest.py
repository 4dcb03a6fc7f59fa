"""One running sandbox and one developer's server for each worker."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.conftest import Cluster, clone, on
from tests.ports.conformance.hands import Hands
from tests.ports.conformance.receiver import Server, a_server
from tests.sandbox.scene import a_running_sandbox


@pytest.fixture(scope="session")
def hands() -> Iterator[Hands]:
    """Lend the hands at a sandbox that is really served; its clock goes on from test to test."""
    with asyncio.Runner() as runner:
        lent = clone()
        name = runner.run(lent.__aenter__())
        with a_running_sandbox(on(Cluster.login_url, name)) as base:
            held = Hands(base)
            with held.http:
                yield held
        runner.run(lent.__aexit__(None, None, None))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Lend a developer's server."""
    with a_server() as served:
        yield served


@pytest.fixture(autouse=True)
def nothing_stays_armed(hands: Hands) -> Iterator[None]:
    """Take off what a test armed."""
    yield
    hands.do("DELETE", "/faults")
