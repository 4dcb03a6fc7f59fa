"""`jishi doctor`: what this market stands on, in plain words."""

import asyncio
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import asyncpg
from rich.console import Console
from rich.table import Table

from jishi.cli.connection import HOME, Urls, database, server_urls
from jishi.kernel import pending
from jishi.kernel.postgres import bin_folder, file_system, free_space, is_low_on_space
from jishi.kernel.postgres.space import NETWORK_KINDS

CLOCK_SECONDS_MAX = 2.0
MARKS = {"ok": "[green]ok[/]", "warn": "[yellow]look[/]", "fail": "[red]fail[/]"}


class Finding(NamedTuple):
    """How one thing stands (ok, warn or fail), and what was seen."""

    what: str
    state: str
    seen: str


def doctor(*, home: Path = HOME) -> None:
    """Look at the environment, the disk, the clock and the database, and say what to do."""
    findings = environment(home.resolve())
    try:
        if is_there(home):
            with database(home) as urls:
                findings += asyncio.run(within(urls))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
        findings.append(Finding("Database", "fail", f"{type(error).__name__}: {error}"))
    table = Table("", "What", "Seen")
    for each in findings:
        table.add_row(MARKS[each.state], each.what, each.seen)
    Console(highlight=False).print(table)
    sys.exit(any(each.state == "fail" for each in findings))


def is_there(home: Path) -> bool:
    """Tell whether there is a database to look at; looking makes none."""
    return server_urls() is not None or (home / "owner.pw").exists()


def environment(home: Path) -> list[Finding]:
    """Look at what needs no database."""
    place = next(folder for folder in (home, *home.parents) if folder.exists())
    kind = file_system(place)
    free = f"{free_space(place) / 1024**3:,.1f} GiB free"
    return [
        Finding("Python", "ok", f"{platform.python_version()} on {platform.platform()}"),
        _try("PostgreSQL's binaries", _binaries),
        Finding(
            "Data folder", "ok", str(home) if is_there(home) else f"{home} (not made yet; jishi up)"
        ),
        Finding("Disk", "fail" if is_low_on_space(place) else "ok", free),
        Finding("File system", "warn" if kind in NETWORK_KINDS else "ok", kind or "unknown"),
        Finding(
            "Database from", "ok", "JISHI_DATABASE_URL" if server_urls() else "the data folder"
        ),
    ]


def _binaries() -> str:
    postgres = bin_folder() / "postgres"
    shown = subprocess.run(  # noqa: S603 - the binaries that the market runs on
        [postgres, "--version"], capture_output=True, text=True, check=True
    )
    return f"{shown.stdout.strip()} in {postgres.parent}"


def _try(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, "ok", look())
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
        return Finding(what, "fail", f"{type(error).__name__}: {error}")


async def within(urls: Urls) -> list[Finding]:
    """Look at the database, as its owner."""
    connection = await asyncpg.connect(urls.owner)
    try:
        return [
            *await _server(connection),
            await _clock(connection),
            await _tables(urls),
            *await _work(connection),
        ]
    finally:
        await connection.close()


async def _server(connection: "asyncpg.Connection[asyncpg.Record]") -> list[Finding]:
    version = await connection.fetchval("show server_version")
    durable = [
        await connection.fetchval(f"show {name}") for name in ("fsync", "synchronous_commit")
    ]
    is_durable = durable == ["on", "on"]
    is_found = await finds_chinese(connection)
    return [
        Finding("Database", "ok", f"PostgreSQL {version}"),
        Finding("Durable", "ok" if is_durable else "fail", "fsync and synchronous_commit are on"
                if is_durable else f"fsync {durable[0]}, synchronous_commit {durable[1]}"),
        Finding("Chinese search", "ok" if is_found else "fail", "trigrams of Chinese work"
                if is_found else "no pg_trgm here, or an LC_CTYPE that is not UTF-8"),
    ]  # fmt: skip


async def finds_chinese(connection: "asyncpg.Connection[asyncpg.Record]") -> bool:
    """Tell whether Chinese has trigrams here; nothing stays behind."""
    trial = connection.transaction()
    await trial.start()
    try:
        await connection.execute("set local client_min_messages = warning")
        await connection.execute("create extension if not exists pg_trgm")
        return bool(await connection.fetchval("select show_trgm('面膜') <> '{}'"))
    except asyncpg.PostgresError:
        return False
    finally:
        await trial.rollback()


async def _clock(connection: "asyncpg.Connection[asyncpg.Record]") -> Finding:
    before = time.time()
    theirs = float(await connection.fetchval("select extract(epoch from clock_timestamp())"))
    apart = theirs - (before + time.time()) / 2
    is_right = abs(apart) < CLOCK_SECONDS_MAX
    return Finding("Clock", "ok" if is_right else "warn", f"{apart:+.2f} s from the database's")


async def _tables(urls: Urls) -> Finding:
    missing = await pending(urls.owner)
    if missing:
        return Finding("Tables", "warn", f"not applied yet: {', '.join(missing)}; jishi migrate")
    return Finding("Tables", "ok", "up to date")


async def _work(connection: "asyncpg.Connection[asyncpg.Record]") -> list[Finding]:
    if not await connection.fetchval("select to_regclass('kernel.todos')"):
        return []
    dead = await connection.fetchval("select count(*) from kernel.todos where dead_at is not null")
    braked = await connection.fetch(
        "select name, brake from kernel.schedules where brake is not null"
    )
    stopped = "; ".join(f"{row['name']}: {row['brake']}" for row in braked)
    return [
        Finding("Given-up work", "warn" if dead else "ok",
                f"{dead} todos; jishi todos" if dead else "none"),
        Finding("Brakes", "warn" if braked else "ok",
                f"{stopped}; jishi release-brake" if braked else "none"),
    ]  # fmt: skip
