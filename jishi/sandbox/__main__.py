"""The sandbox's server process: `python -m jishi.sandbox HOST PORT`."""

import os
import sys

from granian.constants import Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server
from litestar import Litestar
from structlog import configure
from structlog.processors import JSONRenderer, TimeStamper, add_log_level, format_exc_info

from jishi.kernel.worker import PARENT, begin_worker
from jishi.sandbox.app import create
from jishi.sandbox.world import World

DATABASE_URL, URL = "JISHI_DATABASE_URL", "JISHI_WECHAT_URL"
RESPAWN_SECONDS = 2.0


def build() -> Litestar:
    """Build the application from the environment."""
    begin_worker()
    configure(processors=[add_log_level, TimeStamper(fmt="iso"), format_exc_info, JSONRenderer()])
    return create(World(os.environ[DATABASE_URL], os.environ[URL]))


def main() -> None:
    """Serve until told to stop. One process: the clock and the faults are its memory."""
    host, port = sys.argv[1:]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - compared
    os.environ[PARENT] = str(os.getpid())
    os.environ.setdefault(URL, f"http://{shown}:{port}")
    Server(
        "jishi.sandbox.__main__:build",
        factory=True,
        address=host,
        port=int(port),
        workers=1,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=15_000, max_buffer_size=64 * 1024),
        respawn_failed_workers=True,
        respawn_interval=RESPAWN_SECONDS,
        log_level=LogLevels.warning,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    main()
