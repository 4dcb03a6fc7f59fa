"""Error numbers of the official account and the mini program: WeChat's words, and what they mean.

Numbers and Chinese meanings: WeChat's "Global return codes" of official accounts and of mini
programs; English words as WeChat answers them.
"""

from pathlib import Path

import msgspec
from msgspec import Struct


class Known(Struct, frozen=True):
    """What WeChat says, and its meaning in Chinese."""

    words: str
    meaning: str


_FILE = Path(__file__).parent / "data" / "errcodes.json"
KNOWN = {
    int(number): known
    for number, known in msgspec.json.decode(_FILE.read_bytes(), type=dict[str, Known]).items()
}


def words(errcode: int) -> str:
    """Give what WeChat says with this number."""
    return KNOWN[errcode].words if errcode in KNOWN else "unknown error"


def meaning(errcode: int) -> str:
    """Explain a number in Chinese; nothing when it is not known."""
    return KNOWN[errcode].meaning if errcode in KNOWN else ""
