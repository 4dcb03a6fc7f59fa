"""Readiness: a server is ready when a real connection works, and not before."""

import asyncio
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import asyncpg

SAY_EVERY_SECONDS = 3.0
POLL_SECONDS = 0.02
ANSWER_SECONDS_MAX = 10.0
WORDS_MAX = 2_000


class CannotStart(Exception):
    """The server ended while it was starting, or will not let us in; says why."""


def wait_until_ready(
    url: str, process: subprocess.Popen[bytes], log: Path, began: int, say: Callable[[str], None]
) -> None:
    """Wait for a connection, as long as the server lives; a recovery takes what it takes.

    `began` is where the server's words begin in its log.
    """
    since = said = time.monotonic()
    while not asyncio.run(_answers(url)):
        if process.poll() is not None:
            raise CannotStart(f"PostgreSQL ended while starting:\n{words(log, began)[-WORDS_MAX:]}")
        now = time.monotonic()
        if now - said > SAY_EVERY_SECONDS:
            said = now
            last = words(log, began).rstrip().rpartition("\n")[2]
            say(f"PostgreSQL is getting ready, {now - since:.0f} s so far: {last}")
        time.sleep(POLL_SECONDS)


async def _answers(url: str) -> bool:
    try:
        connection = await asyncpg.connect(url, timeout=ANSWER_SECONDS_MAX)
    except (
        OSError, asyncpg.OperatorInterventionError, asyncpg.TooManyConnectionsError,
        # It closed the connection in the middle of the greeting.
        asyncpg.InterfaceError,
    ):  # fmt: skip
        return False
    except asyncpg.PostgresError as error:
        raise CannotStart(f"PostgreSQL runs, but will not let us in: {error}") from error
    await connection.close()
    return True


def words(log: Path, began: int) -> str:
    """Give what the server wrote since then; nothing, if even its log found no room."""
    try:
        with log.open("rb") as written:
            written.seek(began)
            return written.read().decode(errors="replace")
    except OSError:
        return ""
