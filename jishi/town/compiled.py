"""The day of `living.py` compiled (the extra `fast`): a person at a time, nothing for nobody.

It lives the same day with the same luck; only the last bit of an exponential may differ.
"""

import numpy as np
from numba import njit

from jishi.town.dials import Dials
from jishi.town.draws import IMPULSE, LEAVE, NEED, OFFERED, READ, Bytes, Singles
from jishi.town.living import (
    FOUND,
    HUSHED,
    LEFT,
    NEEDED,
    OPENED,
    SENT,
    TOUCHED,
    WITHHELD,
    Rates,
    Today,
)
from jishi.town.people import People
from jishi.town.rules import BRAKE_FROM, BRAKE_FULL, BRAKE_LEAST

ONE, NONE, TRUSTED = np.float32(1), np.float32(0), np.float32(0.3)
SLOPE = np.float32((1 - BRAKE_LEAST) / (BRAKE_FULL - BRAKE_FROM))
FROM, LEAST, DAILY = np.float32(BRAKE_FROM), np.float32(BRAKE_LEAST), np.float32(1 / 7)


@njit(nogil=True, cache=True)
def live(some: People, dial: Dials, lots: Singles, rate: Rates, today: Today) -> Bytes:
    """Live a day; give what happened to each, as bits."""
    # By names of their own: a loop that asks a tuple for its arrays counts who holds them.
    tokens, fasts, slow, reminded = some.tokens, some.fast, some.slow, some.reminded
    need, trust, keen, quiet = some.need, some.trust, some.keen, some.quiet
    appetite, worth, follows, gone = some.appetite, some.worth, some.follows, some.left
    limit, offered, ghost = dial.limit, dial.offered, dial.ghost
    bits = np.zeros(len(need), np.uint8)
    news, season = np.float32(today.news), np.float32(today.season)
    strangers, leavers = rate.finding, rate.finding * rate.forgiving
    for at in range(len(bits)):
        fast, touch, happened = fasts[at], NONE, 0
        tokens[at] = _filled(tokens[at], limit[at], fast)
        if follows[at]:
            if lots[OFFERED, at] < offered[at] and tokens[at] >= ONE and quiet[at] <= today.day:
                tokens[at] -= ONE
                happened = WITHHELD if ghost[at] else SENT
                touch = NONE if ghost[at] else ONE
                eager = rate.impulse * np.exp(rate.tired_buying * fast) * (trust[at] + TRUSTED)
                if touch > NONE and lots[IMPULSE, at] < eager * keen[at]:
                    happened |= TOUCHED
            chance = appetite[at] * worth[at] * news + rate.reading_touched * touch
            weary = rate.tired_reading * fast + rate.weary_reading * slow[at]
            if lots[READ, at] < chance and lots[READ, at] < np.exp(weary) * chance:
                happened |= OPENED
            happened |= _parted(lots[LEAVE, at], rate, touch, fast + rate.tiring * touch)
        elif lots[LEAVE, at] < (leavers if gone[at] else strangers):
            happened = FOUND
        if lots[NEED, at] < need[at] * season:
            happened |= NEEDED
        bits[at] = happened
        fast = (fast + rate.tiring * touch) * rate.fast
        fasts[at] = fast
        slow[at] += rate.slow * (fast - slow[at])
        reminded[at] = max(reminded[at] * rate.forget, touch)
    return bits


@njit(nogil=True, cache=True)
def _filled(tokens: np.float32, limit: np.float32, fast: np.float32) -> np.float32:
    brake = min(max(ONE - (fast - FROM) * SLOPE, LEAST), ONE)
    return min(brake * (limit * DAILY) + tokens, limit)


@njit(nogil=True, cache=True)
def _parted(lot: np.float32, rate: Rates, touch: np.float32, fast: np.float32) -> int:
    """Say whether a follower goes, or asks for quiet."""
    danger = (rate.leaving + rate.leaving_touched * touch) * np.exp(rate.leaving_tired * fast)
    if lot < danger:
        return LEFT
    return HUSHED if lot < danger * rate.hushing else 0
