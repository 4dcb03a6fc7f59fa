"""Where a bill and the ledger disagree: worked off by persons, the oldest first."""

from uuid import uuid4

import msgspec
from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi import money, staff
from jishi.kernel import MARKET, Refused
from jishi.money.books.views import DifferenceRow, EndedDifference
from jishi.money.explain_difference import ALONE_FEN_MAX, NOTE_CHARACTERS_MAX
from jishi.pages.words import Words
from jishi.web.answer import notice, status_of
from jishi.web.asked import NUMBER_MAX, Asked, house, key_of, language_of, number, text
from jishi.web.console.finance.said import (
    DIFFERENCES,
    answers_said,
    differences_said,
    endings_said,
    tabs,
)
from jishi.web.console.frame import done, show_console
from jishi.web.member import staff_of
from jishi.web.policy import staff as of_staff

ROWS = 30
POSITION_MAX = 2**31 - 1
MEMBERS_MAX = 400


class Row(msgspec.Struct, frozen=True):
    """A difference in the reader's words."""

    of: DifferenceRow
    said: str
    ended: str
    who: str
    day: str
    is_large: bool
    is_flow: bool
    answer: str


@get(DIFFERENCES, opt=of_staff("finance"))
async def differences(request: Asked) -> Response[bytes]:
    """Show what is open, or how what was open ended."""
    return await show_differences(request)


async def show_differences(asked: Asked, refused: Refused | None = None) -> Response[bytes]:
    """Show the list; after a refusal with the reason."""
    book, market, query = staff_of(asked).book, house(asked).market, asked.query_params
    words = house(asked).engine.words[language_of(asked)]
    is_ended = query.get("of") == "ended"
    held = await market.look(money.books.holdings, book=book)
    assert held is not None
    found = await listed(asked, is_ended=is_ended)
    shown = found[:ROWS]
    known = await market.look(
        staff.audit.doers, book=MARKET, workplaces=[book, MARKET], members_max=MEMBERS_MAX
    )
    names = {each.staff_id: each.name for each in known}
    kinds = differences_said(words)
    last = shown[-1] if len(found) > ROWS else None
    of = "of=ended&" if is_ended else ""
    page = {
        "rows": [
            Row(
                each, kinds[each.kind], ended_said(each, words), names.get(each.actor_id, ""),
                str(each.day), stake_of(each) > ALONE_FEN_MAX, each.kind.startswith("flow_"),
                answers_said(words).get(each.said_state, each.said_state),
            )
            for each in shown
        ],
        "is_ended": is_ended, "key": str(uuid4()), "characters_max": NOTE_CHARACTERS_MAX,
        "alone_fen": ALONE_FEN_MAX,
        "tabs": tabs(DIFFERENCES, held.open_differences, words),
        "next": f"{DIFFERENCES}?{of}number={last.number}&position={last.position}" if last else "",
        "notice": notice(asked, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    return show_console(asked, "console/finance/differences.html", page, status=status)


async def listed(asked: Asked, *, is_ended: bool) -> list[DifferenceRow]:
    """Read the page that is asked for, and whether there is one after it."""
    query, market = asked.query_params, house(asked).market
    page_of = {
        "book": staff_of(asked).book, "differences_max": ROWS + 1,
        "number": number(query.get("number", ""), NUMBER_MAX if is_ended else 0),
        "position": min(number(query.get("position", ""), 0), POSITION_MAX),
    }  # fmt: skip
    if is_ended:
        ended = await market.look(money.books.ended_differences, **page_of)
        return list[DifferenceRow](ended)
    return await market.look(money.books.open_differences, **page_of)


def ended_said(row: DifferenceRow, words: Words) -> str:
    """Say how a difference ended; nothing while it is open."""
    return endings_said(words)[row.how] if isinstance(row, EndedDifference) else ""


def stake_of(row: DifferenceRow) -> int:
    """Give what a difference is about, in fen."""
    return abs((row.ours_fen or 0) - (row.theirs_fen or 0))


@post(
    "/console/finance/differences/{number:int}/{position:int}", opt=of_staff("finance"),
    status_code=303,
)  # fmt: skip
async def explain(
    request: Asked, number: FromPath[int], position: FromPath[int]
) -> Response[bytes]:
    """Take a member's word for why it is none; a large one needs a second member's."""
    form, member, market = await request.form(), staff_of(request), house(request).market
    named = {"number": min(number, NUMBER_MAX), "position": min(position, POSITION_MAX)}
    if await market.look(money.books.difference_known, book=member.book, **named) is None:
        raise NotFoundException
    answer = await market.ask(
        money.ExplainDifference(
            key=key_of(form), book=member.book, actor_id=member.staff_id,
            note=text(form, "note").strip(), **named,
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        return await show_differences(request, answer)
    _ = house(request).engine.words[language_of(request)].say
    is_ended = isinstance(answer, money.DifferenceExplained) and answer.is_ended
    said = _("已核实，这一笔结束了。") if is_ended else _("已记下，还要另一个人核实。")
    return done(request, DIFFERENCES, said)
