"""One sandbox in one event loop for all shops that visit it."""

import asyncio
from collections.abc import Callable, Iterator

import pytest

from tests.conftest import Cluster, clone, on
from tests.ports.wechat.pay.shop import Server, Work, visited
from tests.sandbox.scene import Scene, a_sandbox


@pytest.fixture(scope="session")
def street() -> Iterator[tuple[asyncio.Runner, Scene, Server]]:
    """Open the sandbox once, on a database of its own."""
    server = Server()
    with asyncio.Runner() as runner:
        lent = clone()
        opened = a_sandbox(on(Cluster.login_url, runner.run(lent.__aenter__())), receiver=server)
        yield runner, runner.run(opened.__aenter__()), server
        runner.run(opened.__aexit__(None, None, None))
        runner.run(lent.__aexit__(None, None, None))


@pytest.fixture
def visit(street: tuple[asyncio.Runner, Scene, Server]) -> Callable[[Work], None]:
    """Run a shop's visit in the sandbox's loop."""
    runner, scene, server = street
    return lambda work: runner.run(visited(scene, server, work))
