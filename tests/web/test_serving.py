"""The server's processes: a worker that dies is replaced, and none outlives the main one."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.free_ports import free_port
from tests.site import HOST, Site, wait_until_open

SECONDS_MAX = 30


class Server:
    """A running server of two workers."""

    def __init__(self, site: Site, process: subprocess.Popen[bytes]) -> None:
        self.site, self.process = site, process

    def workers(self) -> set[int]:
        """Give the workers that live."""
        children = psutil.Process(self.process.pid).children()
        return {child.pid for child in children if child.status() != psutil.STATUS_ZOMBIE}

    def answers(self) -> bool:
        """Tell whether it answers."""
        try:
            return self.site.ask("/healthz").status == 200
        except OSError:
            return False


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    """Lend a server of its own."""
    site = Site(free_port(), "", str(tmp_path / "log"))
    environment = {**os.environ, "JISHI_DATABASE_URL": database_url, "JISHI_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "jishi.cli", "serve", "--port", str(site.port)]
    with Path(site.log).open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        wait_until_open(site, process)
        lent = Server(site, process)
        until(lambda: len(lent.workers()) == 2)
        yield lent
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        process.wait(SECONDS_MAX)


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + SECONDS_MAX
    while not is_so():
        assert time.monotonic() < end, "it never was so"
        time.sleep(0.05)


def test_a_worker_that_dies_is_replaced(server: Server) -> None:
    before = server.workers()
    os.kill(min(before), signal.SIGKILL)
    until(lambda: len(server.workers() - before) == 1 and len(server.workers()) == 2)
    until(server.answers)
    # One that is still on its way up does not hear that it shall stop, so nobody asks it to.
    server.process.kill()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_no_worker_outlives_the_main_process(server: Server) -> None:
    workers = server.workers()
    server.process.kill()
    server.process.wait(SECONDS_MAX)
    until(lambda: not any(map(psutil.pid_exists, workers)))


def test_what_was_begun_is_finished(server: Server) -> None:
    with socket.create_connection((HOST, server.site.port)) as line:
        # Half a request: the rest comes when the server has been told to stop.
        line.sendall(b"POST /language HTTP/1.1\r\nhost: x\r\nconnection: close\r\n")
        line.sendall(
            b"content-type: application/x-www-form-urlencoded\r\ncontent-length: 6\r\n\r\nfor"
        )
        time.sleep(0.3)
        server.process.terminate()
        time.sleep(0.3)
        line.sendall(b"m=x")
        answer = line.makefile("rb").readline()
    assert b" 403 " in answer
    assert server.process.wait(SECONDS_MAX) == 0
