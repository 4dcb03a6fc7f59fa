"""Forgetting: the sums of every verdict stay as they were, and nobody who left is named."""

import asyncio
import random
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from jishi.evidence import NoteLeaver, folding, nightly
from jishi.evidence.recorder import Recorder
from jishi.gauges import operation, weight
from jishi.gauges.lake import at_folder
from jishi.gauges.spreads import Spread
from jishi.gauges.terms import Terms
from jishi.gauges.vocabulary import EXPERIMENTS
from jishi.gauges.windows import newest_day
from jishi.kernel import MARKET, Market, new_id
from tests.conftest import opened
from tests.evidence.test_expose import asked
from tests.evidence.test_recorder import seen
from tests.gauges.lakes import Pond

DAYS, FIRST = 220, 20_000
KINDS = (
    "order.pay", "order.refund", "article.open", "article.progress", "article.share", "share.open",
    "follow", "unfollow", "reject", "search.query", "page.view", "pay.start",
)  # fmt: skip
Sums = Mapping[str, Mapping[str, Spread]]


def a_pond(persons: list[int]) -> Pond:
    """Let everybody be in every experiment, and do a little of everything."""
    luck, pond = random.Random(5), Pond()
    for at, person in enumerate(persons):
        for each in EXPERIMENTS:
            for moment, day in zip(each.moments, (30, 90), strict=False):
                pond.assigned(each.name, each.arms[at % 2], person, FIRST + day, moment)
        for _ in range(60):
            pond.seen(
                luck.choice(KINDS), person, FIRST + luck.randrange(DAYS), session_id=person % 97,
                amount_fen=luck.randrange(9_000), quantity=luck.randrange(3), value=100.0,
                object_id=luck.randrange(900), entry=luck.choice(["share_friend", "direct"]),
                actor_id=luck.choice(persons), touch_id=7, share_id=8,
            )  # fmt: skip
        pond.sent(person, FIRST + 50)
    return pond


def spreads_of(folder: Path) -> Sums:
    """Ask every question that folds."""
    lake = at_folder(folder)
    newest = newest_day(lake)
    return {
        name: folding.spread(expression(lake, Terms(), newest))
        for name, expression in folding.UNITS.items()
    }


def added(one: Sums, other: Sums) -> Sums:
    """Add the forgotten to those who are left."""
    found: dict[str, dict[str, Spread]] = {name: dict(arms) for name, arms in one.items()}
    for name, arms in other.items():
        for arm, its in arms.items():
            known = found[name].get(arm)
            found[name][arm] = known + its if known else its
    return found


def as_numbers(sums: Sums) -> dict[str, float]:
    """Write sums out, one number each."""
    return {
        f"{name} {arm} {measure}": value
        for name, arms in sums.items()
        for arm, its in arms.items()
        for measure, value in {**its.totals, **its.products, "units": its.units}.items()
    }


async def note(market: Market, *persons: int) -> None:
    """Let these be erased."""
    for person in persons:
        await market.ask(NoteLeaver(key=uuid4(), book=MARKET, actor_id=person))


def test_the_sums_stay_and_the_names_go(database_url: str, owner_url: str, tmp_path: Path) -> None:
    persons = [new_id() for _ in range(24)]
    gone = persons[3:6]
    a_pond(persons).write(tmp_path)
    before, weighed, run = spreads_of(tmp_path), *whole(tmp_path)

    async def scene() -> tuple[list[int], Sums, Sums]:
        async with opened(database_url) as market:
            recorder = Recorder()
            recorder.open(market)
            for person in persons:
                recorder.note(seen(9, person))
                await market.ask(asked(person))
            await recorder.close()
            await note(market, *gone)
            counts = [await folding.forget(market, tmp_path, Terms())]
            once = await folding.folded(market)
            counts.append(await folding.forget(market, tmp_path, Terms()))
            return counts, once, await folding.folded(market)

    counts, once, twice = asyncio.run(scene())
    assert counts == [3, 0]
    assert once == twice
    left = spreads_of(tmp_path)
    assert len(as_numbers(before)) > 100
    assert as_numbers(added(left, once)) == pytest.approx(as_numbers(before))
    assert as_numbers(left) != pytest.approx(as_numbers(before))
    assert whole(tmp_path) == (weighed, run)
    assert named_in(tmp_path, gone) == 0 < named_in(tmp_path, persons[:3])
    assert asyncio.run(rows_naming(owner_url, gone)) == 0
    assert asyncio.run(rows_naming(owner_url, persons[:3])) == 6


def whole(folder: Path) -> tuple[object, object]:
    """Give what is counted without regard to persons."""
    lake = at_folder(folder)
    newest = newest_day(lake)
    weighed = weight.gather(lake, Terms(), newest)
    counted = (weighed.searches, weighed.empty, weighed.begun, weighed.paid, weighed.pages)
    return counted, operation.gather(lake, Terms(), newest)


def named_in(folder: Path, persons: list[int]) -> int:
    """Count the rows of the lake that name one of them."""
    return sum(
        row[column] in persons
        for table in at_folder(folder)
        for row in table.to_pyarrow().to_pylist()
        for column in ("person_id", "actor_id", "unit_id")
        if column in row
    )


async def rows_naming(owner_url: str, persons: list[int]) -> int:
    """Count the rows of the market's own tables that name one of them."""
    owner = await asyncpg.connect(owner_url)
    try:
        return int(await owner.fetchval(
            "select (select count(*) from evidence.seen where person_id = any($1))"
            " + (select count(*) from evidence.exposures where unit_id = any($1))", persons,
        ))  # fmt: skip
    finally:
        await owner.close()


def test_who_is_forgotten_before_the_files_were_written_anew_is_so_the_next_time(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    persons = [new_id() for _ in range(6)]
    a_pond(persons).write(tmp_path)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    async def scene() -> list[Sums]:
        async with opened(database_url) as market:
            await note(market, persons[0])
            with monkeypatch.context() as dying:
                dying.setattr(folding, "clean", die)
                with pytest.raises(KeyboardInterrupt):
                    await folding.forget(market, tmp_path, Terms())
            found = [await folding.folded(market)]
            await folding.forget(market, tmp_path, Terms())
            return [*found, await folding.folded(market)]

    first, second = asyncio.run(scene())
    assert first == second
    assert named_in(tmp_path, persons[:1]) == 0


def test_where_there_is_no_lake_who_left_is_forgotten_at_once(
    database_url: str, owner_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = new_id()
    monkeypatch.setenv("JISHI_HOME", str(tmp_path))
    monkeypatch.setattr(nightly, "has_gauges", lambda: False)

    async def scene() -> None:
        async with opened(database_url) as market:
            await market.ask(asked(person))
            await note(market, person)
            await nightly.nightly(market)

    asyncio.run(scene())
    assert asyncio.run(rows_naming(owner_url, [person])) == 0
