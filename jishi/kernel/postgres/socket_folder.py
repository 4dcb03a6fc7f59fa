"""The socket's folder: private, and short enough for what a socket's path may be.

It is `run` in the cluster's place. Where that path is too long, `run` is a link to a short
folder, so every process finds it, whatever its environment says of temporary folders.
"""

import os
import stat
import tempfile
from pathlib import Path

from jishi.kernel.postgres.account import Account, can_reach

PATH_BYTES_MAX = 100
SOCKET = ".s.PGSQL.5432"


class NotPrivate(Exception):
    """Somebody else made the folder first, or may look into it."""


def socket_folder(place: Path) -> Path:
    """Give the folder that the socket is in."""
    folder = place / "run"
    return folder.readlink() if folder.is_symlink() else folder


def make_socket_folder(place: Path, user: Account) -> Path:
    """Make the folder, unless it is there; raises NotPrivate."""
    folder = place / "run"
    if folder.is_symlink() and not _is_private(folder.readlink(), user):
        # Temporary folders are swept; a new one has a new name that nobody could wait for.
        folder.unlink()
    if folder.is_symlink():
        return folder.readlink()
    if len(os.fsencode(folder / SOCKET)) > PATH_BYTES_MAX or "," in str(folder):
        short = _make_short(user)
        folder.symlink_to(short)
        return short
    if not folder.exists():
        folder.mkdir(mode=0o700)
        os.chown(folder, user.uid, user.gid)
    if not _is_private(folder, user):
        raise NotPrivate(f"{folder} is not a private folder of PostgreSQL's user; remove it.")
    return folder


def _make_short(user: Account) -> Path:
    named = (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp")  # noqa: S108 - a last resort; the folder made in it is private and its name is random
    for base in filter(None, named):
        is_short = len(os.fsencode(base)) + len("/jishi-12345678/" + SOCKET) <= PATH_BYTES_MAX
        if is_short and Path(base).is_dir() and can_reach(user, Path(base)):
            folder = Path(tempfile.mkdtemp(prefix="jishi-", dir=base))
            os.chown(folder, user.uid, user.gid)
            return folder
    raise NotPrivate("No temporary folder has a path short enough for a socket; set TMPDIR.")


def _is_private(folder: Path, user: Account) -> bool:
    try:
        status = os.lstat(folder)
    except FileNotFoundError:
        return False
    is_folder = stat.S_ISDIR(status.st_mode)
    return is_folder and status.st_uid == user.uid and not status.st_mode & 0o077
