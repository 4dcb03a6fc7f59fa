"""`jishi backup`: a copy of the running database that can be started elsewhere."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from rich.console import Console

from jishi.cli.connection import HOME, database, server_urls
from jishi.kernel.postgres import Embedded, bin_folder
from jishi.kernel.postgres.cluster import LOGIN, OWNER

console = Console(highlight=False)
SECRETS = (f"{OWNER}.pw", f"{LOGIN}.pw", "secret")


def backup(folder: Path, *, home: Path = HOME) -> None:
    """Copy the database and its secrets into a new dated folder; the market may run meanwhile.

    Parameters
    ----------
    folder
        Where backups are kept.
    home
        The data folder.
    """
    if server_urls():
        console.print("JISHI_DATABASE_URL names a server: back it up with the server's own tools.")
        sys.exit(1)
    with database(home):
        place = take(home.absolute(), folder.absolute())
    console.print(f"The backup is in {place}. It holds the passwords: keep it as safe as the data.")


def take(home: Path, folder: Path) -> Path:
    """Take a base backup with its log, check it, and put the secrets beside it; give its folder.

    Raises CalledProcessError when PostgreSQL's tools fail; nothing half-done keeps its name.
    """
    embedded = Embedded(home, say=console.print)
    place = folder / f"jishi-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    beside = place.with_name(place.name + ".unfinished")
    beside.mkdir(mode=0o700, parents=True)
    secret = (home / f"{OWNER}.pw").read_text().strip()
    environment = {**os.environ, "PGPASSWORD": secret}
    command = [
        bin_folder() / "pg_basebackup", "-h", _host(embedded), "-U", OWNER,
        "-D", beside / "pg18", "-X", "stream", "-c", "fast",
    ]  # fmt: skip
    try:
        _run(command, environment)
        _run([bin_folder() / "pg_verifybackup", "-q", beside / "pg18"], environment)
        for name in SECRETS:
            if (home / name).exists():
                shutil.copy2(home / name, beside / name)
        beside.rename(place)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return place


def _host(embedded: Embedded) -> str:
    """Give the socket's folder, which may be a short one elsewhere."""
    return parse_qs(urlsplit(embedded.owner_url).query)["host"][0]


def _run(command: list[Path | str], environment: dict[str, str]) -> None:
    done = subprocess.run(
        command, env=environment, cwd="/", capture_output=True, text=True, check=False
    )
    if done.returncode:
        console.print(f"[red]{Path(command[0]).name} failed:[/] {done.stderr.strip()}")
        done.check_returncode()
