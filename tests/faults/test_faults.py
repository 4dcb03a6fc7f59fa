"""Seeded faults: processes killed, connections cut, servers frozen; nothing acknowledged is lost.

A cluster of its own, with fsync on. Two server processes take orders through a proxy while a
round of faults goes by; then the faults stop, and within 30 seconds every intent must be settled:
each acknowledged order there exactly once, none that was not meant, every promise kept.
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit, urlunsplit

import asyncpg
import psutil
import pytest

from jishi.kernel import check_indexes, migrate, verify
from jishi.kernel.postgres import Embedded
from tests.conftest import IS_SOAK
from tests.faults.buyers import read
from tests.faults.proxy import Proxy
from tests.shops import seed_shops

ROUNDS = 40 if IS_SOAK else 2
FAULTS_A_ROUND = 4
CALLERS, ORDERS = 16, 2_000 * ROUNDS
STOCK = ORDERS * 9 // 10
SETTLED_SECONDS_MAX = 30


class Scene:
    """A cluster, a proxy before it, and two server processes with their journals."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        settings = {"shared_buffers": "64MB", "max_wal_size": "64MB", "min_wal_size": "32MB"}
        self.embedded = Embedded(home, say=lambda _: None, settings=settings)
        self.embedded.start()
        asyncio.run(migrate(self.embedded.owner_url))
        asyncio.run(seed_shops(self.embedded.owner_url, 1_000, skus=1, stock=STOCK))
        parts = urlsplit(self.embedded.login_url)
        upstream = Path(parse_qs(parts.query)["host"][0])
        self.proxy = Proxy(folder / "proxy", upstream)
        self.proxy.start()
        query = f"host={quote(str(folder / 'proxy'), safe='')}&sslmode=disable"
        self.url = urlunsplit(parts._replace(query=query))
        self.buyers: list[subprocess.Popen[bytes]] = []
        (folder / "go").touch()

    def start_buyer(self, number: int) -> subprocess.Popen[bytes]:
        """Start a server process on its journal."""
        journal = self.folder / f"{number}.journal"
        words = [self.url, "1000", str(journal), str(CALLERS), str(ORDERS // 2), "paced"]
        return subprocess.Popen(
            [sys.executable, "-m", "tests.faults.buyers", *words], stderr=subprocess.DEVNULL
        )

    def close(self) -> None:
        """End everything that was started here."""
        for buyer in self.buyers:
            with suppress(ProcessLookupError):
                buyer.kill()
            buyer.wait()
        self.proxy.stop()
        self.embedded.stop()

    def backends(self) -> list[psutil.Process]:
        """Give the server's processes that serve the market's login."""
        found = []
        for process in psutil.Process(self.embedded.process.pid).children():  # type: ignore[union-attr]  # it runs
            with suppress(psutil.Error):
                if "jishi_login" in " ".join(process.cmdline()):
                    found.append(process)
        return found


def kill_server_process(scene: Scene, luck: random.Random) -> None:
    """Kill -9 one of our own processes, and start it again on its journal."""
    number = luck.randrange(2)
    scene.buyers[number].kill()
    scene.buyers[number].wait()
    scene.buyers[number] = scene.start_buyer(number)


def kill_postmaster(scene: Scene, _luck: random.Random) -> None:
    """Kill -9 PostgreSQL itself; the supervisor starts it again."""
    assert scene.embedded.process is not None
    os.kill(scene.embedded.process.pid, signal.SIGKILL)
    scene.embedded.process.wait()
    scene.embedded.restart()


def kill_backend(scene: Scene, luck: random.Random) -> None:
    """Kill -9 one connection's process: PostgreSQL then restarts all of them."""
    if found := scene.backends():
        with suppress(psutil.Error):
            luck.choice(found).kill()


def cut_after_commit(scene: Scene, luck: random.Random) -> None:
    """Cut connections just after their commit was forwarded."""
    scene.proxy.arm(luck.randint(1, 8))


def freeze(scene: Scene, luck: random.Random) -> None:
    """Stop a process for a second: a server process of ours, or a connection's."""
    pids = [buyer.pid for buyer in scene.buyers] + [each.pid for each in scene.backends()]
    pid = luck.choice(pids)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGSTOP)
        time.sleep(1)
        os.kill(pid, signal.SIGCONT)


FAULTS: list[Callable[[Scene, random.Random], None]] = [
    kill_server_process, kill_postmaster, kill_backend, cut_after_commit, freeze,
]  # fmt: skip


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """Lend a short folder: a socket's path may not be long."""
    with tempfile.TemporaryDirectory(prefix="jf-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@pytest.fixture
def scene(short_folder: Path) -> Iterator[Scene]:
    """Lend a scene."""
    it = Scene(short_folder, short_folder / "home")
    try:
        yield it
    finally:
        it.close()


def seeds() -> list[int]:
    """Give a fresh seed for each round; one that failed is given by the environment."""
    named = os.environ.get("JISHI_SEED")
    return (
        [int(named)] if named else [random.SystemRandom().randrange(10**6) for _ in range(ROUNDS)]
    )


async def orders(owner_url: str) -> dict[int, int]:
    """Read every order id, and how often its key was answered."""
    connection = await asyncpg.connect(owner_url)
    try:
        rows = await connection.fetch(
            "select placed.order_id, count(event.number) from trade.orders as placed"
            " left join kernel.events as event on event.book = placed.book"
            " and event.subject_id = placed.order_id and event.name = 'OrderPlaced'"
            " group by placed.order_id"
        )
        return {row[0]: row[1] for row in rows}
    finally:
        await connection.close()


def settled(scene: Scene, said: object) -> None:
    """Wait until every intent is settled, and compare the journals with the market."""
    codes = [buyer.wait(SETTLED_SECONDS_MAX * 4) for buyer in scene.buyers]
    assert codes == [0, 0], said
    told: dict[int, str] = {}
    meant: set[int] = set()
    for file in scene.folder.glob("*.journal"):
        intents, answers = read(file)
        meant |= {intent.order_id for intent in intents.values()}
        told |= {intents[key].order_id: answer for key, answer in answers.items()}
    found = asyncio.run(orders(scene.embedded.owner_url))
    placed = {order for order, answer in told.items() if answer.startswith("placed")}
    assert (set(found), set(found.values())) == (placed, {1}), said
    assert set(told) == meant
    assert len(meant) == ORDERS
    assert asyncio.run(_broken(scene.embedded.owner_url)) == [], said
    assert asyncio.run(check_indexes(scene.embedded.owner_url)) > 0


def test_whatever_fails_each_acknowledged_order_is_there_once(
    scene: Scene, subtests: pytest.Subtests
) -> None:
    """One long life of a market: round after round of faults, all with one journal."""
    scene.buyers = [scene.start_buyer(0), scene.start_buyer(1)]
    all_seeds = seeds()
    seen: list[str] = []
    for seed in all_seeds:
        luck = random.Random(seed)
        for _ in range(FAULTS_A_ROUND):
            time.sleep(luck.uniform(0.05, 0.4))
            fault = luck.choice(FAULTS)
            seen.append(fault.__name__)
            fault(scene, luck)
        with subtests.test(seed=seed, faults=seen[-FAULTS_A_ROUND:]):
            assert scene.embedded.is_alive()
    settled(scene, (all_seeds, seen))


def patiently(scene: Scene, began: float) -> int:
    """Count the orders, as soon as the server lets us."""
    while True:
        try:
            return len(asyncio.run(orders(scene.embedded.owner_url)))
        except (OSError, asyncpg.PostgresError):
            assert time.monotonic() - began < SETTLED_SECONDS_MAX
            time.sleep(0.05)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_service_is_back_within_thirty_seconds(
    scene: Scene, fault: Callable[[Scene, random.Random], None]
) -> None:
    scene.buyers = [scene.start_buyer(0), scene.start_buyer(1)]
    time.sleep(0.8)
    fault(scene, random.Random(1))
    began = time.monotonic()
    before = patiently(scene, began)
    while patiently(scene, began) <= before:
        assert time.monotonic() - began < SETTLED_SECONDS_MAX
        if all(buyer.poll() == 0 for buyer in scene.buyers):
            break
        time.sleep(0.05)


async def _broken(owner_url: str) -> list[str]:
    return [kept.promise async for kept in verify(owner_url) if kept.broken]


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """Lend a file system of 400 MB; only root may mount one."""
    if os.geteuid() != 0 or sys.platform != "linux":
        pytest.skip("mounting a small file system needs root on Linux")
    with tempfile.TemporaryDirectory(prefix="jd-") as folder:
        command = ["mount", "-t", "tmpfs", "-o", "size=400m,mode=711", "tmpfs", folder]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("this machine lets nobody mount a file system")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk_loses_nothing_that_was_acknowledged(small_disk: Path, tmp_path: Path) -> None:
    scene = Scene(tmp_path, small_disk / "home")
    try:
        scene.buyers = [scene.start_buyer(0), scene.start_buyer(1)]
        time.sleep(0.7)
        fill(small_disk / "ballast")
        time.sleep(2)
        (small_disk / "ballast").unlink()
        if not scene.embedded.is_alive():
            scene.embedded.restart()
        settled(scene, "full disk")
    finally:
        scene.close()


def fill(file: Path) -> None:
    """Write until nothing more fits."""
    with file.open("wb", buffering=0) as out, suppress(OSError):
        while True:
            out.write(b"0" * 65_536)
