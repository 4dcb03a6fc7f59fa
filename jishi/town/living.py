"""A day of a block of people: what is sent, read, needed, and who goes; all at once, in NumPy.

The same day compiled is in `compiled.py`; a test holds the two equal.
"""

from typing import NamedTuple

import numpy as np

from jishi.town.dials import Dials
from jishi.town.draws import IMPULSE, LEAVE, NEED, OFFERED, READ, Bytes, Singles
from jishi.town.people import People
from jishi.town.rules import BRAKE_FROM, BRAKE_FULL, BRAKE_LEAST
from jishi.town.traits import Traits

SENT, TOUCHED, OPENED, NEEDED, LEFT, HUSHED, WITHHELD, FOUND = (1 << bit for bit in range(8))


class Today(NamedTuple):
    """What is the same for everybody on a day."""

    day: int
    news: float
    season: float


class Rates(NamedTuple):
    """The traits that a day needs for everybody, as the arrays' own kind of number."""

    impulse: np.float32
    forget: np.float32
    tiring: np.float32
    fast: np.float32
    slow: np.float32
    tired_buying: np.float32
    tired_reading: np.float32
    weary_reading: np.float32
    leaving: np.float32
    leaving_touched: np.float32
    leaving_tired: np.float32
    hushing: np.float32
    reading_touched: np.float32
    finding: np.float32
    forgiving: np.float32


def rates(traits: Traits) -> Rates:
    return Rates(
        impulse=np.float32(traits.impulse),
        forget=np.float32(np.exp(-1 / traits.forget_days)),
        tiring=np.float32(traits.tiring),
        fast=np.float32(np.exp(-1 / traits.fast_days)),
        slow=np.float32(1 / traits.slow_days),
        tired_buying=np.float32(-traits.tired_buying),
        tired_reading=np.float32(-traits.tired_reading),
        weary_reading=np.float32(-traits.weary_reading),
        leaving=np.float32(traits.leaving),
        leaving_touched=np.float32(traits.leaving_touched),
        leaving_tired=np.float32(traits.leaving_tired),
        hushing=np.float32(1 + traits.hushing),
        reading_touched=np.float32(traits.reading_touched),
        finding=np.float32(traits.finding),
        forgiving=np.float32(traits.forgiving),
    )


def live(some: People, dial: Dials, lots: Singles, rate: Rates, today: Today) -> Bytes:
    """Live a day; give what happened to each, as bits."""
    fast, follows = some.fast, some.follows.view(np.bool_)
    _refill(some, dial)
    due = (lots[OFFERED] < dial.offered) & follows & (some.tokens >= 1)
    due &= some.quiet <= today.day
    withheld = due & dial.ghost.view(np.bool_)
    sent = due & ~withheld
    touch = sent.astype(np.float32)
    np.subtract(some.tokens, due, out=some.tokens)
    eager = rate.impulse * np.exp(rate.tired_buying * fast) * (some.trust + np.float32(0.3))
    touched = sent & (lots[IMPULSE] < eager * some.keen)
    attention = np.exp(rate.tired_reading * fast + rate.weary_reading * some.slow)
    chance = some.appetite * some.worth * np.float32(today.news) + rate.reading_touched * touch
    opened = follows & (lots[READ] < attention * chance)
    needed = lots[NEED] < some.need * np.float32(today.season)
    np.add(fast, rate.tiring * touch, out=fast)
    danger = (rate.leaving + rate.leaving_touched * touch) * np.exp(rate.leaving_tired * fast)
    left = follows & (lots[LEAVE] < danger)
    hushed = follows & (lots[LEAVE] < danger * rate.hushing) & ~left
    # Nobody who does not follow can go: his number decides whether he comes by himself.
    memory = np.where(some.left > 0, rate.finding * rate.forgiving, rate.finding)
    found = ~follows & (lots[LEAVE] < memory)
    np.multiply(fast, rate.fast, out=fast)
    np.add(some.slow, rate.slow * (fast - some.slow), out=some.slow)
    np.maximum(some.reminded * rate.forget, touch, out=some.reminded)
    return _bits(sent, touched, opened, needed, left, hushed, withheld, found)


def _refill(some: People, dial: Dials) -> None:
    """Fill the buckets by a day; those of the tired slower."""
    slope = np.float32((1 - BRAKE_LEAST) / (BRAKE_FULL - BRAKE_FROM))
    brake = np.float32(1) - (some.fast - np.float32(BRAKE_FROM)) * slope
    np.clip(brake, np.float32(BRAKE_LEAST), np.float32(1), out=brake)
    brake *= dial.limit * np.float32(1 / 7)
    brake += some.tokens
    np.minimum(brake, dial.limit, out=some.tokens)


def _bits(*happened: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Bytes:
    bits = happened[0].view(np.uint8).copy()
    for place, one in enumerate(happened[1:], start=1):
        bits |= one.view(np.uint8) << np.uint8(place)
    return bits
