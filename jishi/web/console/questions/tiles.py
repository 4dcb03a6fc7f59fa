"""The eight tiles: a number, a small plot, a verdict and an action each, with date and design."""

from datetime import UTC, datetime

import msgspec
from litestar import Response, get

from jishi import objections
from jishi.kernel import MARKET, Refused
from jishi.objections import Answer
from jishi.objections.rules import MARKET_LAKE, QUESTIONS, SIMULATED_LAKE, is_under_way
from jishi.objections.views import Measuring, Said, read
from jishi.pages.words import Words
from jishi.town import simulations
from jishi.town.simulations.views import Simulation
from jishi.web.answer import notice, status_of
from jishi.web.asked import NUMBER_MAX, Asked, house, language_of, number
from jishi.web.console.frame import Tab, show_console
from jishi.web.console.questions import words as lists
from jishi.web.console.questions.drawn import small
from jishi.web.console.questions.said import spoken
from jishi.web.member import staff_of
from jishi.web.policy import staff


class Life(msgspec.Struct, frozen=True):
    """A simulated life: whether it goes on, and why it told nothing."""

    of: Simulation
    is_running: bool
    trouble: str


PATH = "/console/questions"
RENEW_SECONDS = "4"
"""How often a page renews itself while the market is being measured."""


@get(PATH, opt=staff("questions"))
async def questions(request: Asked) -> Response[bytes]:
    """Show the eight answers of the market's own data, or of a simulation."""
    return await show_questions(request)


async def show_questions(asked: Asked, refused: Refused | None = None) -> Response[bytes]:
    """Show the tiles; after a refusal with the reason."""
    words = house(asked).engine.words[language_of(asked)]
    lake = lake_of(asked)
    said = await latest(asked, lake)
    state = await house(asked).market.look(objections.views.last_measuring, book=MARKET)
    life = await last_life(asked, words) if lake == SIMULATED_LAKE else None
    page = {
        "rows": [tile(each.answer, words) for each in said],
        "said": said[0] if said else None,
        "as_of": said[0].answer.as_of if said else "",
        "lake": lake,
        "tabs": tabs(lake, words),
        "tally": tally(said, words),
        "may_measure": "measure" in staff_of(asked).permissions,
        **measuring_page(state, words),
        "life": life,
        "notice": notice(asked, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    shown = show_console(asked, "console/questions/tiles.html", page, status=status)
    if page["is_measuring"] and lake == MARKET_LAKE:
        shown.headers["refresh"] = f"{RENEW_SECONDS};url={PATH}"
    if life and life.is_running:
        shown.headers["refresh"] = f"{RENEW_SECONDS};url={PATH}?of={SIMULATED_LAKE}"
    return shown


async def last_life(asked: Asked, words: Words) -> Life | None:
    """Give the simulated life that was asked for last, and how it stands."""
    found = await house(asked).market.look(
        simulations.views.simulations, book=MARKET, kind=simulations.rules.LIFE,
        before=NUMBER_MAX, simulations_max=1,
    )  # fmt: skip
    if not found:
        return None
    last = found[0]
    is_fresh = simulations.rules.is_under_way(last.started_at, datetime.now(UTC))
    is_running = last.ended_at is None and is_fresh
    trouble = last.trouble or ("failed" if last.ended_at is None and not is_fresh else "")
    return Life(last, is_running, trouble_said(trouble, words) if trouble else "")


async def latest(asked: Asked, lake: str) -> list[Said]:
    """Give what was said last of each question, in their order; nothing where nothing was said."""
    rows = await house(asked).market.look(
        objections.views.latest_rows, book=MARKET, lake=lake,
        before=number(asked.query_params.get("before", ""), NUMBER_MAX),
    )  # fmt: skip
    return sorted(map(read, rows), key=lambda each: QUESTIONS.index(each.answer.question))


def lake_of(asked: Asked) -> str:
    """Give which data are asked about."""
    is_simulated = asked.query_params.get("of") == SIMULATED_LAKE
    return SIMULATED_LAKE if is_simulated else MARKET_LAKE


def tabs(lake: str, words: Words) -> list[Tab]:
    """Give the two kinds of data, never on one page."""
    _ = words.say
    return [
        Tab(PATH, _("本市场的数据"), lake == MARKET_LAKE),
        Tab(f"{PATH}?of={SIMULATED_LAKE}", _("模拟"), lake == SIMULATED_LAKE),
    ]


def tile(answer: Answer, words: Words) -> dict[str, object]:
    """Give what a tile shows."""
    return {"of": spoken(answer, words), "plot": small(answer, words)}


def tally(said: list[Said], words: Words) -> list[tuple[str, str, int]]:
    """Count the verdicts."""
    found = [each.answer.verdict for each in said]
    return [
        (kind, name, found.count(kind))
        for kind, name in lists.verdicts_said(words).items()
    ]  # fmt: skip


def measuring_page(state: Measuring | None, words: Words) -> dict[str, object]:
    """Say whether the market is being measured, or why the last measuring brought nothing."""
    is_going_on = is_measuring(state)
    # A measuring that neither ended nor goes on was cut off with the process that ran it.
    is_cut_off = state is not None and state.ended_at is None and not is_going_on
    trouble = "failed" if is_cut_off else state.trouble if state else ""
    return {
        "is_measuring": is_going_on,
        "measured_since": state.asked_at if state else None,
        "trouble": trouble_said(trouble, words) if trouble else "",
    }


def is_measuring(state: Measuring | None) -> bool:
    """Tell whether a measuring goes on."""
    return (
        state is not None
        and state.ended_at is None
        and is_under_way(state.asked_at, datetime.now(UTC))
    )


def trouble_said(trouble: str, words: Words) -> str:
    """Say why a measuring brought nothing."""
    return lists.troubles_said(words)[trouble].format(
        minutes=objections.rules.MEASURING_MINUTES_MAX
    )
