"""Chance that is the same in every world: a number for each seed, day, person and purpose.

Worlds that differ in a policy only are drawn with the same numbers, so that their difference is
the policy's and not luck's. What everybody needs daily comes in sheets, a block of people at a
time; what few need is mixed from its number alone.

Source of the mixing: G. L. Steele, D. Lea, C. H. Flood, Fast Splittable Pseudorandom Number
Generators, OOPSLA 2014 (the finaliser of SplitMix64).
"""

from enum import IntEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from jishi.gauges.assignment import PARTS, WORD, salt

Singles: TypeAlias = NDArray[np.float32]
Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
Places: TypeAlias = NDArray[np.int32]
Bytes: TypeAlias = NDArray[np.uint8]
Flags: TypeAlias = NDArray[np.bool_]

BLOCK = 16_384
"""People whose day is lived together: what they hold fits the processor's own memory."""

OFFERED, IMPULSE, READ, NEED, LEAVE = range(5)
STREAMS = 5

GOLDEN = 0x9E3779B97F4A7C15
FIRST, SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


class Purpose(IntEnum):
    """What a rare number is drawn for; none is drawn for two things."""

    CHOICE = 1
    CARD = 2
    PAYMENT = 3
    QUALITY = 4
    PASSING = 5
    SEEN = 6
    SHARE_BUY = 7
    DECLINE = 8
    SHARE_FOLLOW = 9
    PASSED_ON = 10
    POST = 11
    SCAN = 12
    WIN = 13
    ENTRY = 15
    BASKET = 16
    SECOND = 17
    READ_TO = 18
    ARTICLE_SHARE = 19
    FAVOURITE = 20
    PAGE = 21
    SEARCH = 22
    EMPTY = 23
    REFUND = 24
    DISPUTE = 25
    LATE = 26
    LOST = 27
    SETTLED = 28
    BROKEN = 29
    CLEARED = 30
    REVIEW = 31
    HARM = 32
    HOUR = 37
    REVIEWED = 38
    FAKE = 39


def sheet(seed: int, day: int, block: int, people: int) -> Singles:
    """Draw a day's sheet for a block of people: a row for each stream."""
    bits = np.random.SFC64(np.random.SeedSequence((seed, day, block)))
    return np.random.Generator(bits).random((STREAMS, people), dtype=np.float32)


def rare(seed: int, day: int, units: Integers | Places, purpose: Purpose) -> Floats:
    """Give the number of each unit (a person, a tie) on a day for a purpose, 0 to 1."""
    key = np.uint64(_mixed_word((seed * GOLDEN + day * FIRST + int(purpose) * SECOND) & WORD))
    words = mixed(units.astype(np.uint64) * np.uint64(GOLDEN) ^ key)
    return (words >> np.uint64(11)).astype(np.float64) * 2.0**-53


def mixed(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    words = (words ^ (words >> np.uint64(30))) * np.uint64(FIRST)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(SECOND)
    return words ^ (words >> np.uint64(31))


def _mixed_word(word: int) -> int:
    word = ((word ^ (word >> 30)) * FIRST) & WORD
    word = ((word ^ (word >> 27)) * SECOND) & WORD
    return word ^ (word >> 31)


def parts(experiment: str, units: Integers) -> Places:
    """Give which thousandth each unit is in, as `jishi.gauges.assignment.part` does for one."""
    words = units.astype(np.uint64) ^ np.uint64(salt(experiment))
    return (mixed(words) % np.uint64(PARTS)).astype(np.int32)
