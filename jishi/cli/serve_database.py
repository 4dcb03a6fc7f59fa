"""The supervisor's two children: the database and the web server, watched and brought back."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from jishi.kernel.postgres import CANNOT_RUN, Embedded
from jishi.kernel.postgres.processes import dies_with_us

POLL_SECONDS = 0.1
RESERVE_EVERY_SECONDS = 60.0
WEB_STOP_SECONDS_MAX = 30
BACKOFF_SECONDS_MIN, BACKOFF_SECONDS_MAX = 0.5, 30.0
STEADY_SECONDS = 60.0
"""A server that ran so long was well: its next end begins the back-off anew."""

EARLY_ENDS_MAX = 3
"""So many ends before the first answer are not bad luck: the market cannot open at all."""

Say = Callable[[str], None]


class CannotOpen(Exception):
    """The web server does not come up; its own words are above."""


class Child(Protocol):
    """What is watched: it is looked after whenever there is a moment."""

    def look(self) -> None: ...


class Web:
    """The web server: started, brought back with a growing pause, stopped kindly."""

    def __init__(self, command: list[str], url: str, say: Say) -> None:
        self.command, self.url, self.say = command, url, say
        self.process: subprocess.Popen[bytes] | None = None
        self.has_answered = False
        self.ends = 0
        self.started_at = self.due_at = 0.0

    def start(self) -> None:
        """Start it in a session of its own: the terminal's Ctrl-C is ours to pass on."""
        self.started_at = time.monotonic()
        environment = {**os.environ, "JISHI_DATABASE_URL": self.url}
        environment.pop("JISHI_DATABASE_OWNER_URL", None)
        self.process = subprocess.Popen(  # noqa: PLW1509 - one call of prctl, found before the fork
            self.command, env=environment, stdin=subprocess.DEVNULL,
            start_new_session=True, preexec_fn=dies_with_us(signal.SIGTERM),
        )  # fmt: skip

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
        if not self.has_answered and self.ends >= EARLY_ENDS_MAX:
            raise CannotOpen(f"The web server ended {self.ends} times before it answered.")
        pause = min(BACKOFF_SECONDS_MIN * 2 ** (self.ends - 1), BACKOFF_SECONDS_MAX)
        self.due_at = now + pause
        self.say(f"The web server ended by itself ({code}); starting it again in {pause:g} s.")

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
            command = [*jishi(), "verify", "--indexes", "--allow-empty"]
            command += ["--home", str(self.embedded.home)]
            with (self.embedded.home / "verify.log").open("wb") as log:
                self.examination = subprocess.Popen(  # noqa: PLW1509 - one call, found before the fork
                    command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                    start_new_session=True, preexec_fn=dies_with_us(signal.SIGTERM),
                )  # fmt: skip

    def stop(self) -> None:
        """Stop it in order."""
        if self.examination is not None:
            self.examination.terminate()
            self.examination.wait()
        self.embedded.stop()


def jishi() -> list[str]:
    """Give the command that runs this very `jishi`."""
    return [sys.executable, "-m", "jishi.cli"]


def log_of(home: Path) -> Path:
    """Give the file that an examination writes."""
    return home / "verify.log"
