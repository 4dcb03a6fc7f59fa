"""The cluster: made whole beside its place and moved there at once, so never half there."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from jishi.kernel.postgres.account import Account
from jishi.kernel.postgres.processes import as_child

OWNER, LOGIN, DATABASE = "jishi", "jishi_login", "jishi"
LOCALES = ("C.UTF-8", "C.utf8", "en_US.UTF-8", "en_US.utf8")
"""For the ctype: trigrams of Chinese need one that knows its letters; the order is always C."""


class CannotMake(Exception):
    """initdb failed; carries its words."""


def password(file: Path) -> str:
    """Give the password kept in this 0600 file; made once."""
    try:
        descriptor = os.open(file, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(descriptor, "w") as out:
        out.write(secrets.token_urlsafe(24))
        out.flush()
        os.fsync(out.fileno())
    return file.read_text().strip()


def make_cluster(
    data: Path, binaries: Path, user: Account, owner_password: str, say: Callable[[str], None]
) -> bool:
    """Make the data folder unless it is there; give whether it was made.

    Whatever is killed on the way leaves only an `init-` folder, which the next start removes.
    """
    for old in data.parent.glob("init-*"):
        shutil.rmtree(old, ignore_errors=True)
    if (data / "PG_VERSION").exists():
        return False
    say("Making a database; this takes a second.")
    beside = Path(tempfile.mkdtemp(prefix="init-", dir=data.parent))
    file = beside / "pw"
    file.write_text(owner_password)
    if user.is_other:
        os.chown(beside, user.uid, user.gid)
        os.chown(file, user.uid, user.gid)
    file.chmod(0o600)
    _initdb(beside / "data", file, binaries, user)
    file.unlink()
    (beside / "data").rename(data)
    _sync(data.parent)
    beside.rmdir()
    return True


def _initdb(folder: Path, file: Path, binaries: Path, user: Account) -> None:
    trouble = ""
    for locale in LOCALES:
        shutil.rmtree(folder, ignore_errors=True)
        made = subprocess.run(
            [
                binaries / "initdb", "-D", folder, "-U", OWNER, "--pwfile", file,
                "-A", "scram-sha-256", "-E", "UTF8", "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8", "--lc-collate=C", f"--lc-ctype={locale}",
                "--no-instructions",
            ],
            preexec_fn=as_child(user), cwd="/", capture_output=True, text=True, check=False,
            env={"PATH": os.environ.get("PATH", ""), "TZ": "UTC"},
        )  # fmt: skip
        if made.returncode == 0:
            return
        trouble = made.stderr.strip()
        if "locale" not in trouble:
            break
    raise CannotMake(f"initdb failed: {trouble}")


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
