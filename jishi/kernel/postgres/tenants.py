"""The tenants of a cluster: the market's login and its database, made once, looked for always."""

from pathlib import Path

import asyncpg

from jishi.kernel.postgres import passwords
from jishi.kernel.postgres.cluster import DATABASE, LOGIN
from jishi.kernel.postgres.readiness import CannotStart

MISSING = """
select not exists (select from pg_roles where rolname = $1) as login,
       not exists (select from pg_database where datname = $2) as database,
       quote_literal($3::text) as secret
"""


async def make_tenants(url: str, home: Path) -> None:
    """Make what is not there yet, and prove that this cluster can search Chinese.

    The password is said at each start: an earlier one may have been cut off before it was.
    """
    secret = passwords.made(home / "login.pw")
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("set client_min_messages = warning")
        missing = await connection.fetchrow(MISSING, LOGIN, DATABASE, secret)
        assert missing is not None
        if missing["login"]:
            await connection.execute(f"create role {LOGIN} login")
        await connection.execute(f"alter role {LOGIN} password {missing['secret']}")
        if missing["database"]:
            await connection.execute(f"create database {DATABASE}")
            await connection.execute(f"grant connect on database {DATABASE} to {LOGIN}")
        await test_chinese(connection)
    finally:
        await connection.close()


async def test_chinese(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Make sure that Chinese is searched; with a wrong ctype it is never found, silently."""
    try:
        await connection.execute("create extension if not exists pg_trgm")
    except asyncpg.PostgresError as error:
        raise CannotStart(f"These PostgreSQL binaries lack pg_trgm: {error}") from error
    if not await connection.fetchval("select public.show_trgm('面膜')"):
        ctype = await connection.fetchval(
            "select datctype from pg_database where datname = current_database()"
        )
        raise CannotStart(
            f"This database cannot search Chinese: its LC_CTYPE is {ctype}. It needs C.UTF-8 or"
            " en_US.UTF-8; move this folder away and start again to make one."
        )
