"""A shop's account: what is held, what was settled, and its statements with their orders."""

import io

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi import money
from jishi.trade import statement as account_of
from jishi.trade.statement import StatementLine, StatementRow
from jishi.web.asked import NUMBER_MAX, Asked, house, language_of, number
from jishi.web.console.finance.said import ACCOUNT, tabs
from jishi.web.console.frame import show_console
from jishi.web.console.goods.files import download
from jishi.web.member import staff_of
from jishi.web.policy import staff

ROWS = 24
LINES = 100


@get(ACCOUNT, opt=staff("finance"))
async def account(request: Asked) -> Response[bytes]:
    """Show what is held and the statements, the newest first."""
    book, market = staff_of(request).book, house(request).market
    held = await market.look(money.books.holdings, book=book)
    assert held is not None
    found = await market.look(
        account_of.statements, book=book, statements_max=ROWS + 1,
        before=number(request.query_params.get("before", ""), NUMBER_MAX),
    )  # fmt: skip
    shown = found[:ROWS]
    words = house(request).engine.words[language_of(request)]
    page = {
        "held": held,
        "rows": shown,
        "tabs": tabs(ACCOUNT, held.open_differences, words),
        "next": f"{ACCOUNT}?before={shown[-1].number}" if len(found) > ROWS else "",
    }
    return show_console(request, "console/finance/account.html", page)


async def stated(asked: Asked, wanted: int) -> StatementRow:
    """Give a statement of the member's shop. Raises NotFoundException."""
    found = await house(asked).market.look(
        account_of.statements, book=staff_of(asked).book, before=wanted + 1, statements_max=1
    )
    if not found or found[0].number != wanted:
        raise NotFoundException
    return found[0]


@get("/console/finance/statements/{statement:int}", opt=staff("finance"))
async def statement(request: Asked, statement: FromPath[int]) -> Response[bytes]:
    """Show a statement with its orders, a page at a time."""
    known = await stated(request, min(statement, NUMBER_MAX - 1))
    found = await house(request).market.look(
        account_of.lines, book=staff_of(request).book, of_number=known.number,
        after=number(request.query_params.get("after", ""), 0),
        after_refund=number(request.query_params.get("refund", ""), 0), lines_max=LINES + 1,
    )  # fmt: skip
    shown, path = found[:LINES], f"/console/finance/statements/{known.number}"
    page = {
        "statement": known,
        "rows": shown,
        "path": path,
        "next": next_page(path, shown[-1]) if len(found) > LINES else "",
    }
    return show_console(request, "console/finance/statement.html", page)


def next_page(path: str, last: StatementLine) -> str:
    """Give the address of the lines after this one."""
    return f"{path}?after={last.order_id}&refund={last.refund_id}"


@get("/console/finance/statements/{statement:int}/orders.csv", opt=staff("finance"))
async def statement_file(request: Asked, statement: FromPath[int]) -> Response[bytes]:
    """Give a statement with all its orders as a file that spreadsheets open."""
    known = await stated(request, min(statement, NUMBER_MAX - 1))
    lines = await house(request).market.look(
        account_of.lines, book=staff_of(request).book, of_number=known.number, after=0,
        after_refund=0, lines_max=account_of.LINES_MAX,
    )  # fmt: skip
    file = io.StringIO(newline="")
    account_of.write_csv(file, lines)
    # With its mark, so that spreadsheets know that it is UTF-8.
    body = file.getvalue().encode("utf-8-sig")
    return download(body, f"statement-{known.until}.csv", "text/csv; charset=utf-8")
