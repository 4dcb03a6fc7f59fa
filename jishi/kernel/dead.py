"""What was given up after many tries, and trying it again."""

from datetime import datetime

import msgspec

from jishi.kernel.sql import queries


class DeadTodo(msgspec.Struct, frozen=True):
    """A todo that was given up."""

    book: int
    number: int
    reaction: str
    tries: int
    trouble: str
    dead_at: datetime


class Revived(msgspec.Struct, frozen=True):
    """How many todos were given up, or are due again."""

    todos: int


sql = queries(__file__)
dead = sql.many("dead", DeadTodo)
revive = sql.one("revive", Revived)
dead_count = sql.one("dead_count", Revived)
