"""Who is asked where parcels are: from a file that only its owner reads, or the WeChat here.

`carrier.toml` in the market's home (or the file that JISHI_CARRIER names) has `url` and `key` of
a hook (`ports/carrier/hook.py`). Beside a WeChat that runs here (JISHI_WECHAT names its address)
a carrier plays beside it, and is asked every few seconds. Without either nobody is asked.
"""

import os
import stat
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import toml

from jishi.ports.carrier import Hook, Tracker

HERE_PAUSE_MAX = timedelta(seconds=5)


class CarrierRefused(Exception):
    """The settings are there, and cannot be used; says which file and why, and no key."""


class Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file holds."""

    url: str
    key: str


class Asking(NamedTuple):
    """Who is asked, and how long at most is waited before he is asked again."""

    tracker: Tracker
    pause_max: timedelta


def read_asking() -> Asking | None:
    """Give who is asked in this market; nobody while nobody set it up."""
    if kept := from_file(file_of_settings()):
        return Asking(Hook(kept.url, kept.key), timedelta.max)
    if base := os.environ.get("JISHI_WECHAT"):
        return Asking(Hook(f"{base}/sandbox/carrier/queries", "nobody checks it"), HERE_PAUSE_MAX)
    return None


def file_of_settings() -> Path:
    """Give where the settings are kept."""
    home = os.environ.get("JISHI_HOME", "jishi-data")
    return Path(os.environ.get("JISHI_CARRIER") or Path(home, "carrier.toml"))


def from_file(file: Path) -> Kept | None:
    """Read the file, if it is there; one that others may read is refused: it holds a key."""
    if not file.exists():
        return None
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise CarrierRefused(f"{file} can be read by others: chmod 600 {file}")
    try:
        return toml.decode(file.read_bytes(), type=Kept)
    except (msgspec.DecodeError, ValueError) as error:
        # Its words would show what the file holds.
        raise CarrierRefused(f"{file} does not hold the settings of a carrier") from error
