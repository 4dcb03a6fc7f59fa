"""The supervisor's children: the database and the servers, watched and brought back."""

import math
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from jishi.cli.connection import OWNER_URL, URL
from jishi.kernel.postgres import CANNOT_RUN, Embedded
from jishi.kernel.postgres.processes import start_child

RESERVE_EVERY_SECONDS = 60.0
WEB_STOP_SECONDS_MAX = 30
BACKOFF_SECONDS_MIN, BACKOFF_SECONDS_MAX = 0.5, 30.0
STEADY_SECONDS = 60.0
"""A server that ran so long was well: its next end begins the back-off anew."""

EARLY_ENDS_MAX = 3
"""So many ends before the first answer are not bad luck: the market cannot open at all."""

WEB_LOG, SANDBOX_LOG = "web.log", "wechat.log"
Say = Callable[[str], None]


JISHI = (sys.executable, "-m", "jishi.cli")
"""The command that runs this very Jishi."""


class Address(NamedTuple):
    """Where the pages are."""

    host: str
    port: int

    def to_try(self) -> tuple[str, int]:
        """Give an address that reaches them from here: a wildcard is none."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host), self.port  # noqa: S104 - compared, not listened on

    def url(self) -> str:
        """Give what a person opens."""
        host, port = self.to_try()
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class CannotOpen(Exception):
    """A server does not come up; its own words are above."""


class Role(NamedTuple):
    """What a server is called, what starts it, and where its words go."""

    name: str
    command: Sequence[str]
    log: str
    is_needed: bool = True
    given: Mapping[str, str] = {}


def web(address: Address, workers: int, wechat: Address | None = None) -> Role:
    """Give the web server's role; the WeChat that runs beside it serves it to be paid."""
    where = ["--host", address.host, "--port", str(address.port)]
    command = [*JISHI, "serve", *where, "--workers", str(workers)]
    given = {"JISHI_WECHAT": wechat.url(), "JISHI_ORIGIN": address.url()} if wechat else {}
    return Role("The web server", command, WEB_LOG, given=given)


def sandbox(address: Address, *, is_needed: bool) -> Role:
    """Give the role of the WeChat that runs here; a market opens without it, too."""
    command = [sys.executable, "-m", "jishi.sandbox", address.host, str(address.port)]
    return Role("The WeChat sandbox", command, SANDBOX_LOG, is_needed=is_needed)


class Server:
    """A server: started, brought back with a growing pause, stopped kindly."""

    def __init__(self, role: Role, address: Address, url: str, home: Path, say: Say) -> None:
        self.role = role
        # It needs no more rights than it has: the owner's password is not for it.
        environment = {key: value for key, value in os.environ.items() if key != OWNER_URL}
        self.environment = {**environment, **role.given, URL: url, "JISHI_HOME": str(home)}
        self.address, self.home, self.say = address, home, say
        self.process: subprocess.Popen[bytes] | None = None
        self.has_answered = False
        self.ends = 0
        self.started_at = self.due_at = 0.0

    def answers(self) -> bool:
        """Tell whether it can be asked."""
        try:
            with socket.create_connection(self.address.to_try(), timeout=1):
                self.has_answered = True
        except OSError:
            return False
        return True

    def start(self) -> None:
        """Start it; it stops when we die."""
        self.started_at = time.monotonic()
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.home / self.role.log).open("ab") as log:
            command = self.role.command
            self.process = start_child(command, self.environment, log, sign=signal.SIGTERM)

    def look(self) -> None:
        """Bring it back if it ended, when its pause is over."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due_at:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self.process = None
        self.ends = 1 if now - self.started_at > STEADY_SECONDS else self.ends + 1
        if not self.has_answered and self.ends >= EARLY_ENDS_MAX and not self.answers():
            self.give_up()
            return
        pause = min(BACKOFF_SECONDS_MIN * 2 ** (self.ends - 1), BACKOFF_SECONDS_MAX)
        self.due_at = now + pause
        self.say(f"{self.role.name} ended by itself ({code}); starting it again in {pause:g} s.")

    def give_up(self) -> None:
        """Say that it does not come up; whoever needs it stops."""
        words = f"{self.role.name} ended {self.ends} times before it answered."
        if self.role.is_needed:
            raise CannotOpen(words)
        self.say(f"{words} Its log: {self.home / self.role.log}")
        self.due_at = math.inf

    def stop(self) -> None:
        """Let it finish what it is doing; a second Ctrl-C, or too long a wait, ends that."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(WEB_STOP_SECONDS_MAX)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            self.process.kill()
            self.process.wait()


class Database:
    """The embedded server: brought back when it ends, and examined when it was not in order."""

    def __init__(self, embedded: Embedded, say: Say) -> None:
        self.embedded, self.say = embedded, say
        self.examination: subprocess.Popen[bytes] | None = None
        self.reserve_at = self.due_at = 0.0

    def look(self) -> None:
        """Bring it back if it ended; keep its reserve for a full disk; hear its examination."""
        now = time.monotonic()
        if not self.embedded.is_alive():
            if now >= self.due_at:
                self._bring_back()
        elif now >= self.reserve_at:
            self.embedded.keep_reserve()
            self.reserve_at = now + RESERVE_EVERY_SECONDS
        if self.examination is not None and (code := self.examination.poll()) is not None:
            self.examination = None
            self.say(
                "Every promise and index is sound after the unclean stop."
                if code == 0
                else "[red]Something is not sound after the unclean stop: run `jishi verify`.[/]"
            )

    def _bring_back(self) -> None:
        self.say("The database ended by itself; starting it again.")
        try:
            self.embedded.restart()
        except CANNOT_RUN as error:
            self.due_at = time.monotonic() + BACKOFF_SECONDS_MAX
            self.say(f"[red]The database does not start; trying again soon.[/] {error}")
            return
        self.say("The database is back; nothing that was answered is lost.")
        self.examine()

    def examine(self) -> None:
        """Check every promise and every index beside the running market."""
        if self.examination is None:
            command = [*JISHI, "verify", "--indexes", "--allow-empty"]
            command += ["--home", str(self.embedded.home)]
            with (self.embedded.home / "verify.log").open("wb") as log:
                self.examination = start_child(command, os.environ, log, sign=signal.SIGTERM)

    def stop(self) -> None:
        """Stop it in order; from here on nothing interrupts us."""
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, signal.SIG_IGN)
        if self.examination is not None:
            self.examination.terminate()
            self.examination.wait()
        self.embedded.stop()
