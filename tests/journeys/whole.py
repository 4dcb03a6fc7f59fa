"""A whole market as `jishi up` opens it, empty, with its WeChat and a clock that is put forward.

The clock is libfaketime's: every process of the market reads the time through it, PostgreSQL
too, so that ten days are over in a second and nothing of the market knows that it is tried.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from jishi.kernel.postgres.binaries import bin_folder
from tests.free_ports import free_port
from tests.site import HOST

ROOT = Path(__file__).parents[2]
OPEN_SECONDS_MAX = 90
SETTLED_SECONDS_MAX = 40
LINES_SHOWN = 400
BEIJING = timezone(timedelta(hours=8))
LIBRARIES = ("/usr/lib/*/faketime/libfaketimeMT.so.1", "/usr/lib*/faketime/libfaketimeMT.so.1")


def faketime() -> str:
    """Give the library that moves clocks; in CI it must be there."""
    found = _library() or _installed()
    if found:
        return found
    reason = "no libfaketime (Debian: apt-get install libfaketime)"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _library() -> str | None:
    found = [str(file) for pattern in LIBRARIES for file in Path("/").glob(pattern[1:])]
    return found[0] if found else None


def _installed() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    install = "apt-get update -qq && apt-get install -qq -y --no-install-recommends libfaketime"
    subprocess.run(["sh", "-c", install], capture_output=True, timeout=300, check=False)
    return _library()


class Clock:
    """The clock of a market: begins at noon in Beijing, and goes forward when it is told."""

    def __init__(self, file: Path) -> None:
        self.file = file
        there = datetime.now(BEIJING)
        noon = there.replace(hour=12, minute=0, second=0, microsecond=0)
        self.ahead = (noon if noon > there else noon + timedelta(days=1)) - there
        self._write()

    def now(self) -> datetime:
        """Give the market's time."""
        return datetime.now(UTC) + self.ahead

    def forward(self, **by: float) -> None:
        """Go forward by so many days, hours or minutes; each process looks once a second."""
        self.ahead += timedelta(**by)
        self._write()
        time.sleep(2)

    def to_next_month(self) -> None:
        """Go to noon of the second day of the next month, in Beijing."""
        there = self.now().astimezone(BEIJING)
        first = (there.replace(day=1) + timedelta(days=32)).replace(day=2, hour=12, minute=0)
        self.forward(seconds=(first - there).total_seconds())

    def _write(self) -> None:
        new = self.file.with_suffix(".new")
        new.write_text(f"+{int(self.ahead.total_seconds())}\n")
        new.chmod(0o644)
        new.replace(self.file)


class Whole(NamedTuple):
    """Where the market and its WeChat are, the data folder, and the clock of both."""

    base: str
    wechat: str
    home: Path
    clock: Clock
    log: Path

    def control(self, method: str, path: str, **body: Any) -> Any:
        """Use the sandbox's control door."""
        answer = httpx.request(method, f"{self.wechat}{path}", json=body or None, timeout=30)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def menu(self, url: str) -> None:
        """Give the account a menu that leads there, as an operator does at WeChat's console."""
        known = self.control("GET", "/sandbox/credentials")
        account = next(each for each in known["accounts"] if each["kind"] == "service")
        asked = {
            "grant_type": "client_credential", "appid": account["appid"],
            "secret": account["secret"],
        }  # fmt: skip
        answer = httpx.get(f"{self.wechat}/cgi-bin/token", params=asked).json()
        menu = {"button": [{"type": "view", "name": "逛集市", "url": url}]}
        token = answer["access_token"]
        path = f"/cgi-bin/menu/create?access_token={token}"
        assert self.control("POST", path, **menu)["errcode"] == 0

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of `jishi` on this market."""
        return subprocess.run(
            [sys.executable, "-m", "jishi.cli", *words, "--home", str(self.home)], cwd=ROOT,
            env=environment(self.clock.file), capture_output=True, text=True, timeout=120,
            check=False,
        )  # fmt: skip


def moved(clock: Path) -> dict[str, str]:
    """Give what makes a process read this clock."""
    return {
        "LD_PRELOAD": faketime(), "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_CACHE_DURATION": "1",
    }  # fmt: skip


def environment(clock: Path) -> dict[str, str]:
    """Give what every process of the market is started with."""
    ours = {key: value for key, value in os.environ.items() if "JISHI" not in key}
    binaries = {"JISHI_PG_BIN": str(clock.parent / "bin")}
    return {**ours, **binaries, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **moved(clock)}


def put_binaries(clock: Path) -> None:
    """Give PostgreSQL the clock too: it is started with an environment of its own."""
    folder, ours = bin_folder(), clock.parent / "bin"
    ours.mkdir(mode=0o755)
    for program in folder.iterdir():
        (ours / program.name).symlink_to(program)
    given = " ".join(f"{name}={value}" for name, value in moved(clock).items())
    (ours / "postgres").unlink()
    (ours / "postgres").write_text(f'#!/bin/sh\n{given} exec {folder}/postgres "$@"\n')
    (ours / "postgres").chmod(0o755)


@contextmanager
def a_whole_market(*, has_sample: bool = False) -> Iterator[Whole]:
    """Open a market, empty or with the sample's goods, and its WeChat, and close both."""
    faketime()
    folder = Path(tempfile.mkdtemp(prefix="jishi-whole-"))
    folder.chmod(0o755)
    clock, port, log = Clock(folder / "clock"), free_port(1), folder / "log"
    put_binaries(clock.file)
    with log.open("wb") as out:
        running = subprocess.Popen(
            [
                sys.executable, "-m", "jishi.cli", "up", "--home", str(folder / "home"),
                "--port", str(port), "--workers", "1",
                *(["--no-life"] if has_sample else ["--no-sample"]),
            ],
            cwd=ROOT, env=environment(clock.file), stdout=out, stderr=out,
        )  # fmt: skip
    whole = Whole(f"http://{HOST}:{port}", f"http://{HOST}:{port + 1}", folder / "home", clock, log)
    try:
        wait_until_open(whole, running)
        yield whole
    except BaseException:
        for file in (log, whole.home / "web.log", whole.home / "wechat.log"):
            print(file.name, *_last_lines(file), sep="\n")
        raise
    finally:
        running.terminate()
        running.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def _last_lines(file: Path) -> list[str]:
    """Give the end of what was written down, if there is such a file."""
    return file.read_text(errors="replace").splitlines()[-LINES_SHOWN:] if file.exists() else []


def wait_until_open(whole: Whole, running: subprocess.Popen[bytes]) -> None:
    """Wait until the market and its WeChat answer."""
    until = time.monotonic() + OPEN_SECONDS_MAX
    while time.monotonic() < until:
        assert running.poll() is None, whole.log.read_text()
        try:
            if all(
                httpx.get(url, timeout=2).status_code == httpx.codes.OK
                for url in (f"{whole.base}/healthz", f"{whole.wechat}/sandbox/credentials")
            ):
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise AssertionError(whole.log.read_text())
