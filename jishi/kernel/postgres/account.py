"""Which user runs PostgreSQL: ourselves, or, for root, a user without rights.

PostgreSQL refuses to run as root.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = 0
NAME = "jishi-pg"
LAST_RESORT = "nobody"


class Account(NamedTuple):
    """A user by its numbers; `is_other` when it is not ourselves."""

    uid: int
    gid: int
    is_other: bool


class NoAccount(Exception):
    """Root has no user that may run PostgreSQL; says what to do."""


def account(data: Path, say: Callable[[str], None]) -> Account:
    """Give the user that runs PostgreSQL on this data folder.

    For root that is whoever owns the folder already, or the one that JISHI_PG_USER names, or a
    system user that is made once.
    """
    if os.geteuid() != ROOT:
        return Account(os.geteuid(), os.getegid(), is_other=False)
    if data.exists() and (status := data.stat()).st_uid != ROOT:
        return Account(status.st_uid, status.st_gid, is_other=True)
    name = os.environ.get("JISHI_PG_USER")
    found = _named(name) if name else _named(NAME) or _made(say)
    if found is None or found.pw_uid == ROOT:
        raise NoAccount(f"PostgreSQL needs a user without rights; JISHI_PG_USER names {name!r}.")
    return Account(found.pw_uid, found.pw_gid, is_other=True)


def _named(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _made(say: Callable[[str], None]) -> pwd.struct_passwd | None:
    tool = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if tool:
        say(f"PostgreSQL never runs as root: making the system user {NAME} for it.")
        command = [tool, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]
        subprocess.run(command, capture_output=True, check=False)
    # Several processes may try at once; whoever comes second finds the first one's user.
    found = _named(NAME)
    if found is None:
        say(f"No system user could be made, so PostgreSQL runs as `{LAST_RESORT}`.")
    return found or _named(LAST_RESORT)


@contextmanager
def acting_as(user: Account) -> Iterator[None]:
    """See the world as this user for a moment: the only true test of what it may do."""
    if not user.is_other:
        yield
        return
    os.setegid(user.gid)
    os.seteuid(user.uid)
    try:
        yield
    finally:
        os.seteuid(ROOT)
        os.setegid(os.getgid())


def can_reach(user: Account, folder: Path) -> bool:
    """Tell whether the user may pass through every folder down to and into this one."""
    with acting_as(user):
        try:
            # The dot asks for the right to enter; pathlib would drop it.
            os.stat(f"{folder}/.")  # noqa: PTH116 - see above
        except PermissionError:
            return False
    return True
