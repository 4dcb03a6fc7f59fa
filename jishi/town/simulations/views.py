"""The simulations there are. Read with `book=`."""

from datetime import datetime

import msgspec

from jishi.kernel import queries


class Simulation(msgspec.Struct, frozen=True):
    """A simulation; `ended_at` is none while it goes on, `result` what a rehearsal told."""

    simulation_id: int
    kind: str
    people: int
    days: int
    seed: int
    touches_week: int
    cards: int
    share_quota: int
    discount_percent: int
    asked_by: int
    started_at: datetime
    ended_at: datetime | None
    trouble: str
    result: str


sql = queries(__file__)
simulations = sql.many("simulations", Simulation)
