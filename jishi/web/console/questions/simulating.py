"""Simulated lives: made here on a wish, asked the eight questions, removed without a trace."""

from datetime import UTC, datetime
from uuid import uuid4

from litestar import Response, post
from litestar.params import FromPath

from jishi.kernel import MARKET, Refused
from jishi.town.simulations import RemoveSimulation, StartSimulation, Tried, rules
from jishi.town.simulations.views import Simulation
from jishi.web.answer import go_to
from jishi.web.asked import NUMBER_MAX, Asked, house, language_of
from jishi.web.console.frame import done
from jishi.web.console.questions.tiles import PATH, show_questions
from jishi.web.member import staff_of
from jishi.web.policy import staff

SIMULATED = f"{PATH}?of=simulated"
LIFE_PEOPLE, LIFE_DAYS, SEED = 20_000, 365, 1


def is_running(simulation: Simulation) -> bool:
    """Tell whether a simulation goes on."""
    is_fresh = rules.is_under_way(simulation.started_at, datetime.now(UTC))
    return simulation.ended_at is None and is_fresh


@post(f"{PATH}/lives", opt=staff("measure"), status_code=303)
async def live(request: Asked) -> Response[bytes]:
    """Let a town live for a year, and ask it the eight questions."""
    answer = await house(request).market.ask(
        StartSimulation(
            key=uuid4(), book=MARKET, actor_id=staff_of(request).staff_id, kind=rules.LIFE,
            people=LIFE_PEOPLE, days=LIFE_DAYS, seed=SEED, tried=Tried(),
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        return await show_questions(request, answer)
    return go_to(SIMULATED)


@post(PATH + "/simulations/{number:int}/removal", opt=staff("measure"), status_code=303)
async def remove(request: Asked, number: FromPath[int]) -> Response[bytes]:
    """Remove a simulation, with all that was said of it and its files."""
    answer = await house(request).market.ask(
        RemoveSimulation(
            key=uuid4(), book=MARKET, actor_id=staff_of(request).staff_id,
            simulation_id=min(number, NUMBER_MAX),
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        return await show_questions(request, answer)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, SIMULATED, _("模拟已删除，连同它的回答和文件。"))
