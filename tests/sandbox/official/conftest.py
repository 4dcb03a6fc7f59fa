"""The stage: one sandbox in one event loop for all tests here; a fresh receiver for each."""

import asyncio
from collections.abc import Callable, Iterator

import pytest

from tests.conftest import Cluster, clone, on
from tests.sandbox.official.stage import Play, Receiver, Stage
from tests.sandbox.scene import Scene, a_sandbox

Perform = Callable[[Play], None]


class Theatre:
    """The loop and the sandbox that all tests share."""

    def __init__(self, runner: asyncio.Runner, scene: Scene, receiver: Receiver) -> None:
        self.runner, self.scene, self.receiver = runner, scene, receiver


@pytest.fixture(scope="session")
def theatre() -> Iterator[Theatre]:
    """Open the sandbox once."""
    receiver = Receiver()
    with asyncio.Runner() as runner:
        lent = clone()
        name = runner.run(lent.__aenter__())
        opened = a_sandbox(on(Cluster.login_url, name), receiver=receiver)
        scene = runner.run(opened.__aenter__())
        yield Theatre(runner, scene, receiver)
        runner.run(opened.__aexit__(None, None, None))
        runner.run(lent.__aexit__(None, None, None))


@pytest.fixture
def perform(theatre: Theatre) -> Perform:
    """Run a test's coroutine on the stage."""
    theatre.receiver.__init__()  # type: ignore[misc]  # as new for each test

    async def play(work: Play) -> None:
        await theatre.scene.control("DELETE", "/sandbox/faults")
        async with theatre.scene.world.transaction() as tx:
            await tx.connection.execute("delete from sandbox.deliveries")
            await tx.connection.execute("delete from sandbox.alarms")
        await work(Stage(theatre.scene, theatre.receiver))

    return lambda work: theatre.runner.run(play(work))
