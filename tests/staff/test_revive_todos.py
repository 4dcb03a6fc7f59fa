"""What was given up is tried again, by somebody, and that is on record."""

import asyncio

from jishi import staff
from jishi.kernel import MARKET, Refused
from tests.conftest import opened
from tests.staff.scene import ask
from tests.web.reader import change, count

DEAD = "select count(*) from kernel.todos where book = $1 and dead_at is not null"
GIVE_UP = (
    "insert into kernel.todos (book, number, reaction, event_at, due_at, tries, trouble, dead_at)"
    " values ($1, 1, 'probe', now(), now(), 9, 'no answer', now())"
)
CLEAR = "delete from kernel.todos where book = $1 and reaction = 'probe'"


def test_all_are_due_again_and_it_is_known_who_did_it(
    database_url: str, owner_url: str, shop: int
) -> None:
    async def scene() -> None:
        await change(owner_url, (GIVE_UP, [shop]))
        async with opened(database_url) as market:
            elsewhere = await market.ask(ask(staff.ReviveTodos, book=shop))
            assert elsewhere == Refused("wrong_book")
            answer = await market.ask(ask(staff.ReviveTodos, actor_id=5))
            assert isinstance(answer, staff.TodosRevived)
            assert (answer.subject_id, answer.todos >= 1) == (MARKET, True)
            assert await count(owner_url, DEAD, shop) == 0
            again = await market.ask(ask(staff.ReviveTodos, actor_id=5))
            assert again == Refused("nothing_given_up")
        await change(owner_url, (CLEAR, [shop]))

    asyncio.run(scene())
