"""What WeChat's query says of a difference: asked after the day is written, noted once."""

import asyncio
from uuid import uuid4

import pytest

from jishi import money
from jishi.kernel import Refused, new_id
from tests.conftest import opened
from tests.money.at_wechat import (
    a_market,
    begun,
    calm,
    database_url,
    own,
    owner_url,
    paid,
    wechat,
)
from tests.money.billing import day_of, let_a_day_pass, line_of, yesterday
from tests.money.billing import paid as paid_here
from tests.money.late.scene import broken
from tests.shops import seed_shops
from tests.web.reader import count

__all__ = ["calm", "database_url", "own", "owner_url", "wechat"]
ANSWERS = "select count(*) from money.answers where book = $1"


@pytest.fixture
def book(owner_url: str) -> int:
    """Give a shop that no other test has."""
    found = new_id() >> 20
    asyncio.run(seed_shops(owner_url, found))
    return found


def note(book: int, number: int, state: str = "SUCCESS", **other: object) -> money.NoteAnswer:
    """Say what WeChat said."""
    given = {"key": uuid4(), "book": book, "actor_id": 0, "number": number, "position": 1,
             "state": state, "amount_fen": 5}  # fmt: skip
    return money.NoteAnswer(**(given | other))  # type: ignore[arg-type]  # named above


def test_wechat_is_asked_about_what_differs(
    database_url: str, owner_url: str, wechat: str, book: int
) -> None:
    async def scene() -> None:
        async with a_market(database_url, wechat) as market:
            done, unpaid = await paid(market, wechat, book), await begun(market, book)
            await let_a_day_pass(owner_url, book)
            lines = [
                line_of(done, amount_fen=done.amount_fen + 1), line_of(unpaid),
                line_of(done, out_number="of-another-system"),
                line_of(done, kind="refund", out_number=money.rules.out_refund_no(book, 77)),
            ]  # fmt: skip
            answer = await market.ask(day_of(book, yesterday(), *lines), wait=10)
            assert isinstance(answer, money.DayReconciled)
            found = await market.look(
                money.books.open_differences, book=book, number=0, position=0, differences_max=9
            )
            assert [(each.kind, each.said_state, each.said_fen) for each in found] == [
                ("amount", "SUCCESS", done.amount_fen),
                ("state", "NOTPAY", unpaid.amount_fen),
                ("only_theirs", "", None),
                ("only_theirs", "UNKNOWN", None),
            ]
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_an_answer_is_noted_once_beside_a_difference_that_is_there(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await paid_here(market, book)
            await let_a_day_pass(owner_url, book)
            await market.ask(day_of(book, yesterday(), line_of(attempt, fee_fen=9)))
            [found] = await market.look(
                money.books.open_differences, book=book, number=0, position=0, differences_max=9
            )
            for wrong in ({"state": ""}, {"state": "\x00"}, {"amount_fen": -1}):
                answer = await market.ask(note(book, found.number, **wrong))
                assert answer == Refused("answer_out_of_bounds")
            assert await market.ask(note(book, 1)) == Refused("difference_unknown")
            assert await count(owner_url, ANSWERS, book) == 0
            answers = await asyncio.gather(*(market.ask(note(book, found.number)) for _ in "123"))
            assert answers.count(Refused("answer_noted")) == len("12")
            assert money.AnswerNoted(subject_id=found.number, position=1) in answers
        assert await count(owner_url, ANSWERS, book) == 1

    asyncio.run(scene())
