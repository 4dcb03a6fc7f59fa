"""The sandbox's server process: `python -m jishi.sandbox PORT`."""

import os
import sys

from granian.constants import Interfaces, Loops
from granian.log import LogLevels
from granian.server import Server

from jishi.sandbox.app import create
from jishi.sandbox.world import World

PORT, BASE = "JISHI_SANDBOX_PORT", "JISHI_SANDBOX_URL"


def build() -> object:
    """Build the application from the environment."""
    port = os.environ[PORT]
    base = os.environ.get(BASE) or f"http://127.0.0.1:{port}"
    return create(World(os.environ["JISHI_DATABASE_URL"], base))


def main() -> None:
    """Serve until told to stop."""
    os.environ[PORT] = sys.argv[1]
    Server(
        "jishi.sandbox.__main__:build",
        factory=True,
        address=os.environ.get("JISHI_SANDBOX_HOST", "127.0.0.1"),
        port=int(sys.argv[1]),
        workers=1,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    main()
