"""One embedded PostgreSQL for the whole run, a template database, and a clone for each worker."""

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
import pytest
from hypothesis import settings

from jishi.kernel import Market, migrate
from jishi.kernel.postgres import Embedded

IS_SOAK = bool(os.environ.get("JISHI_SOAK"))
SETTINGS = {
    "fsync": "off",  # here only: durability is proven by tests/faults on a cluster of their own
    "shared_buffers": "128MB",
    "max_connections": "200",
    "full_page_writes": "off",
}
TEMPLATE = "jishi_template"
MEMORY, MEMORY_BYTES_MIN = Path("/dev/shm"), 6 << 30  # noqa: S108 - as files, where there is room
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= MEMORY_BYTES_MIN:
    # A database is some thousand small files: made and dropped twenty times as fast as on a disk.
    for name in ("TMPDIR", "PYTEST_DEBUG_TEMPROOT"):
        os.environ.setdefault(name, str(MEMORY))
    tempfile.tempdir = os.environ["TMPDIR"]

settings.register_profile("jishi", deadline=None, print_blob=True, derandomize=False)
settings.load_profile("jishi")


class Cluster:
    """The run's server: started by the first process, told to the workers."""

    embedded: Embedded | None = None
    folder: tempfile.TemporaryDirectory[str] | None = None
    owner_url = ""
    login_url = ""


def on(url: str, database: str) -> str:
    """Give the same URL for another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


async def run_as_owner(url: str, *statements: str) -> None:
    """Run statements as the owner, each for itself."""
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


def pytest_configure(config: pytest.Config) -> None:
    """Start the server in the first process; a worker is told where it is."""
    # So that a reaction that needs the market's secret makes no file where the tests are run.
    os.environ.setdefault("JISHI_SECRET", "a secret of tests, longer than it must be")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # Called behind a shell's `&`: what the tests start would be deaf to Ctrl-C too.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    told: dict[str, str] | None = getattr(config, "workerinput", None)
    if told is not None:
        Cluster.owner_url, Cluster.login_url = told["owner_url"], told["login_url"]
        return
    if config.option.collectonly:
        return
    Cluster.folder = tempfile.TemporaryDirectory(prefix="jishi-tests-")
    Cluster.embedded = Embedded(Path(Cluster.folder.name), say=lambda _: None, settings=SETTINGS)
    Cluster.embedded.start()
    Cluster.owner_url, Cluster.login_url = Cluster.embedded.owner_url, Cluster.embedded.login_url
    asyncio.run(run_as_owner(Cluster.owner_url, f"create database {TEMPLATE}"))
    asyncio.run(migrate(on(Cluster.owner_url, TEMPLATE)))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: "object") -> None:
    """Tell a worker where the server is."""
    told: dict[str, str] = node.workerinput  # type: ignore[attr-defined]  # xdist has no types
    told["owner_url"], told["login_url"] = Cluster.owner_url, Cluster.login_url


def pytest_unconfigure() -> None:
    """Stop the server where it was started."""
    if Cluster.embedded is not None:
        Cluster.embedded.stop()
    if Cluster.folder is not None:
        Cluster.folder.cleanup()


def pytest_report_header() -> str:
    """Name the commit, so that a failing random test can be run again."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        capture_output=True, text=True, check=False,
    ).stdout.strip()  # fmt: skip
    return f"commit: {commit or 'unknown'}{' (soak)' if IS_SOAK else ''}"


@asynccontextmanager
async def clone() -> AsyncIterator[str]:
    """Lend the name of a fresh copy of the migrated database; it is dropped afterwards."""
    name = f"clone_{uuid4().hex}"
    postgres = on(Cluster.owner_url, "postgres")
    await run_as_owner(postgres, f"create database {name} template {TEMPLATE} strategy file_copy")
    try:
        yield name
    finally:
        await run_as_owner(postgres, f"drop database {name} with (force)")


@pytest.fixture(scope="session")
def worker_database() -> Iterator[str]:
    """Lend this worker's own database; its tests keep apart by each having their own books."""
    with asyncio.Runner() as runner:
        lent = clone()
        name = runner.run(lent.__aenter__())
        yield name
        runner.run(lent.__aexit__(None, None, None))


@pytest.fixture(scope="session")
def database_url(worker_database: str) -> str:
    """Give the URL at which the market logs in to this worker's database."""
    return on(Cluster.login_url, worker_database)


@pytest.fixture(scope="session")
def owner_url(worker_database: str) -> str:
    """Give the owner's URL of this worker's database."""
    return on(Cluster.owner_url, worker_database)


@pytest.fixture
def fresh_database() -> Iterator[tuple[str, str]]:
    """Lend a database of the test's own: the market's URL and the owner's."""
    with asyncio.Runner() as runner:
        lent = clone()
        name = runner.run(lent.__aenter__())
        yield on(Cluster.login_url, name), on(Cluster.owner_url, name)
        runner.run(lent.__aexit__(None, None, None))


@asynccontextmanager
async def opened(url: str, *, is_working: bool = False) -> AsyncIterator[Market]:
    """Lend an open market; by default it does no todos and no scheduled work by itself."""
    market = Market(url, is_working=is_working)
    await market.open()
    try:
        yield market
    finally:
        await market.close()
