"""Space: a reserve file for a full disk, and when to stop writing before it is full.

PostgreSQL cannot start with nothing free: it cannot write its own lock file. So some megabytes
are kept in a file, given up when a start fails for want of space, and taken again later.
"""

import os
import shutil
from pathlib import Path

RESERVE_BYTES = 64 * 1024 * 1024
LOW_BYTES = 512 * 1024 * 1024
LOW_PERCENT = 5
NETWORK_KINDS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs"})


def free_bytes(home: Path) -> int:
    """Give what an ordinary user may still write there."""
    return shutil.disk_usage(home).free


def is_low(home: Path, *, bytes_min: int = LOW_BYTES, percent_min: int = LOW_PERCENT) -> bool:
    """Tell whether there is too little space left to go on writing."""
    usage = shutil.disk_usage(home)
    return usage.free < bytes_min or usage.free * 100 < usage.total * percent_min


def keep_reserve(home: Path, size: int = RESERVE_BYTES) -> bool:
    """Keep the reserve file, if there is twice its size to spare; give whether it is there."""
    file = home / "reserve"
    if file.exists() and file.stat().st_size >= size:
        return True
    if free_bytes(home) < 2 * size:
        return False
    try:
        with file.open("wb") as out:
            os.posix_fallocate(out.fileno(), 0, size)
    except OSError:
        file.unlink(missing_ok=True)
        return False
    return True


def release_reserve(home: Path) -> bool:
    """Give the reserve up; tell whether there was one."""
    file = home / "reserve"
    was_there = file.exists()
    file.unlink(missing_ok=True)
    return was_there


def file_system(path: Path) -> str:
    """Give the kind of file system below this path, as Linux names it; elsewhere nothing."""
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return ""
    best, kind = "", ""
    for line in mounts.read_text().splitlines():
        _, point, name, *_ = line.split()
        point = point.replace("\\040", " ")
        is_above = str(path) == point or str(path).startswith(point.rstrip("/") + "/")
        if is_above and len(point) > len(best):
            best, kind = point, name
    return kind
