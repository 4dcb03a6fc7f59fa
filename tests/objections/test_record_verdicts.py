"""Recording verdicts: eight answers of one lake, kept with their day; what was said stays."""

import asyncio
from datetime import date

import asyncpg
import pytest
from msgspec.structs import replace

from jishi import objections
from jishi.kernel import MARKET, Market, Refused
from jishi.objections.record_verdicts import decide
from jishi.objections.views import SaidRow, history, latest_rows, read
from tests.conftest import opened
from tests.objections.scene import HABIT, eight, simulated, start, verdicts
from tests.web.reader import change, count

FIRST_PAGE = 2**63 - 1
END = (
    "insert into objections.measuring_ends (book, measuring, trouble, ended_at) select book,"
    " measuring, 'failed', now() from objections.measurings on conflict do nothing"
)


async def latest(market: Market, lake: str) -> list[SaidRow]:
    return await market.look(latest_rows, book=MARKET, lake=lake, before=FIRST_PAGE)


def test_what_is_recorded_is_read_again_as_it_was(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            answer = await market.ask(verdicts())
            assert isinstance(answer, objections.VerdictsRecorded)
            assert answer.verdicts == tuple(each.verdict for each in eight())
            rows = await latest(market, "market")
            said = {row.question: read(row) for row in rows}
            assert [said[each.question].answer for each in eight()] == list(eight())
            assert {each.recorded_by for each in rows} == {7}
            assert {each.simulation_id for each in rows} == {0}

    asyncio.run(scene())


def test_the_verdicts_of_a_question_are_kept_in_order(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            for day in ("2026-11-21", "2026-11-22"):
                await market.ask(verdicts(answers=eight(as_of=day)))
            past = await market.look(
                history, book=MARKET, lake="market", question="habit", before=FIRST_PAGE,
                verdicts_max=2,
            )  # fmt: skip
            assert [each.said_on for each in past] == [date(2026, 11, 22), date(2026, 11, 21)]
            earlier = await market.look(
                history, book=MARKET, lake="market", question="habit",
                before=past[0].recording, verdicts_max=1,
            )  # fmt: skip
            assert earlier == past[1:]

    asyncio.run(scene())


def test_a_simulation_never_stands_among_the_markets_answers(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            await market.ask(verdicts())
            before = await latest(market, "market")
            await market.ask(simulated())
            assert await latest(market, "market") == before
            assert all(read(row).answer.is_simulated for row in await latest(market, "simulated"))

    asyncio.run(scene())


MANY = objections.Measure("persistence", float("inf"), None, None, "ratio", None, None)
REFUSALS = [
    (verdicts(book=2), "wrong_book"),
    (verdicts(lake="town"), "verdicts_out_of_bounds"),
    (verdicts(lake="simulated", simulation_id=5), "verdicts_out_of_bounds"),
    (verdicts(simulation_id=5), "verdicts_out_of_bounds"),
    (verdicts(simulation_id=-1), "verdicts_out_of_bounds"),
    (simulated(0), "verdicts_out_of_bounds"),
    (simulated(-1), "verdicts_out_of_bounds"),
    (verdicts(answers=eight()[:7]), "verdicts_out_of_bounds"),
    (verdicts(answers=eight()[::-1]), "verdicts_out_of_bounds"),
    (verdicts(answers=eight(as_of="yesterday")), "verdicts_out_of_bounds"),
    (verdicts(answers=eight(verdict="green")), "verdicts_out_of_bounds"),
    (verdicts(answers=eight(measures=(MANY,))), "verdicts_out_of_bounds"),
    (verdicts(answers=eight(sample_ratio=float("nan"))), "verdicts_out_of_bounds"),
    (verdicts(answers=eight(sql="x" * 131_072)), "verdicts_out_of_bounds"),
    (verdicts(measuring=9), "measuring_ended"),
]


@pytest.mark.parametrize(("asked", "reason"), REFUSALS)
def test_what_cannot_be_kept_is_refused(asked: objections.RecordVerdicts, reason: str) -> None:
    assert decide(set(), asked) == Refused(reason)


def test_a_measuring_is_answered_once() -> None:
    world = {9}
    assert isinstance(decide(world, verdicts(measuring=9)), objections.VerdictsRecorded)
    assert decide(world, verdicts(measuring=9)) == Refused("measuring_ended")


def test_what_waited_is_ended_by_its_answers(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            await market.ask(start())
            waited = await market.look(objections.views.last_measuring, book=MARKET)
            assert waited is not None
            assert waited.ended_at is None
            await market.ask(verdicts(measuring=waited.measuring))
            ended = await market.look(objections.views.last_measuring, book=MARKET)
            assert ended is not None
            assert ended.ended_at is not None
            assert ended.trouble == ""

    clear(owner_url)
    asyncio.run(scene())


def clear(owner_url: str) -> None:
    """Let no measuring of another test be under way."""
    asyncio.run(change(owner_url, (END, [])))


@pytest.mark.parametrize(
    "edit",
    [
        "update objections.answers set verdict = 'refuted' where lake = 'market'",
        "delete from objections.answers where lake = 'market'",
        "update objections.answers set verdict = 'refuted' where lake = 'simulated'",
    ],
)
def test_what_was_said_is_not_edited(database_url: str, owner_url: str, edit: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            await market.ask(verdicts())
            await market.ask(simulated())

    asyncio.run(scene())
    with pytest.raises(asyncpg.PostgresError, match="change"):
        asyncio.run(change(owner_url, (edit, [])))


def test_what_was_said_of_a_simulation_may_go(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            await market.ask(simulated(77))

    asyncio.run(scene())
    of_it = "select count(*) from objections.answers where simulation_id = $1"
    assert asyncio.run(count(owner_url, of_it, 77)) == 8
    gone = "delete from objections.answers where simulation_id = 77"
    asyncio.run(change(owner_url, (gone, [])))
    assert asyncio.run(count(owner_url, of_it, 77)) == 0


def test_an_odd_letter_is_kept_as_it_is(database_url: str) -> None:
    odd = (replace(HABIT, sql="a\x00b 茶 🍵"), *eight()[1:])

    async def scene() -> None:
        async with opened(database_url) as market:
            await market.ask(verdicts(answers=odd))
            rows = {row.question: read(row) for row in await latest(market, "market")}
            assert rows["habit"].answer.sql == "a\x00b 茶 🍵"

    asyncio.run(scene())
