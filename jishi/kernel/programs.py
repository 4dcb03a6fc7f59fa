"""Heavy work runs beside the market in a program of its own, on the market's database."""

import asyncio
import os
import sys
from collections.abc import Sequence

import msgspec

JISHI = (sys.executable, "-m", "jishi.cli")
SAID_MAX = 500


class Ended(msgspec.Struct, frozen=True):
    """How a program ended: nothing, `failed` or `too_long`; and the last that it complained of."""

    trouble: str
    said: str = ""


async def run_beside(
    database_url: str, command: Sequence[str], seconds_max: float | None = None
) -> Ended:
    """Run a program to its end, or until it takes too long; it never outlives its caller."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command, env={**os.environ, "JISHI_DATABASE_URL": database_url},
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
    except OSError as error:
        return Ended("failed", str(error))
    try:
        async with asyncio.timeout(seconds_max):
            _, said = await process.communicate()
    except TimeoutError:
        return Ended("too_long")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return Ended("failed" if process.returncode else "", said.decode(errors="replace")[-SAID_MAX:])
