"""A question's drawer: what the critic says, what answers it, how one knows, what was said when."""

import msgspec
from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi import objections
from jishi.kernel import MARKET
from jishi.objections import OBJECTIONS, Answer, Objection
from jishi.objections.rules import SIMULATED_LAKE
from jishi.objections.views import Past, Said
from jishi.pages.words import Words
from jishi.web.asked import NUMBER_MAX, Asked, house, language_of, number
from jishi.web.console.frame import show_console
from jishi.web.console.questions import words as lists
from jishi.web.console.questions.drawn import against_bars, plotted
from jishi.web.console.questions.said import in_order, number_said, of, plain, spoken
from jishi.web.console.questions.tiles import (
    PATH,
    RENEW_SECONDS,
    lake_of,
    latest,
    measuring_page,
    tabs,
)
from jishi.web.member import staff_of
from jishi.web.policy import staff

HISTORY = 20


class Deed(msgspec.Struct, frozen=True):
    """An act that answers the critic: what it is called, and its name in the code."""

    said: str
    name: str


class ArmRow(msgspec.Struct, frozen=True):
    """An arm in words: its units, and its means in the order of the columns."""

    name: str
    units: str
    means: tuple[str, ...]


@get(PATH + "/{question:str}", opt=staff("questions"))
async def question(request: Asked, question: FromPath[str]) -> Response[bytes]:
    """Show a question with all that is known of it, and its earlier verdicts a page at a time."""
    objection = OBJECTIONS.get(question)
    if objection is None:
        raise NotFoundException
    words, lake = house(request).engine.words[language_of(request)], lake_of(request)
    market = house(request).market
    found = {each.answer.question: each for each in await latest(request, lake)}
    past = await market.look(
        objections.views.history, book=MARKET, lake=lake, question=question,
        before=number(request.query_params.get("past", ""), NUMBER_MAX),
        verdicts_max=HISTORY + 1,
    )  # fmt: skip
    state = await market.look(objections.views.last_measuring, book=MARKET)
    path = f"{PATH}/{question}"
    of_lake = f"of={lake}&" if lake == SIMULATED_LAKE else ""
    page = {
        **objection_page(objection, words),
        **answer_page(found.get(question), objection, words),
        "path": path, "lake": lake,
        "tabs": [msgspec.structs.replace(each, path=each.path.replace(PATH, path))
                 for each in tabs(lake, words)],
        "past": [past_row(each, words) for each in past[:HISTORY]],
        "next": f"{path}?{of_lake}past={past[HISTORY - 1].recording}"
                if len(past) > HISTORY else "",
        "may_measure": "measure" in staff_of(request).permissions,
        **measuring_page(state, words),
    }  # fmt: skip
    shown = show_console(request, "console/questions/drawer.html", page)
    # Who looks at the past, or at a town, is not taken away from it.
    if page["is_measuring"] and not of_lake and "past" not in request.query_params:
        shown.headers["refresh"] = f"{RENEW_SECONDS};url={path}"
    return shown


def objection_page(objection: Objection, words: Words) -> dict[str, object]:
    """Give what is the same every day: the sentence, what answers it, how one knows."""
    known = lists.acts_said(words)
    return {
        "title": of(objection.title, words),
        "sentence": of(objection.sentence, words),
        "how": of(objection.how, words),
        "formula": of(objection.formula, words),
        "instrument": of(objection.instrument, words),
        "acts": [
            Deed(known.get(each.__name__, each.__name__), each.__name__) for each in objection.acts
        ],
    }


def answer_page(said: Said | None, objection: Objection, words: Words) -> dict[str, object]:
    """Give what the data say; nothing where they were not asked yet."""
    if said is None:
        return {"of": None, "said": None}
    answer = said.answer
    return {
        "of": spoken(answer, words), "said": said, "as_of": answer.as_of,
        "numbers": [number_said(each, objection, words) for each in in_order(answer)],
        "pictures": [
            (number_said(each, objection, words), against_bars(answer, each, words, "drawer"))
            for each in in_order(answer)
        ],
        "plot": plotted(answer, words),
        "plot_said": lists.axes_said(words).get(answer.plot.y, answer.plot.y),
        "columns": columns(answer, words), "arms": arm_rows(answer, words),
        "sample_ratio": f"{answer.sample_ratio:.3f}", "is_uneven": "uneven_arms" in answer.closed,
        "sql": answer.sql,
    }  # fmt: skip


def columns(answer: Answer, words: Words) -> list[str]:
    """Give the names of all the means that any arm has."""
    known = lists.means_said(words)
    return [known.get(each, each) for each in names(answer)]


def names(answer: Answer) -> list[str]:
    """Give the means that any arm has, in order."""
    return sorted({name for arm in answer.arms for name in arm.means})


def arm_rows(answer: Answer, words: Words) -> list[ArmRow]:
    """Give the arms as rows."""
    return [
        ArmRow(
            lists.arm_said(answer.question, arm.name, words), f"{arm.units:,}",
            tuple(plain(arm.means[each]) if each in arm.means else "—" for each in names(answer)),
        )
        for arm in answer.arms
    ]  # fmt: skip


def past_row(past: Past, words: Words) -> tuple[Past, str, str]:
    """Give an earlier verdict with its day and its words."""
    return past, str(past.said_on), lists.verdicts_said(words)[past.verdict]
