"""The socket's folder: private, and short enough for what a socket's path may be."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from jishi.kernel.postgres.account import Account

PATH_BYTES_MAX = 100
SOCKET = ".s.PGSQL.5432"


class NotPrivate(Exception):
    """Somebody else made the folder first, or may look into it."""


def socket_folder(home: Path, place: Path, user: Account) -> Path:
    """Give a 0700 folder for the socket: below the place, or a short one when that is too long."""
    folder = place / "run"
    if len(os.fsencode(folder / SOCKET)) > PATH_BYTES_MAX or "," in str(folder):
        base = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
        digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
        folder = base / f"jishi-{os.geteuid()}-{digest}"
    folder.mkdir(mode=0o700, exist_ok=True)
    status = os.lstat(folder)
    if status.st_uid == os.geteuid() and user.is_other:
        os.chown(folder, user.uid, user.gid)
        status = os.lstat(folder)
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != user.uid or status.st_mode & 0o077:
        raise NotPrivate(f"{folder} is not a private folder of PostgreSQL's user; remove it.")
    return folder
