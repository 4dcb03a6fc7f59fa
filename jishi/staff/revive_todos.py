"""Revive todos: what was given up after many tries is tried again."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import MARKET, Act, Event, Happened, Refused, Request, Tx
from jishi.kernel.dead import dead_count, revive


class ReviveTodos(Request, frozen=True, kw_only=True):
    """Everything that was given up, in every book; asked in the market's book.

    Refused: `wrong_book`, `nothing_given_up`.
    """


class TodosRevived(Event, frozen=True, kw_only=True):
    """The market's (`subject_id`) todos are due again; so many had been given up."""

    todos: int


class World(msgspec.Struct):
    """How many are given up."""

    todos: int


async def gather(tx: Tx, _asked: Sequence[ReviveTodos]) -> World:
    """Count them."""
    found = await dead_count(tx)
    return World(found.todos if found else 0)


def decide(world: World, asked: ReviveTodos) -> TodosRevived | Refused:
    """Accept when there are any."""
    if asked.book != MARKET:
        return Refused("wrong_book")
    if not world.todos:
        return Refused("nothing_given_up")
    todos, world.todos = world.todos, 0
    return TodosRevived(subject_id=MARKET, todos=todos)


async def record(tx: Tx, _happened: Sequence[Happened[ReviveTodos, TodosRevived]]) -> None:
    """Make them due."""
    await revive(tx)


revive_todos = Act(ReviveTodos, TodosRevived, gather, decide, record)
