"""`jishi reconcile`: compare WeChat's bill of a day with the ledger, now."""

import asyncio
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from jishi import money
from jishi.cli.connection import HOME, database
from jishi.kernel import Answer, Market, Refused
from jishi.kernel.secret import read_secret
from jishi.money import reconcile_rules
from jishi.ports.wechat.failures import WechatFailure


def reconcile(day: date | None = None, *, home: Path = HOME) -> None:
    """Fetch a day's bill and compare every shop with it; ends with 1 when something differs.

    Parameters
    ----------
    day
        China's day, as 2026-11-22; the newest whose bill is there when none is given.
    home
        The data folder.
    """
    chosen = day or reconcile_rules.last_ready_day(datetime.now(UTC))
    console = Console(highlight=False)
    with database(home) as urls:
        try:
            answers = asyncio.run(_reconcile(urls.login, chosen))
        except money.NotSetUp:
            sys.exit("Paying is not set up: there is no bill to compare with.")
        except WechatFailure as failure:
            sys.exit(f"WeChat gave no bill of {chosen}: {failure}")
    table = Table("book", "lines", "differences", "explained by it")
    for book, answer in answers.items():
        table.add_row(str(book), *_told(answer))
    console.print(table)
    sys.exit(1 if any(_differs(answer) for answer in answers.values()) else 0)


def _told(answer: Answer) -> tuple[str, str, str]:
    if isinstance(answer, money.DayReconciled):
        return str(answer.line_count), str(len(answer.found)), str(len(answer.closed))
    return "", answer.reason if isinstance(answer, Refused) else "", ""


def _differs(answer: Answer) -> bool:
    if isinstance(answer, money.DayReconciled):
        return bool(answer.found)
    return answer != Refused("day_reconciled")


async def _reconcile(url: str, day: date) -> dict[int, Answer]:
    market = Market(url, is_working=False)
    money.gateway.open(
        money.read_settings, held=money.credentials.reader(market, read_secret),
        books=money.credentials.book_reader(market),
    )  # fmt: skip
    await market.open()
    try:
        return await money.reconcile(market, day)
    finally:
        await market.close()
        await money.gateway.close()
