"""Simulations as they are asked for, and what a rehearsal tells."""

from typing import Any
from uuid import uuid4

import msgspec

from jishi.kernel import MARKET
from jishi.objections.rules import QUESTIONS
from jishi.town.simulations import (
    Band,
    EndSimulation,
    Move,
    RemoveSimulation,
    StartSimulation,
    Told,
    Tried,
)

BANDS = tuple(Band(-0.12 + n / 40, -0.08 + n / 40, -0.05 + n / 40) for n in range(12))
TOLD = Told(
    people=4_000,
    worlds=8,
    months={"orders": BANDS, "opens": BANDS, "unfollows": BANDS},
    first_month={"orders": BANDS[0], "opens": BANDS[1], "unfollows": BANDS[2]},
    year={"orders": BANDS[9], "opens": BANDS[8], "unfollows": BANDS[0]},
    moves=tuple(
        Move(each, "orders" if number < 6 else "", "more" if number % 2 else "less",
             BANDS[(0, 4, 9)[number % 3]] if number < 6 else None)
        for number, each in enumerate(QUESTIONS)
    ),
)  # fmt: skip
RESULT = msgspec.json.encode(TOLD).decode()


def ask(**change: Any) -> StartSimulation:
    """Ask for a rehearsal."""
    asked: dict[str, Any] = {
        "key": uuid4(), "book": MARKET, "actor_id": 7, "kind": "rehearsal", "people": 4_000,
        "days": 365, "seed": 1, "tried": Tried(touches_week=5),
    }  # fmt: skip
    return StartSimulation(**(asked | change))


def end(simulation_id: int, **change: Any) -> EndSimulation:
    """Ask to end one."""
    asked: dict[str, Any] = {
        "key": uuid4(), "book": MARKET, "actor_id": 0, "trouble": "", "result": RESULT,
    }  # fmt: skip
    return EndSimulation(simulation_id=simulation_id, **(asked | change))


def remove(simulation_id: int, **change: Any) -> RemoveSimulation:
    """Ask to remove one."""
    asked: dict[str, Any] = {"key": uuid4(), "book": MARKET, "actor_id": 7}
    return RemoveSimulation(simulation_id=simulation_id, **(asked | change))
