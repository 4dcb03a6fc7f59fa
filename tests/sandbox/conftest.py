"""A sandbox's database, with its cast made once a worker."""

import asyncio
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.conftest import TEMPLATE, Cluster, on, run_as_owner
from tests.sandbox.pay.shop import Stage
from tests.sandbox.scene import a_sandbox


@pytest.fixture(scope="session")
def stage() -> Iterator[str]:
    """Lend the URL of a database in which the sandbox has started once; `play` sweeps it."""
    name, postgres = f"stage_{uuid4().hex}", on(Cluster.owner_url, "postgres")

    async def begin() -> None:
        await run_as_owner(postgres, f"create database {name} template {TEMPLATE}")
        async with a_sandbox(on(Cluster.login_url, name)):
            pass

    asyncio.run(begin())
    yield on(Cluster.login_url, name)
    asyncio.run(run_as_owner(postgres, f"drop database {name} with (force)"))


@pytest.fixture(scope="session")
def pay_stage(stage: str) -> Iterator[Stage]:
    """Lend a sandbox that is open; `play` sweeps it before each scene."""
    takers: list[Any] = []

    async def receive(*request: Any) -> None:
        await takers[0](*request)

    with asyncio.Runner() as runner:
        opened = a_sandbox(stage, receiver=receive)
        scene = runner.run(opened.__aenter__())
        yield Stage(runner, scene, takers)
        runner.run(opened.__aexit__(None, None, None))
