"""`jishi statement`: a shop's statements of account; one of them with its orders, as a file."""

import asyncio
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from jishi import goods
from jishi.cli.connection import HOME, database
from jishi.kernel import Market
from jishi.trade import statement as account
from jishi.trade.statement import StatementLine, StatementRow, yuan

SHOPS_MAX = 10_000
STATEMENTS_MAX = 60
LAST = 2**63 - 1


def statement(
    shop: str, number: int | None = None, *, csv: Path | None = None, home: Path = HOME
) -> None:
    """Show a shop's statements, the newest first; with a number, write its orders to a file.

    Parameters
    ----------
    shop
        The shop's public id.
    number
        Which statement: the number shown on the list.
    csv
        Where its lines are written; shown here when no file is named.
    home
        The data folder.
    """
    with database(home) as urls:
        found = asyncio.run(_read(urls.login, shop, number))
    if found is None:
        sys.exit(f"There is no shop {shop}.")
    stated, lines = found
    if number is None:
        _show(stated)
    elif not lines:
        sys.exit(f"The shop has no statement {number}.")
    elif csv is None:
        account.write_csv(sys.stdout, lines)
    else:
        # With its mark, so that spreadsheets know that it is UTF-8.
        with csv.open("w", encoding="utf-8-sig", newline="") as file:
            account.write_csv(file, lines)


def _show(stated: list[StatementRow]) -> None:
    table = Table("number", "until", "orders", "paid", "refunded", "WeChat", "market", "the shop's")
    for each in stated:
        amounts = (
            each.paid_fen, each.refunded_fen, each.fee_fen, each.commission_fen, each.net_fen
        )  # fmt: skip
        table.add_row(str(each.number), str(each.until), str(each.line_count), *map(yuan, amounts))
    Console(highlight=False).print(table if stated else "Nothing was stated yet.")


async def _read(
    url: str, shop: str, number: int | None
) -> tuple[list[StatementRow], list[StatementLine]] | None:
    market = Market(url, is_working=False)
    await market.open()
    try:
        shops = await market.look(goods.views.shops, shops_max=SHOPS_MAX)
        book = next((each.book for each in shops if each.shop == shop), 0)
        if not book:
            return None
        stated = await market.look(
            account.statements, book=book, before=LAST, statements_max=STATEMENTS_MAX
        )
        lines = await market.look(
            account.lines,
            book=book,
            of_number=number or 0,
            after=0,
            after_refund=0,
            lines_max=account.LINES_MAX,
        )
        return stated, lines
    finally:
        await market.close()
