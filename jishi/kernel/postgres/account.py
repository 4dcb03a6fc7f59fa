"""Which user runs PostgreSQL: ourselves, or, for root, a user without rights.

PostgreSQL refuses to run as root. We never change a mode or an owner above our own folder; where
root's user could not reach the folder or the binaries (a checkout below a private /root), both
are kept below `/var/lib/jishi` instead, and that is said.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT_HOME = Path("/var/lib/jishi")
NAME = "jishi-pg"


class Account(NamedTuple):
    """A user by its numbers; `is_other` when it is not ourselves."""

    uid: int
    gid: int
    is_other: bool


class NoAccount(Exception):
    """Root has no user that may run PostgreSQL; says what to do."""


def account(say: Callable[[str], None]) -> Account:
    """Give the user that runs PostgreSQL; made once, when root has none."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), is_other=False)
    name = os.environ.get("JISHI_PG_USER", NAME)
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        found = _make(name, say)
    if found.pw_uid == 0:
        raise NoAccount("JISHI_PG_USER is root; PostgreSQL needs a user without rights.")
    return Account(found.pw_uid, found.pw_gid, is_other=True)


def _make(name: str, say: Callable[[str], None]) -> pwd.struct_passwd:
    tool = shutil.which("useradd")
    if tool is None:
        say("There is no useradd here, so PostgreSQL runs as `nobody`.")
        return pwd.getpwnam("nobody")
    say(f"PostgreSQL never runs as root: making the system user {name} for it.")
    command = [tool, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        # Several processes may try at once; whoever comes second finds the first one's user.
        return pwd.getpwnam(name)
    except KeyError:
        raise NoAccount(f"useradd failed: {made.stderr.strip()}; set JISHI_PG_USER.") from None


def can_reach(user: Account, path: Path) -> bool:
    """Tell whether the user may pass through every folder down to this one."""
    for folder in (path, *path.parents):
        if not folder.exists():
            continue
        status = folder.stat()
        if status.st_uid == user.uid:
            may = status.st_mode & 0o100
        elif status.st_gid == user.gid:
            may = status.st_mode & 0o010
        else:
            may = status.st_mode & 0o001
        if not may:
            return False
    return True


def place_for_data(home: Path, user: Account, say: Callable[[str], None]) -> Path:
    """Give the folder for the cluster: the home itself, where the user can reach it."""
    if not user.is_other or can_reach(user, home.parent):
        return home
    digest = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    place = ROOT_HOME / digest
    say(f"{home.parent} is closed to PostgreSQL's user, so the database lies in {place}.")
    place.mkdir(mode=0o711, parents=True, exist_ok=True)
    return place


def place_for_binaries(folder: Path, user: Account, place: Path) -> Path:
    """Give a folder of binaries that the user can run: a copy, where theirs is out of reach."""
    if not user.is_other or can_reach(user, folder):
        return folder
    copy = place / "pginstall"
    if not (copy / "complete").exists():
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder.parent, copy, symlinks=True)
        (copy / "complete").touch()
    return copy / folder.name
