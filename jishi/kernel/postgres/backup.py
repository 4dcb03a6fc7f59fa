"""Backups: a whole cluster copied while it runs, proven by PostgreSQL itself, and laid out again.

A backup is a folder: `pg18` as pg_basebackup made it, and the passwords that go with it.
"""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from jishi.kernel.postgres import lock
from jishi.kernel.postgres.account import account
from jishi.kernel.postgres.binaries import bin_folder
from jishi.kernel.postgres.place import DATA, choose_place, is_home, point_to
from jishi.kernel.postgres.processes import ENVIRONMENT

SECRETS = ("owner.pw", "login.pw", "secret", "data-keys")


class BackupFailed(Exception):
    """A backup was not made, or is not whole; carries PostgreSQL's words."""


def back_up(owner_url: str, folder: Path, home: Path | None) -> None:
    """Copy the running cluster into a new folder, with the log it needs, and verify the copy.

    Until it is whole it has another name, so a folder with this name is a whole backup. The
    secrets of the home come with it: without them nobody could enter what is restored.
    """
    beside = folder.with_name(f"{folder.name}.unfinished")
    beside.mkdir(mode=0o700, parents=True)
    url = urlsplit(owner_url)
    name, _, place = url.netloc.rpartition("@")
    # Everybody sees a program's arguments; nobody sees its environment.
    shown = url._replace(netloc=f"{name.partition(':')[0]}@{place}", path="/")
    try:
        _run(
            "pg_basebackup", "--dbname", urlunsplit(shown), "--pgdata", beside / DATA,
            "--wal-method", "stream", "--checkpoint", "fast", "--manifest-checksums", "SHA256",
            "--no-password", secret=unquote(url.password or ""),
        )  # fmt: skip
        check_backup(beside)
        for secret in SECRETS if home else ():
            if home and (home / secret).exists():
                shutil.copy2(home / secret, beside / secret)
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def check_backup(folder: Path) -> None:
    """Read every file of a backup and compare it with the manifest; raises BackupFailed."""
    _run("pg_verifybackup", "--exit-on-error", folder / DATA)


def lay_out(folder: Path, home: Path, say: Callable[[str], None]) -> None:
    """Lay a backup out in a fresh home; the next start of that home recovers it.

    Raises BackupFailed when the home is not empty or the backup is not whole.
    """
    is_ours = is_home(home)
    if home.exists() and any(home.iterdir()):
        raise BackupFailed(f"{home} is not empty; restore into a new folder.")
    if not (folder / SECRETS[0]).exists():
        raise BackupFailed(f"{folder} has no passwords: it is no backup of a data folder of ours.")
    check_backup(folder)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = lock.take(home)
    try:
        user = account(home / DATA, say)
        place = choose_place(home, user, say, is_ours=is_ours)
        beside = place / "init-restored"
        shutil.copytree(folder / DATA, beside / DATA, symlinks=True)
        for path in (beside / DATA, *(beside / DATA).rglob("*")):
            if user.is_other:
                shutil.chown(path, user.uid, user.gid)
        for secret in SECRETS:
            if (folder / secret).exists():
                shutil.copy2(folder / secret, home / secret)
        (beside / DATA).rename(place / DATA)
        beside.rmdir()
        point_to(home, place)
    finally:
        lock.release(held)


def _run(program: str, *words: str | Path, secret: str = "") -> None:
    done = subprocess.run(
        [bin_folder() / program, *words], env={**ENVIRONMENT, "PGPASSWORD": secret},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise BackupFailed(f"{program}: {done.stderr.strip()}")
