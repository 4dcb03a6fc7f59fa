"""Ports that nobody has: below those that the system gives to whoever calls out."""

import random
import socket
from contextlib import suppress

HOST = "127.0.0.1"
LOWEST, HIGHEST = 20_000, 32_000
TRIES = 200
# Not the lot that tests set: two processes of tests would draw the same ports.
lot = random.SystemRandom()


def free_port(neighbours: int = 0) -> int:
    """Give a port that nobody listens on, nor on so many that follow it."""
    for _ in range(TRIES):
        port = lot.randrange(LOWEST, HIGHEST)
        if all(is_free(port + further) for further in range(neighbours + 1)):
            return port
    raise AssertionError("no free ports beside each other")


def is_free(port: int) -> bool:
    """Tell whether one may listen there."""
    with socket.socket() as probe, suppress(OSError):
        probe.bind((HOST, port))
        return True
    return False
