"""Leaving: who was erased and waits to be forgotten, and how the market's own tables do it."""

from uuid import uuid4

from jishi.evidence import views
from jishi.evidence.forget_leavers import LEAVERS_MAX, Folded, ForgetLeavers
from jishi.kernel import MARKET, Market, Refused, Tx, queries

sql = queries(__file__)
clear_origins = sql.run("clear_origins")


class NotForgotten(Exception):
    """The market refused to forget; carries its reason."""


async def leavers(market: Market) -> list[views.Leaver]:
    """Give who waits to be forgotten, and whoever was lately."""
    return await market.look(views.leavers, book=MARKET, leavers_max=LEAVERS_MAX)


async def forget(market: Market, person_ids: list[int], sums: tuple[Folded, ...]) -> None:
    """Forget these in the market's own tables; this is what they add up to."""
    if not person_ids:
        return
    for person_id in person_ids:
        await _clear(market, person_id)
    answer = await market.ask(
        ForgetLeavers(key=uuid4(), book=MARKET, actor_id=0, person_ids=tuple(person_ids), sums=sums)
    )
    if isinstance(answer, Refused):
        raise NotForgotten(answer.reason)


async def _clear(market: Market, person_id: int) -> None:
    """Let his orders name no visit: by its number one would find what he looked at."""
    orders = await market.look(views.own_orders, person=person_id, person_id=person_id)
    async with market.database.transaction() as connection:
        await clear_origins(
            Tx(connection), books=[each.of_book for each in orders],
            order_ids=[each.order_id for each in orders],
        )  # fmt: skip
