"""Whatever is killed, at whatever moment, the next start has every row and harms nobody."""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from jishi.kernel.postgres.account import Account
from jishi.kernel.postgres.processes import servers_in
from tests.kernel.postgres.homes import ask, end, quick, running, starter, word

PR_SET_CHILD_SUBREAPER = 36
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with us")


def is_soon(true: Callable[[], bool], seconds: float = 10) -> bool:
    """Wait until it is true; tell whether it ever was."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.02)
    return False


def standing_in(data: Path) -> list[psutil.Process]:
    """Give the servers in a folder, as we may see them."""
    return servers_in(data, Account(os.geteuid(), os.getegid(), is_other=False))


@pytest.fixture
def reaping() -> Iterator[None]:
    """Leave orphans to us, as to a container's first process: we never reap those."""
    prctl = ctypes.CDLL(None).prctl
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    yield
    prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                break
        except ChildProcessError:
            break


@linux
def test_the_server_ends_in_order_when_its_parent_is_killed(folder: Path) -> None:
    home = folder / "home"
    parent = starter(home)
    assert word(parent).startswith("ready")
    ask(quick(home).owner_url, "create table kept as select 7 as number")
    parent.kill()
    assert is_soon(lambda: not standing_in(home / "pg18"))
    parent.communicate()
    with running(home) as embedded:
        assert not embedded.was_unclean
        assert ask(embedded.owner_url, "select number from kept") == 7


def test_a_killed_server_comes_back_with_every_row(folder: Path) -> None:
    with running(folder / "home") as embedded:
        ask(embedded.owner_url, "create table kept (number int)")
        for number in range(20):
            ask(embedded.owner_url, f"insert into kept values ({number})")
        assert embedded.process is not None
        embedded.process.kill()
        assert is_soon(lambda: not embedded.is_alive())
        embedded.restart()
        assert embedded.is_alive()
        assert embedded.was_unclean
        assert ask(embedded.owner_url, "select sum(number) from kept") == 190
    with running(folder / "home") as embedded:
        assert not embedded.was_unclean


def test_parts_that_outlive_their_server_are_ended_before_it_comes_back(folder: Path) -> None:
    said: list[str] = []
    with running(folder / "home", said) as embedded:
        assert embedded.process is not None
        # Stopped, they cannot see that their postmaster is gone, and keep its memory.
        parts = psutil.Process(embedded.process.pid).children()
        for part in parts:
            with contextlib.suppress(psutil.NoSuchProcess):
                part.suspend()
        embedded.process.kill()
        embedded.process.wait()
        embedded.restart()
        assert ask(embedded.login_url, "select 1") == 1
        assert not [part for part in parts if is_alive(part)]
    assert [words for words in said if "left" in words and "processes behind" in words]


def is_alive(process: psutil.Process) -> bool:
    """Tell whether a process runs: a zombie, which waits to be reaped, does not."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


@linux
def test_zombies_that_nobody_reaps_hold_nothing_up(folder: Path, reaping: None) -> None:
    del reaping
    home = folder / "home"
    parent = starter(home)
    assert word(parent).startswith("ready")
    parent.kill()
    parent.communicate()
    assert is_soon(lambda: not standing_in(home / "pg18"))
    dead = [p for p in psutil.Process().children() if p.status() == psutil.STATUS_ZOMBIE]
    assert "postgres" in {process.name() for process in dead}
    began = time.monotonic()
    with running(home) as embedded:
        assert ask(embedded.login_url, "select 1") == 1
    assert time.monotonic() - began < 5


@linux
def test_an_orphaned_server_is_stopped_in_order_by_the_next_start(folder: Path) -> None:
    home = folder / "home"
    with running(home) as embedded:
        ask(embedded.owner_url, "create table kept as select 7 as number")
        data, user = embedded.data, embedded.user
        assert embedded._binaries is not None
        program = embedded._binaries / "postgres"
    # As a system that cannot tie a child to its parent would leave it.
    orphan = subprocess.Popen(
        [program, "-D", data, "-c", "listen_addresses=", "-k", home / "run"],
        user=user.uid if user.is_other else None, group=user.gid if user.is_other else None,
        stderr=subprocess.DEVNULL, cwd="/",
    )  # fmt: skip
    assert is_soon(lambda: len(standing_in(data)) > 3)
    with running(home) as embedded:
        assert orphan.wait(1) == 0
        assert not embedded.was_unclean
        assert ask(embedded.owner_url, "select number from kept") == 7


@linux
def test_an_innocent_process_with_the_dead_servers_number_lives(folder: Path) -> None:
    home = folder / "home"
    with running(home) as embedded:
        pid_file = embedded.data / "postmaster.pid"
        left = pid_file.read_text().splitlines()[1:]
    # One that has only the number, and one that is even called postgres, but stands elsewhere.
    for program in ("sleep", "postgres"):
        other = folder / program
        shutil.copy(shutil.which("sleep") or "/bin/sleep", other)
        innocent = subprocess.Popen([other, "60"], cwd=folder)
        try:
            pid_file.write_text("\n".join([str(innocent.pid), *left]))
            with running(home) as embedded:
                assert ask(embedded.login_url, "select 1") == 1
            assert innocent.poll() is None
        finally:
            innocent.kill()
            innocent.wait()


@pytest.mark.parametrize("milliseconds", [250, 330, 410, 490, 650])
def test_a_first_start_killed_at_any_moment_recovers(folder: Path, milliseconds: int) -> None:
    home = folder / "home"
    parent = starter(home)
    time.sleep(milliseconds / 1000)
    # Its session and initdb's, all at once, as a power cut would.
    family = psutil.Process(parent.pid).children(recursive=True)
    for process in (*family, psutil.Process(parent.pid)):
        if process.is_running():
            process.send_signal(signal.SIGKILL)
    parent.communicate()
    again = starter(home)
    assert word(again).startswith("ready")
    assert ask(quick(home).login_url, "select 1") == 1
    assert end(again) == 0
    assert not list(home.glob("init-*"))


def test_a_first_start_cut_off_before_the_password_was_said_recovers(folder: Path) -> None:
    with running(folder / "home") as embedded:
        ask(embedded.owner_url, "alter role jishi_login password null")
    with running(folder / "home") as embedded:
        assert ask(embedded.login_url, "select 1") == 1


def test_an_unclean_stop_is_noticed_whatever_file_it_left(folder: Path) -> None:
    with running(folder / "home") as embedded:
        assert embedded.process is not None
        # An immediate shutdown takes its pid file along, and still the log has to be read.
        embedded.process.send_signal(signal.SIGQUIT)
        embedded.process.wait()
        assert not (embedded.data / "postmaster.pid").exists()
    with running(folder / "home") as embedded:
        assert embedded.was_unclean
