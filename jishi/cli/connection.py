"""Where the database is: a server named by the environment, or the one under the data folder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from jishi.kernel.postgres import CANNOT_RUN, Busy, Embedded

HOME = Path("jishi-data")
URL = "JISHI_DATABASE_URL"
OWNER_URL = "JISHI_DATABASE_OWNER_URL"

ADDRESS = "address"
"""The file in the data folder that says where the running market is."""

BASE = "http://127.0.0.1:8000"

console = Console(stderr=True, highlight=False)


class Urls(NamedTuple):
    """Where the market logs in, and where the owner does (migrations, verification)."""

    login: str
    owner: str


def server_urls() -> Urls | None:
    """Give the URLs that the environment names, or none: then the database is our own."""
    login = os.environ.get(URL)
    return Urls(login, os.environ.get(OWNER_URL, login)) if login else None


@contextmanager
def database(home: Path = HOME) -> Iterator[Urls]:
    """Lend a running database: the server, or our own, started for the while if nobody runs it.

    One that cannot run says why, in plain words, and ends the command.
    """
    named = server_urls()
    if named:
        yield named
        return
    embedded = Embedded(home, say=console.print)
    try:
        embedded.start()
    except Busy:
        # Another process runs it: its passwords and its socket are in the same folder.
        yield Urls(embedded.login_url, embedded.owner_url)
        return
    except CANNOT_RUN as error:
        console.print(f"[red]{error}[/]")
        raise SystemExit(1) from None
    try:
        yield Urls(embedded.login_url, embedded.owner_url)
    finally:
        embedded.stop()


def base_url(home: Path) -> str:
    """Give where the market is: as it was told, as the one that runs says, or as usual."""
    file = home / ADDRESS
    running = file.read_text("utf-8").strip() if file.exists() else BASE
    return os.environ.get("JISHI_URL", running).rstrip("/")
