"""The days that were compared with WeChat's bills; each with what moved, which sums to zero."""

from datetime import date, timedelta

import msgspec
from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi import money
from jishi.money.books.views import BilledDay, Movement
from jishi.web.asked import Asked, house, language_of
from jishi.web.console.finance.said import DAYS, accounts_said, tabs
from jishi.web.console.frame import show_console
from jishi.web.member import staff_of
from jishi.web.policy import staff

ROWS = 31
LAST = date(9999, 1, 1)


class Moved(msgspec.Struct, frozen=True):
    """A line of a day's report: a kind of account, what came, what went, what that makes."""

    said: str
    came_fen: int
    went_fen: int
    net_fen: int


@get(DAYS, opt=staff("finance"))
async def days(request: Asked) -> Response[bytes]:
    """Show the days, the newest first."""
    book, market = staff_of(request).book, house(request).market
    held = await market.look(money.books.holdings, book=book)
    assert held is not None
    before = day_of(request.query_params.get("before", "")) or LAST
    found = await market.look(money.books.days, book=book, before=before, days_max=ROWS + 1)
    shown = found[:ROWS]
    words = house(request).engine.words[language_of(request)]
    page = {
        "rows": [(each, str(each.day)) for each in shown],
        "tabs": tabs(DAYS, held.open_differences, words),
        "next": f"{DAYS}?before={shown[-1].day}" if len(found) > ROWS else "",
    }
    return show_console(request, "console/finance/days.html", page)


def day_of(typed: str) -> date | None:
    """Read a day as an address has it; none where it is none, or beyond any calendar."""
    try:
        found = date.fromisoformat(typed[:10])
    except ValueError:
        return None
    return found if date(2000, 1, 1) <= found < LAST else None


@get("/console/finance/days/{day:str}", opt=staff("finance"))
async def day(request: Asked, day: FromPath[str]) -> Response[bytes]:
    """Show a day's report: by kind of account what came and went, and what the bill says."""
    wanted = day_of(day)
    if wanted is None:
        raise NotFoundException
    book, market = staff_of(request).book, house(request).market
    moved = await market.look(money.books.movements, book=book, day=wanted)
    compared = await market.look(money.books.day_compared, book=book, day=wanted)
    words = house(request).engine.words[language_of(request)]
    page = {
        "day": str(wanted), "earlier": str(wanted - timedelta(days=1)),
        "later": str(wanted + timedelta(days=1)), **report(moved, compared),
        "rows": [line_of(each, accounts_said(words)[each.kind]) for each in moved],
    }  # fmt: skip
    return show_console(request, "console/finance/day.html", page)


def line_of(moved: Movement, said: str) -> Moved:
    """Give a line of the report."""
    return Moved(said, moved.came_fen, moved.went_fen, moved.came_fen - moved.went_fen)


def report(moved: list[Movement], compared: BilledDay | None) -> dict[str, object]:
    """Give the sums: all together nothing; of the outside world what was paid and given back."""
    world = next((each for each in moved if each.kind == "wechat"), Movement("wechat", 0, 0))
    return {
        "came_fen": sum(each.came_fen for each in moved),
        "went_fen": sum(each.went_fen for each in moved),
        "net_fen": sum(each.came_fen - each.went_fen for each in moved),
        "paid_fen": world.went_fen, "refunded_fen": world.came_fen, "compared": compared,
    }  # fmt: skip
