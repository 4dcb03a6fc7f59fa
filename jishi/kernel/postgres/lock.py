"""The lock on a home: held for life by whoever runs it, seen by every process and container."""

import contextlib
import fcntl
import os
from pathlib import Path

NAME = "owner.lock"
WORDS_MAX = 32
_held: set[int] = set()


class Busy(Exception):
    """Another process runs this home's database."""


def take(folder: Path) -> int:
    """Hold the folder until `release`, or until this process ends; give the lock's descriptor."""
    lock = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        owner = os.pread(lock, WORDS_MAX, 0).decode().strip() or "unknown"
        os.close(lock)
        raise Busy(f"{folder} is in use by another process (pid {owner}).") from None
    # Over the old words, not after them: a full disk has no room for a new block.
    with contextlib.suppress(OSError):
        os.pwrite(lock, f"{os.getpid():<{WORDS_MAX - 1}}\n".encode(), 0)
    _held.add(lock)
    return lock


def release(lock: int) -> None:
    """Let the folder go."""
    _held.discard(lock)
    os.close(lock)


def _let_go_in_child() -> None:
    """Close the locks in a forked child, or it would hold the home after our death."""
    while _held:
        os.close(_held.pop())


os.register_at_fork(after_in_child=_let_go_in_child)
