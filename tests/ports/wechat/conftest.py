"""One sandbox in one event loop for all tests that visit it; each has accounts of its own."""

import asyncio
from collections.abc import Callable, Iterator

import pytest

from jishi.kernel.database import Database
from tests.conftest import Cluster, clone, on
from tests.ports.wechat.sandboxed import Server, Visit, Work
from tests.sandbox.scene import a_sandbox


@pytest.fixture(scope="session")
def sandbox() -> Iterator[tuple[asyncio.Runner, Visit]]:
    """Open the sandbox once, on a database of its own."""
    server = Server()
    with asyncio.Runner() as runner:
        lent = clone()
        url = on(Cluster.login_url, runner.run(lent.__aenter__()))
        opened, database = a_sandbox(url, receiver=server), Database(url)
        scene = runner.run(opened.__aenter__())
        runner.run(database.open())
        yield runner, Visit(scene, server, database)
        runner.run(database.close())
        runner.run(opened.__aexit__(None, None, None))
        runner.run(lent.__aexit__(None, None, None))


@pytest.fixture
def visit(sandbox: tuple[asyncio.Runner, Visit]) -> Callable[[Work], None]:
    """Run a test's coroutine in the sandbox's loop, with no fault armed and nothing heard."""
    runner, visitor = sandbox

    async def play(work: Work) -> None:
        await visitor.scene.control("DELETE", "/sandbox/faults")
        await visitor.pushed()
        visitor.server.refused.clear()
        visitor.server.reply = None
        await work(visitor)

    return lambda work: runner.run(play(work))
