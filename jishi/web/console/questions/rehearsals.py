"""Rehearsals: four dials, tried on towns that do not exist before people are touched."""

from uuid import uuid4

import msgspec
from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi.kernel import MARKET, Refused
from jishi.pages.words import Words
from jishi.town.simulations import StartSimulation, Tried, rules, views
from jishi.town.simulations.views import Simulation
from jishi.web.answer import go_to, notice, status_of
from jishi.web.asked import NUMBER_MAX, Asked, house, language_of, number, text
from jishi.web.console.frame import show_console
from jishi.web.console.questions import fans
from jishi.web.console.questions.simulating import is_running
from jishi.web.console.questions.tiles import PATH, RENEW_SECONDS, trouble_said
from jishi.web.member import staff_of
from jishi.web.policy import staff

REHEARSALS = f"{PATH}/rehearsals"
ROWS, YEAR, SEED = 20, 365, 1
PEOPLE = 4_000
"""So many live in each of a rehearsal's towns: a few seconds a world."""


class Dial(msgspec.Struct, frozen=True):
    """A dial of the form: its field, its words, where it stands, how far it turns."""

    name: str
    said: str
    value: int
    most: int


@get(REHEARSALS, opt=staff("measure"))
async def rehearsals(request: Asked) -> Response[bytes]:
    """Show the dials, and what was rehearsed, the newest first."""
    return await show_rehearsals(request, Tried())


async def show_rehearsals(
    asked: Asked, tried: Tried, refused: Refused | None = None
) -> Response[bytes]:
    """Show the form and the list; after a refusal with the reason and what was filled in."""
    words = house(asked).engine.words[language_of(asked)]
    found = await house(asked).market.look(
        views.simulations, book=MARKET, kind=rules.REHEARSAL, simulations_max=ROWS + 1,
        before=number(asked.query_params.get("before", ""), NUMBER_MAX),
    )  # fmt: skip
    shown = found[:ROWS]
    page = {
        "lake": "simulated",
        "dials": dials(tried, words),
        "rows": [(each, state(each, words)) for each in shown],
        "is_measuring": any(map(is_running, shown)),
        "next": f"{REHEARSALS}?before={shown[-1].simulation_id}" if len(found) > ROWS else "",
        "notice": notice(asked, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    return renewing(
        show_console(asked, "console/questions/rehearsals.html", page, status=status),
        REHEARSALS, is_renewed=bool(page["is_measuring"]),
    )  # fmt: skip


def renewing(shown: Response[bytes], path: str, *, is_renewed: bool) -> Response[bytes]:
    """Let a page renew itself, if it waits for something."""
    if is_renewed:
        shown.headers["refresh"] = f"{RENEW_SECONDS};url={path}"
    return shown


def dials(tried: Tried, words: Words) -> list[Dial]:
    """Give the dials as they stand."""
    _ = words.say
    said = {
        "touches_week": _("每人每周触达"), "cards": _("每篇文章的卡片"),
        "share_quota": _("每位分享者每周分享"), "discount_percent": _("海报优惠（%）"),
    }  # fmt: skip
    return [
        Dial(name, said[name], getattr(tried, name), most)
        for name, most in rules.DIALS_MAX.items()
    ]  # fmt: skip


def state(simulation: Simulation, words: Words) -> str:
    """Say how a rehearsal stands."""
    _ = words.say
    if is_running(simulation):
        return _("正在推演")
    if simulation.ended_at is None:
        return _("没有跑完")
    return trouble_said(simulation.trouble, words) if simulation.trouble else _("看结果")


@post(REHEARSALS, opt=staff("measure"), status_code=303)
async def rehearse(request: Asked) -> Response[bytes]:
    """Try the dials; the list says since when, and renews itself."""
    form = await request.form()
    tried = Tried(**{
        name: min(number(text(form, name), -1), 10**6) for name in rules.DIALS_MAX
    })  # fmt: skip
    answer = await house(request).market.ask(
        StartSimulation(
            key=uuid4(), book=MARKET, actor_id=staff_of(request).staff_id, kind=rules.REHEARSAL,
            people=PEOPLE, days=YEAR, seed=SEED, tried=tried,
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        return await show_rehearsals(request, tried, answer)
    return go_to(REHEARSALS)


@get(REHEARSALS + "/{number:int}", opt=staff("measure"))
async def rehearsal(request: Asked, number: FromPath[int]) -> Response[bytes]:
    """Show what a rehearsal told: the first month, the year, and what becomes of the eight."""
    found = await house(request).market.look(
        views.simulations, book=MARKET, kind=rules.REHEARSAL,
        before=min(number, NUMBER_MAX - 1) + 1, simulations_max=1,
    )  # fmt: skip
    if not found or found[0].simulation_id != number:
        raise NotFoundException
    words = house(request).engine.words[language_of(request)]
    told = rules.read(found[0].result)
    tried = Tried(
        touches_week=found[0].touches_week, cards=found[0].cards,
        share_quota=found[0].share_quota, discount_percent=found[0].discount_percent,
    )  # fmt: skip
    now = dials(Tried(), words)
    page = {
        "lake": "simulated", "is_measuring": False, "number": number,
        "dials": list(zip(dials(tried, words), now, strict=True)),
        "state": state(found[0], words), "told": told,
        **(fans.of_rehearsal(told, words) if told else {}),
    }  # fmt: skip
    return renewing(
        show_console(request, "console/questions/rehearsal.html", page),
        f"{REHEARSALS}/{number}", is_renewed=is_running(found[0]),
    )  # fmt: skip
