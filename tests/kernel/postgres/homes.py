"""Homes for servers of a test's own: reachable by every user, small, and stopped at the end."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from jishi.kernel.postgres import Embedded

ROOT = Path(__file__).parents[3]
QUICK = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "16MB"}
"""For tests whose point is not that the disk holds what was said."""

STARTER = """
import sys
from pathlib import Path
from jishi.kernel.postgres import Busy, Embedded
embedded = Embedded(Path(sys.argv[1]), say=lambda _: None, settings={QUICK})
try:
    embedded.start()
except Busy as error:
    print(error, flush=True)
    sys.exit(3)
print("ready", embedded.process.pid, flush=True)
sys.stdin.read()
embedded.stop()
""".replace("{QUICK}", repr(QUICK))


def quick(home: Path, said: list[str] | None = None, **settings: str) -> Embedded:
    """Give a small server; what it says is kept in `said`."""
    words = [] if said is None else said
    return Embedded(home, say=words.append, settings={**QUICK, **settings}, reserve_bytes=1 << 20)


@contextmanager
def running(home: Path, said: list[str] | None = None, **settings: str) -> Iterator[Embedded]:
    """Lend a running small server."""
    embedded = quick(home, said, **settings)
    embedded.start()
    try:
        yield embedded
    finally:
        embedded.stop()


def ask(url: str, *statements: str) -> object:
    """Run statements on a connection of their own; give the first value of the last."""

    async def asked() -> object:
        connection = await asyncpg.connect(url)
        try:
            answer: object = None
            for statement in statements:
                answer = await connection.fetchval(statement)
            return answer
        finally:
            await connection.close()

    return asyncio.run(asked())


def starter(home: Path, *prefix: str) -> subprocess.Popen[str]:
    """Start another process that runs the home's server until its input ends."""
    return subprocess.Popen(
        [*prefix, sys.executable, "-c", STARTER, str(home)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def word(process: subprocess.Popen[str]) -> str:
    """Give the next line that a starter says."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def end(process: subprocess.Popen[str]) -> int:
    """Let a starter end in order; give its code."""
    process.communicate(timeout=30)
    return process.returncode
