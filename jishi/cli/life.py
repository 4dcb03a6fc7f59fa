"""A year of a town that does not exist, so that a new market's questions have something to show."""

from uuid import UUID

from jishi.evidence import has_gauges
from jishi.kernel import MARKET, Market, Refused
from jishi.town.simulations import StartSimulation, rules
from jishi.town.simulations.types import Tried

KEY = UUID("6a697368-6900-4b65-8000-6c6966650000")
"""The one key of the sample's life: asking for it twice is asking once."""

PEOPLE, DAYS, SEED = 40_000, 365, 1


async def begin_life(url: str) -> str:
    """Ask for a simulated year, which the pages' processes run beside them; say so."""
    if not has_gauges():
        return ""
    market = Market(url, is_working=False)
    await market.open()
    try:
        answer = await market.ask(
            StartSimulation(
                key=KEY, book=MARKET, actor_id=0, kind=rules.LIFE, people=PEOPLE, days=DAYS,
                seed=SEED, tried=Tried(),
            )
        )  # fmt: skip
        if isinstance(answer, Refused):
            return f"No simulated year was begun: {answer.reason}"
        return "A simulated year begins beside the market: /console/questions shows it soon."
    finally:
        await market.close()
