"""`jishi up` keeps a whole market open: whatever ends is brought back, and it closes in order."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

from tests.free_ports import free_port
from tests.kernel.postgres.homes import ROOT, ask, quick, running

PAGES = """
import http.server, os, sys
class Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        words = f"{os.getpid()} {os.environ['JISHI_DATABASE_URL']}".encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(words)
    def log_message(self, *_):
        pass
port = int(sys.argv[sys.argv.index("--port") + 1])
http.server.ThreadingHTTPServer(("127.0.0.1", port), Pages).serve_forever()
"""
UP = """
import sys
from jishi.cli import children, up
children.JISHI = (sys.executable, {pages!r})
from jishi.cli import app
app()
"""


@contextmanager
def market(folder: Path, port: int, pages: str = PAGES) -> Iterator[subprocess.Popen[str]]:
    """Lend a market whose pages only say who they are."""
    file = folder / "pages.py"
    file.write_text(pages)
    environment = {key: value for key, value in os.environ.items() if "JISHI" not in key}
    process = subprocess.Popen(
        [
            sys.executable, "-c", UP.format(pages=str(file)), "up", "--no-sample",
            "--home", str(folder / "home"), "--port", str(port),
        ],
        cwd=ROOT, env={**environment, "PYTHONPATH": str(ROOT), "COLUMNS": "200"}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def page(port: int, *, but: str = "", seconds: float = 30) -> str:
    """Give what the pages say, once they answer, and not what they said before."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urlopen(f"http://127.0.0.1:{port}/", timeout=2) as answer:
                words = bytes(answer.read()).decode()
        except OSError:
            words = but
        if words != but:
            return words
        time.sleep(0.05)
    raise TimeoutError


def server_of(home: Path) -> psutil.Process:
    """Give the database's process."""
    return psutil.Process(int((home / "pg18" / "postmaster.pid").read_text().split()[0]))


def test_what_ends_is_brought_back_and_ctrl_c_closes_all_in_order(folder: Path) -> None:
    port, home = free_port(1), folder / "home"
    with market(folder, port) as process:
        said = heard(process, "Stop it:")
        assert f"http://127.0.0.1:{port}" in said
        assert str(home) in said
        words = page(port)
        number, url = words.split()
        assert url == quick(home).login_url
        os.kill(int(number), signal.SIGKILL)
        heard(process, "The web server ended by itself (-9)")
        assert page(port, but=words).split()[0] != number
        server_of(home).kill()
        heard(process, "The database ended by itself")
        heard(process, "The database is back")
        assert ask(url, "select 1") == 1
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Stopping …" in said
    assert "Stopped." in said
    assert "shut down" in (home / "postgres.log").read_text().splitlines()[-1]
    with pytest.raises(OSError, match="refused"):
        urlopen(f"http://127.0.0.1:{port}/", timeout=1)


def heard(process: subprocess.Popen[str], sentence: str) -> str:
    """Listen until this is said; give all that was said until then."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if sentence in line:
            return "".join(lines)
    raise AssertionError("".join(lines))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with us")
def test_a_killed_market_takes_its_pages_and_its_database_along(folder: Path) -> None:
    port, home = free_port(1), folder / "home"
    with market(folder, port) as process:
        number = page(port).split()[0]
        server = server_of(home)
        process.kill()
        gone, alive = psutil.wait_procs([server, psutil.Process(int(number))], timeout=10)
    assert (len(gone), alive) == (2, [])


def test_a_wish_to_stop_while_it_starts_is_heard(folder: Path) -> None:
    with market(folder, free_port(1)) as process:
        while not (folder / "home" / "owner.lock").exists():
            time.sleep(0.01)
        process.terminate()
        process.communicate(timeout=30)
        assert process.returncode == 0
    with running(folder / "home") as embedded:
        assert embedded.is_alive()


def test_a_port_that_is_taken_is_said_before_anything_is_made(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with market(folder, port) as process:
            said, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert f"127.0.0.1:{port} cannot be had" in said
    assert f"--port {port + 1}" in said
    assert not (folder / "home").exists()


def test_pages_that_never_answer_are_not_tried_for_ever(folder: Path) -> None:
    with market(folder, free_port(1), "raise SystemExit(7)") as process:
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "The web server ended 3 times before it answered." in said
    assert "shut down" in (folder / "home" / "postgres.log").read_text().splitlines()[-1]


def test_a_second_market_on_one_home_says_who_has_it(folder: Path) -> None:
    port = free_port(1)
    with market(folder, port) as first:
        page(port)
        with market(folder, free_port(1)) as second:
            said, _ = second.communicate(timeout=30)
        assert second.returncode == 1
        assert f"is in use by another process (pid {first.pid})" in said
