"""Space: a reserve file for a full disk, and when to stop writing before it is full.

PostgreSQL cannot start with nothing free: it cannot write its own lock file. So some megabytes
are kept in a file, given up when a start fails for want of space, and taken again later.
"""

import os
import shutil
from pathlib import Path

RESERVE = "reserve"
RESERVE_BYTES = 64 * 1024**2
LOW_BYTES = 512 * 1024**2
LOW_PERCENT = 5
START_BYTES = 32 * 1024**2
"""With less than this, a start that failed may have failed for want of space."""

NETWORK_KINDS = frozenset(
    {"9p", "afs", "ceph", "cifs", "fuse.sshfs", "glusterfs", "nfs", "nfs4", "smb3", "smbfs"}
)
MOUNTS = Path("/proc/self/mounts")


def free_space(home: Path) -> int:
    """Give the bytes that an ordinary user may still write there."""
    return shutil.disk_usage(home).free


def is_low_on_space(
    home: Path, *, bytes_min: int = LOW_BYTES, percent_min: int = LOW_PERCENT
) -> bool:
    """Tell whether there is too little space left to go on writing."""
    usage = shutil.disk_usage(home)
    return usage.free < bytes_min or usage.free * 100 < usage.total * percent_min


def keep_reserve(place: Path, size: int = RESERVE_BYTES) -> bool:
    """Keep the reserve file, if there is twice its size to spare; give whether it is there."""
    file = place / RESERVE
    if file.exists() and file.stat().st_size >= size:
        return True
    if free_space(place) < 2 * size:
        return False
    try:
        with file.open("wb") as out:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(out.fileno(), 0, size)
            else:
                out.write(bytes(size))
    except OSError:
        file.unlink(missing_ok=True)
        return False
    return True


def release_reserve(place: Path) -> bool:
    """Give the reserve up; tell whether there was one."""
    file = place / RESERVE
    was_there = file.exists()
    file.unlink(missing_ok=True)
    return was_there


def file_system(path: Path, mounts: Path = MOUNTS) -> str:
    """Give the kind of file system that holds this path, as Linux names it; elsewhere nothing."""
    if not mounts.exists():
        return ""
    best, kind = "", ""
    for line in mounts.read_text().splitlines():
        _, point, name, *_ = line.split()
        # Spaces and their like are written in octal.
        point = point.encode().decode("unicode_escape").encode("latin-1").decode(errors="replace")
        is_above = str(path) == point or str(path).startswith(point.rstrip("/") + "/")
        # Of two mounts at one point, the later one covers the earlier.
        if is_above and len(point) >= len(best):
            best, kind = point, name
    return kind
