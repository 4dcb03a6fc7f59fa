"""`jishi serve`: the web server alone, for a database that is there already."""

import os
import sys

from granian.constants import Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from jishi.kernel.worker import PARENT

BACKLOG, WAITING_MAX = 2_048, 512
"""Connections the system queues; requests one worker takes in before it leaves them there."""

DRAIN_SECONDS_MAX = 25
"""Longer than a market takes to close, shorter than a supervisor's patience."""

RESPAWN_SECONDS = 2.0


def serve(*, host: str = "127.0.0.1", port: int = 8000, workers: int = 2) -> None:
    """Serve the market's pages until told to stop; then finish what was begun.

    Parameters
    ----------
    host
        The address to listen on.
    port
        The port to listen on.
    workers
        Server processes.
    """
    if not os.environ.get("JISHI_DATABASE_URL"):
        print("JISHI_DATABASE_URL is not set; `jishi up` sets it, and starts all.")
        sys.exit(1)
    os.environ[PARENT] = str(os.getpid())
    Server(
        "jishi.app:create",
        factory=True,
        address=host,
        port=port,
        workers=workers,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        websockets=False,
        backlog=BACKLOG,
        backpressure=WAITING_MAX,
        http1_settings=HTTP1Settings(header_read_timeout=15_000, max_buffer_size=64 * 1024),
        respawn_failed_workers=True,
        respawn_interval=RESPAWN_SECONDS,
        workers_kill_timeout=DRAIN_SECONDS_MAX,
        log_level=LogLevels.warning,
        log_access=False,
    ).serve()
