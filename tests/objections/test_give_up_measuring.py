"""Giving a measuring up: once, for a known reason."""

import asyncio

import pytest

from jishi import objections
from jishi.kernel import MARKET, Refused
from jishi.objections.give_up_measuring import decide
from jishi.objections.views import last_measuring
from tests.conftest import opened
from tests.objections.scene import give_up, start, verdicts
from tests.objections.test_record_verdicts import clear


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (give_up(9, book=2), "wrong_book"),
        (give_up(9, trouble="tired"), "trouble_unknown"),
        (give_up(9, trouble=""), "trouble_unknown"),
        (give_up(8), "measuring_ended"),
    ],
)
def test_what_is_refused(asked: objections.GiveUpMeasuring, reason: str) -> None:
    assert decide({9}, asked) == Refused(reason)


def test_it_is_given_up_once_and_says_why(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            await market.ask(start())
            found = await market.look(last_measuring, book=MARKET)
            assert found is not None
            asked = give_up(found.measuring, trouble="extra_missing")
            answer = await market.ask(asked)
            assert answer == objections.MeasuringGivenUp(
                subject_id=found.measuring, trouble="extra_missing"
            )
            ended = await market.look(last_measuring, book=MARKET)
            assert ended is not None
            assert ended.trouble == "extra_missing"
            assert await market.ask(give_up(found.measuring)) == Refused("measuring_ended")
            late = verdicts(measuring=found.measuring)
            assert await market.ask(late) == Refused("measuring_ended")

    clear(owner_url)
    asyncio.run(scene())
