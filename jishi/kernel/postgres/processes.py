"""Processes: children that die with us, and orphans judged by where they stand, never by pid."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from jishi.kernel.postgres.account import Account

PR_SET_PDEATHSIG = 1
ORPHAN_SECONDS_MAX = 120
KILL_SECONDS_MAX = 30


def die_with_parent(sign: int = signal.SIGINT) -> None:
    """Ask Linux to send us a signal when the thread that made us ends; elsewhere do nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, sign, 0, 0, 0)


def as_child(user: Account, *, dies_with_parent: bool = True) -> Callable[[], None]:
    """Give what a child does before it becomes PostgreSQL: a session and a user of its own."""

    def prepare() -> None:
        os.setsid()
        if user.is_other:
            os.setgroups([])
            os.setgid(user.gid)
            os.setuid(user.uid)
        if dies_with_parent:
            # After the change of user: Linux forgets the wish when the user changes.
            die_with_parent()

    return prepare


def servers_in(data: Path) -> Iterator[psutil.Process]:
    """Give every live PostgreSQL process whose working directory is this data folder.

    A pid proves nothing: it may belong to somebody else by now. Where a process stands does.
    """
    for process in psutil.process_iter(["name"]):
        try:
            if (
                process.info["name"] == "postgres"
                and process.status() != psutil.STATUS_ZOMBIE
                and Path(process.cwd()) == data
            ):
                yield process
        except psutil.Error:
            continue


def stop_orphans(data: Path, say: Callable[[str], None]) -> int:
    """Stop what is left of an earlier server on this folder; give how many processes that were.

    Only for whoever holds the folder's lock: then nobody else's server can be meant.
    """
    found = list(servers_in(data))
    if not found:
        return 0
    say(f"An earlier server left {len(found)} processes behind; stopping them.")
    masters = [process for process in found if not _is_child(process, found)]
    for process in masters:
        _signal(process, signal.SIGINT)
    psutil.wait_procs(masters, timeout=ORPHAN_SECONDS_MAX)
    left = list(servers_in(data))
    for process in left:
        _signal(process, signal.SIGKILL)
    psutil.wait_procs(left, timeout=KILL_SECONDS_MAX)
    return len(found)


def _is_child(process: psutil.Process, found: list[psutil.Process]) -> bool:
    try:
        return process.ppid() in {each.pid for each in found}
    except psutil.Error:
        return True


def _signal(process: psutil.Process, sign: int) -> None:
    try:
        process.send_signal(sign)
    except psutil.Error:
        return
