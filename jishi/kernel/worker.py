"""A worker of the server: it stops when told to, and when the main process is no more."""

import ctypes
import os
import signal
import sys

PARENT = "JISHI_SERVER_PID"
"""Names the main process to its workers."""

PR_SET_PDEATHSIG = 1


def begin_worker() -> None:
    """As a worker, listen to signals before the server does, and to the main process's end.

    A forked worker would otherwise keep the main process's own way of being told, and be deaf
    until it serves. Only Linux tells a child of its parent's end.
    """
    parent = os.environ.get(PARENT)
    if parent is None:
        return
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, signal.SIG_DFL)
    if sys.platform == "linux":
        # Killed, not asked: a worker that is still beginning may be deaf to asking, and nothing is
        # lost, for nothing is answered before it is durable.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != int(parent):
            # It ended before we asked.
            os._exit(1)
