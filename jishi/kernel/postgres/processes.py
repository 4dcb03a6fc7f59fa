"""Processes: children that die with us, and orphans judged by where they stand, never by pid."""

import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

import psutil

from jishi.kernel.postgres.account import Account, acting_as

PR_SET_PDEATHSIG = 1
ORPHAN_SECONDS_MAX = 120
KILL_SECONDS_MAX = 30
POLL_SECONDS = 0.05
ENVIRONMENT = {"PATH": os.defpath, "TZ": "UTC"}
"""All that PostgreSQL sees of our environment, so that nothing outside changes how it behaves."""


def start_child(
    command: Sequence[str | Path], environment: Mapping[str, str], output: IO[bytes] | None,
    *, sign: int, user: Account | None = None,
) -> subprocess.Popen[bytes]:  # fmt: skip
    """Start a child in a session of its own; it gets this signal when we die.

    It does not hear the terminal's Ctrl-C, which is ours to pass on. Without an output it speaks
    where we do.
    """
    other = user if user is not None and user.is_other else None
    return subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
        cwd="/" if user else None, start_new_session=True,
        preexec_fn=dies_with_us(sign),  # noqa: PLW1509 - one call of prctl, found before the fork
        user=other and other.uid, group=other and other.gid, extra_groups=() if other else None,
    )  # fmt: skip


def start_as(
    user: Account, command: Sequence[str | Path], output: IO[bytes]
) -> subprocess.Popen[bytes]:
    """Start one of PostgreSQL's programs as its user; it is interrupted when we die."""
    return start_child(command, ENVIRONMENT, output, sign=signal.SIGINT, user=user)


def run_as(user: Account, command: Sequence[str | Path]) -> tuple[int, str]:
    """Run one of PostgreSQL's programs to its end; give its code and its words."""
    with tempfile.TemporaryFile() as output:
        process = start_as(user, command, output)
        try:
            code = process.wait()
        except BaseException:
            process.terminate()
            raise
        output.seek(0)
        return code, output.read().decode(errors="replace").strip()


def dies_with_us(sign: int) -> Callable[[], None] | None:
    """Give what a child runs before it becomes its program: a wish to be told of our death.

    Linux alone can; elsewhere the orphan is found by the next start. The wish follows the thread
    that makes the child, so only the main thread's children have it. It comes after the change of
    user (as `preexec_fn` does), for Linux forgets it then.
    """
    if sys.platform != "linux" or threading.current_thread() is not threading.main_thread():
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def wish() -> None:
        prctl(PR_SET_PDEATHSIG, sign, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return wish


def servers_in(data: Path, user: Account) -> list[psutil.Process]:
    """Give every live PostgreSQL process whose working directory is this data folder.

    A pid proves nothing: it may belong to somebody else by now. Where a process stands does.
    """
    # As its user: in a container root itself may not see where another user's process stands.
    with acting_as(user):
        return [
            process
            for process in psutil.process_iter(["name", "status"])
            if process.info["name"] == "postgres"
            and process.info["status"] != psutil.STATUS_ZOMBIE
            and _stands_in(process, data)
        ]


def _stands_in(process: psutil.Process, data: Path) -> bool:
    try:
        # By inode where we can: in a container the same folder may have another name.
        linked = Path(f"/proc/{process.pid}/cwd")
        return (linked if linked.is_symlink() else Path(process.cwd())).samefile(data)
    except (psutil.Error, OSError):
        return False


def stop_orphans(data: Path, user: Account, say: Callable[[str], None]) -> None:
    """Stop what is left of an earlier server on this folder.

    Only for whoever holds the folder's lock: then nobody else's server can be meant.
    """
    found = servers_in(data, user)
    if not found:
        return
    say(f"An earlier server left {len(found)} processes behind; stopping them.")
    masters = [process for process in found if not _is_child(process)]
    for process in masters:
        _signal(process, signal.SIGINT)
    if masters:
        _are_gone(data, user, ORPHAN_SECONDS_MAX)
    # What outlives its postmaster still holds its memory, and no new server could start.
    while left := servers_in(data, user):
        for process in left:
            _signal(process, signal.SIGKILL)
        if not _are_gone(data, user, KILL_SECONDS_MAX):
            say(f"Waiting for {len(left)} processes that the system cannot end yet.")


def _are_gone(data: Path, user: Account, seconds: float) -> bool:
    """Wait until no server stands in the folder; a zombie, which nobody may reap, does not."""
    until = time.monotonic() + seconds
    while servers_in(data, user):
        if time.monotonic() > until:
            return False
        time.sleep(POLL_SECONDS)
    return True


def _is_child(process: psutil.Process) -> bool:
    """Tell whether this is a part of a server rather than its postmaster: parts have titles."""
    try:
        return " ".join(process.cmdline()).startswith("postgres: ")
    except psutil.Error:
        return True


def _signal(process: psutil.Process, sign: int) -> None:
    try:
        process.send_signal(sign)
    except psutil.Error:
        return
