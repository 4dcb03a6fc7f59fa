"""The cluster: made whole beside its place and moved there at once, so never half there."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from jishi.kernel.postgres.account import Account
from jishi.kernel.postgres.place import DATA
from jishi.kernel.postgres.processes import run_as, stop_orphans

OWNER, LOGIN, DATABASE = "jishi", "jishi_login", "jishi"
LOCALES = ("C.UTF-8", "C.utf8", "en_US.UTF-8", "en_US.utf8")
"""For the ctype: trigrams of Chinese need one that knows its letters; the order is always C."""


class CannotMake(Exception):
    """initdb failed; carries its words."""


def make_cluster(
    place: Path, binaries: Path, user: Account, password: str, say: Callable[[str], None]
) -> None:
    """Make the data folder, unless it is there.

    Whatever is killed on the way leaves only an `init-` folder, which the next start removes.
    """
    for old in place.glob("init-*"):
        stop_orphans(old / "data", user, say)
        shutil.rmtree(old, ignore_errors=True)
    if (place / DATA).exists():
        return
    say("Making a database; this takes a second.")
    beside = Path(tempfile.mkdtemp(prefix="init-", dir=place))
    file = beside / "password"
    file.touch(mode=0o600)
    file.write_text(password)
    for path in (beside, file):
        os.chown(path, user.uid, user.gid)
    _initdb(beside / "data", file, binaries, user)
    # initdb has fsynced every file; the new name is made to last too.
    (beside / "data").rename(place / DATA)
    _sync(place)
    shutil.rmtree(beside)


def _initdb(data: Path, password: Path, binaries: Path, user: Account) -> None:
    trouble = ""
    for locale in LOCALES:
        shutil.rmtree(data, ignore_errors=True)
        code, trouble = run_as(
            user,
            [
                binaries / "initdb", "-D", data, "-U", OWNER, "--pwfile", password,
                "-A", "scram-sha-256", "-E", "UTF8", "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8", "--lc-collate=C", f"--lc-ctype={locale}",
                "--no-instructions",
            ],
        )  # fmt: skip
        if code == 0:
            return
        if "locale" not in trouble:
            break
    raise CannotMake(f"initdb failed: {trouble}")


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
