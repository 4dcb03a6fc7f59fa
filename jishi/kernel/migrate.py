"""Migrations: numbered plain SQL, forward only, under a lock, with checksums."""

from hashlib import sha256
from pathlib import Path

import asyncpg

from jishi.kernel.tx import Connection

FILES = Path(__file__).parent.parent / "migrations"
LOCK = 0x6A69736869
"""The advisory lock of whoever migrates ("jishi" in hexadecimal)."""

LEDGER = """
create table if not exists public.jishi_migrations (
    number integer primary key, name text not null, checksum text not null,
    applied_at timestamptz not null default now());
grant select on public.jishi_migrations to public;
"""


class MigrationRefused(Exception):
    """The database and the files disagree; nothing was changed."""


def files(folder: Path = FILES) -> list[tuple[int, Path, str]]:
    """Give every migration: its number, file and checksum; numbers run from 1 without a gap."""
    found = []
    for number, file in enumerate(sorted(folder.glob("*.sql")), start=1):
        if int(file.name[:4]) != number:
            raise MigrationRefused(f"{file.name} should be number {number:04}")
        found.append((number, file, sha256(file.read_bytes()).hexdigest()))
    return found


async def pending(url: str, folder: Path = FILES) -> list[str]:
    """Give the names of the migrations that this database has not seen."""
    connection = await asyncpg.connect(url)
    try:
        return [file.name for _, file, _ in await _missing(connection, folder)]
    finally:
        await connection.close()


async def migrate(owner_url: str, folder: Path = FILES) -> list[str]:
    """Apply what is missing, each migration in its own transaction; give the names applied.

    Raises MigrationRefused when an applied migration was changed afterwards, or the database
    knows one that the files do not have (it was written by a newer Jishi).
    """
    connection = await asyncpg.connect(owner_url)
    applied = []
    try:
        await connection.execute("select pg_advisory_lock($1)", LOCK)
        await connection.execute("set client_min_messages = warning")
        await connection.execute(LEDGER)
        for number, file, checksum in await _missing(connection, folder):
            async with connection.transaction():
                await connection.execute("set local lock_timeout = '5s'")
                await connection.execute(file.read_text(encoding="utf-8"))
                await connection.execute(
                    "insert into public.jishi_migrations (number, name, checksum)"
                    " values ($1, $2, $3)",
                    number, file.name, checksum,
                )  # fmt: skip
            applied.append(file.name)
    finally:
        await connection.close()
    return applied


async def _missing(connection: Connection, folder: Path) -> list[tuple[int, Path, str]]:
    seen: dict[int, str] = {}
    if await connection.fetchval("select to_regclass('public.jishi_migrations')"):
        rows = await connection.fetch("select number, checksum from public.jishi_migrations")
        seen = {row["number"]: row["checksum"] for row in rows}
    known = files(folder)
    if unknown := seen.keys() - {number for number, _, _ in known}:
        raise MigrationRefused(f"the database knows migrations {sorted(unknown)}, we do not")
    for number, file, checksum in known:
        if seen.get(number, checksum) != checksum:
            raise MigrationRefused(f"{file.name} was changed after it was applied")
    return [each for each in known if each[0] not in seen]
