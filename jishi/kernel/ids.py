"""Ids: 64 bits inside, made by the process; random words in a URL.

An inside id is 41 bits of milliseconds since 2025, 12 bits of the process's node and 10 bits of a
counter (the layout Twitter described as Snowflake). The database hands out node numbers in turn,
so two processes share one only after 4,096 starts. Time in it never goes back within a process.
"""

import secrets
import time

EPOCH_MS = 1_735_689_600_000
NODES = 1 << 12
COUNTS = 1 << 10


class Ids:
    """Makes ids for one process. Until a node is given it draws one at random."""

    def __init__(self, node: int | None = None) -> None:
        self.node = secrets.randbelow(NODES) if node is None else node % NODES
        self.last_ms = 0
        self.count = 0

    def new(self) -> int:
        """Give the next id; ids of one process grow."""
        now_ms = time.time_ns() // 1_000_000 - EPOCH_MS
        if now_ms > self.last_ms:
            self.last_ms, self.count = now_ms, 0
        else:
            self.count += 1
            if self.count == COUNTS:
                self.last_ms, self.count = self.last_ms + 1, 0
        return (self.last_ms << 22) | (self.node << 10) | self.count


_ids = Ids()


def use_node(node: int) -> None:
    """Take the node number that the database gave this process."""
    _ids.node = node % NODES


def new_id() -> int:
    """Give a new 64-bit id (63 bits used, so it is a positive bigint)."""
    return _ids.new()


def new_public_id() -> str:
    """Give 22 random URL-safe characters (128 bits): what may stand in an address."""
    return secrets.token_urlsafe(16)
