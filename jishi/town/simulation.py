"""The days of a town, one after another: the same people, ties and luck under any policy."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from jishi.town import dials as turning
from jishi.town import people as living_people
from jishi.town.buying import Here
from jishi.town.dials import Dials, dials, turn_all
from jishi.town.diary import Diary, total
from jishi.town.draws import BLOCK, Bytes, Integers, Singles, sheet
from jishi.town.living import Rates, Today, live, rates
from jishi.town.people import People, Town, copied
from jishi.town.policy import Policy
from jishi.town.sharing import Ties, first_hand, joined, none_shared, posts, spread
from jishi.town.visiting import scan, visit

YEAR = 365
WEEK = 7

Engine: TypeAlias = Callable[[People, Dials, Singles, Rates, Today], Bytes]


class Run(Struct, frozen=True, eq=False):
    """A town after its days: what was counted each day, how its people are, what was noted."""

    town: Town
    policy: Policy
    days: int
    counts: dict[str, NDArray[np.int64]]
    people: People
    diaries: list[Diary]


class Block(Struct, frozen=True, eq=False):
    """Some of the people, their dials, their diary."""

    number: int
    first: int
    some: People
    dial: Dials
    diary: Diary


def simulate(  # noqa: PLR0913 - how it is run is no part of what is simulated
    town: Town,
    policy: Policy,
    days: int,
    *,
    keeps: bool = False,
    threads: int = 1,
    engine: Engine = live,
    tell: Callable[[int], object] = bool,
) -> Run:
    """Let the days pass, and tell how many are over after each.

    The number of threads and the engine change nothing but the time.
    """
    everybody, dial = copied(town.born), dials(town, replace(policy, experiments=()))
    whole = Block(0, 0, everybody, dial, Diary(days, keeps=keeps))
    blocks = [
        _block(whole, number, first, days)
        for number, first in enumerate(range(0, town.people, BLOCK))
    ]
    ties = Ties(np.zeros(len(town.ties.friends), np.uint8))
    passed_on, rate = none_shared(), rates(town.traits)
    with ThreadPoolExecutor(threads) as pool:
        for day in range(days):
            if day == policy.schedule.start:
                turn_all(dial, dials(town, policy))
            now = today(town, day)

            def work(block: Block, now: Today = now) -> Integers:
                return _live(town, policy, block, (rate, now, engine))

            # One thread is no pool: its hand-overs would cost more than they bring.
            done = map(work, blocks) if threads == 1 else pool.map(work, blocks)
            tellers = np.concatenate(list(done))
            here = _here(town, whole, day)
            if day < policy.schedule.poster_days:
                scan(here, np.flatnonzero(town.scans == day))
            shared = joined(passed_on, first_hand(tellers), posts(town, day))
            passed_on = spread(here, town, ties, shared)
            tell(day + 1)
    diaries = [whole.diary, *(block.diary for block in blocks)]
    return Run(town, policy, days, total(diaries), everybody, diaries)


def _block(whole: Block, number: int, first: int, days: int) -> Block:
    return Block(
        number=number,
        first=first,
        some=living_people.sliced(whole.some, first, first + BLOCK),
        dial=turning.sliced(whole.dial, first, first + BLOCK),
        diary=Diary(days, keeps=whole.diary.keeps),
    )


def today(town: Town, day: int) -> Today:
    traits = town.traits
    turn = 2 * np.pi * ((town.first_day + day) % YEAR - traits.season_peak) / YEAR
    return Today(
        day=day,
        news=traits.reading * traits.news_week / WEEK,
        season=float(1 + traits.season * np.cos(turn)),
    )


def _here(town: Town, block: Block, day: int) -> Here:
    return Here(town.traits, town.seed, day, block.first, block.some, block.dial, block.diary)


def _live(town: Town, policy: Policy, block: Block, how: tuple[Rates, Today, Engine]) -> Integers:
    rate, now, engine = how
    lots = sheet(town.seed, now.day, block.number, len(block.some.need))
    bits = engine(block.some, block.dial, lots, rate, now)
    same = policy.schedule.same
    return visit(
        _here(town, block, now.day),
        bits,
        _prompted(block, now.day, policy.schedule.start),
        has_cards=not 0 < same <= now.day,
    )


def _prompted(block: Block, day: int, start: int) -> Integers:
    """Give who is reminded today: once a week each, on a weekday of his own."""
    if day < start:
        return np.zeros(0, np.int64)
    mine = np.arange((day - block.first) % WEEK, len(block.some.need), WEEK)
    return mine[(block.dial.prompted[mine] > 0) & (day < block.dial.stops[mine])]
