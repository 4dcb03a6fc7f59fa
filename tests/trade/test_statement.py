"""A statement with its orders, as a table: numbers people know, sums that agree."""

import asyncio
import csv
import io
from uuid import uuid4

from jishi import money
from jishi.kernel import new_id
from jishi.trade import statement
from jishi.trade.statement import HEADING, yuan
from tests.conftest import opened
from tests.money.billing import yesterday
from tests.money.settling import paid_order, settle
from tests.money.test_cut_statement import settled_yesterday
from tests.shops import seed_shops

LAST = 2**63 - 1


def test_yuan_have_two_decimals() -> None:
    assert [yuan(fen) for fen in (0, 5, 1_299, -7, -100)] == [
        "0.00", "0.05", "12.99", "-0.07", "-1.00",
    ]  # fmt: skip


def test_a_statement_is_read_by_its_own_shop_alone_and_adds_up(
    database_url: str, owner_url: str
) -> None:
    book = new_id() >> 20

    async def scene() -> None:
        await seed_shops(owner_url, book, stock=100)
        async with opened(database_url) as market:
            orders = [(await paid_order(market, book))[0] for _ in range(2)]
            for each in orders:
                await market.ask(settle(book, each))
            await settled_yesterday(owner_url, book, orders)
            asked = money.CutStatement(key=uuid4(), book=book, actor_id=0, until=yesterday())
            await market.ask(asked)
            (row,) = await market.look(
                statement.statements, book=book, before=LAST, statements_max=9
            )
            of = {"of_number": row.number, "after": 0, "after_refund": 0, "lines_max": 9}
            lines = await market.look(statement.lines, book=book, **of)
            assert [each.order_id for each in lines] == sorted(orders)
            assert all(each.order_number.startswith("JS") for each in lines)
            assert sum(each.net_fen for each in lines) == row.net_fen
            assert await market.look(statement.lines, book=book + 1, **of) == []
        file = io.StringIO()
        statement.write_csv(file, lines)
        table = list(csv.reader(io.StringIO(file.getvalue())))
        assert table[0] == list(HEADING)
        assert [each[0] for each in table[1:]] == [
            *(line.order_number for line in lines), "合计",
        ]  # fmt: skip
        assert table[-1][2:] == [
            yuan(fen)
            for fen in (row.paid_fen, row.refunded_fen, row.fee_fen, row.commission_fen,
                        row.net_fen)
        ]  # fmt: skip

    asyncio.run(scene())
