"""The floor: the same SQL for an order without our code. Nothing can be faster than this.

Every value is made beforehand and decide is left out: what is measured is PostgreSQL and the
driver. `one` is one transaction an order on so many connections; `batched` is one writer.
"""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import asyncpg

from bench.measure import Measured, measured
from jishi.goods import shelf as goods_shelf
from jishi.kernel import Query, limits, new_id, new_public_id
from jishi.kernel.tx import Connection
from tests.shops import STORE, price_of, sku_of

Statement = tuple[str, list[object]]
Plan = list[Statement]


def query(name: str) -> Query[object]:
    """Find a statement of the product by its name."""
    return next(each for each in Query.known if each.name == name)


def statement(which: str, **values: object) -> Statement:
    """Put values in the order of a statement's positions."""
    found = query(which)
    return found.text, [values[each] for each in found.names]


def plan(book: int, orders: Sequence[Sequence[tuple[int, int]]]) -> Plan:
    """Give every statement, with its values, that places these orders (SKU number, quantity)."""
    now = datetime.now(UTC)
    ids = [new_id() for _ in orders]
    keys = [uuid4() for _ in orders]
    lines = [
        (order_id, position, sku_of(book, number), quantity, price_of(number))
        for order_id, order in zip(ids, orders, strict=True)
        for position, (number, quantity) in enumerate(order, start=1)
    ]
    wanted: Counter[int] = Counter()
    for _, _, sku_id, quantity, _ in lines:
        wanted[sku_id] += quantity
    # Numbers only have to be unique here: the floor does not read the book's count.
    numbers = [order_id & 0x7FFFFFFFFFFF for order_id in ids]
    number_of = dict(zip(ids, numbers, strict=True))
    deltas = [(sku, kind, -q if kind == "shelf" else q) for sku, q in sorted(wanted.items())
              for kind in ("reserved", "shelf")]  # fmt: skip
    return [
        statement("kernel.batch.recall", book=book, keys=keys),
        statement(goods_shelf_name(), book=book, sku_ids=sorted(wanted)),
        statement("trade.freight.current", books=[book]),
        statement("trade.place_order.taken", book=book, order_ids=ids),
        written(book, ids, numbers, lines),
        statement(
            "ledger.move.write", book=book, numbers=[number_of[line[0]] for line in lines],
            positions=[line[1] for line in lines], of_units=[line[2] for line in lines],
            amounts=[line[3] for line in lines], giver_kinds=["shelf"] * len(lines),
            givers=[STORE] * len(lines), taker_kinds=["reserved"] * len(lines),
            takers=[STORE] * len(lines), reasons=["order_placed"] * len(lines),
            units=[each[0] for each in deltas], kinds=[each[1] for each in deltas],
            holders=[STORE] * len(deltas), deltas=[each[2] for each in deltas],
        ),
        statement(
            "kernel.batch.remember", book=book, now=now, name="OrderPlaced", keys=keys,
            fingerprints=[1] * len(ids), numbers=numbers, subjects=ids, actors=[7] * len(ids),
            bodies=['{"subject_id": 1, "public_id": "abcdefghijklmnopqrstuv", "lines": []}']
            * len(ids), todo_numbers=[], reactions=[], pauses=[],
        ),
    ]  # fmt: skip


def written(
    book: int, ids: list[int], numbers: list[int], lines: list[tuple[int, int, int, int, int]]
) -> Statement:
    """Give the statement that writes these orders and their lines."""
    now, count = datetime.now(UTC), len(ids)
    return statement(
        "trade.place_order.write", book=book, now=now, order_ids=ids,
        public_ids=[new_public_id() for _ in ids], order_numbers=[str(i) for i in ids],
        buyer_ids=[7] * count, goods=[1_000] * count, discounts=[0] * count,
        freights=[0] * count, totals=[1_000] * count, remarks=[""] * count,
        pay_untils=[now + timedelta(minutes=15)] * count, numbers=numbers,
        deliveries=["pickup"] * count, address_ids=[0] * count, divisions=[""] * count,
        of_stores=[STORE] * count, purchase_ids=[0] * count,
        of_orders=[line[0] for line in lines], positions=[line[1] for line in lines],
        sku_ids=[line[2] for line in lines], store_ids=[STORE] * len(lines),
        quantities=[line[3] for line in lines], prices=[line[4] for line in lines],
        shares=[line[3] * line[4] for line in lines],
    )  # fmt: skip


def goods_shelf_name() -> str:
    """Give the name of the statement that reads the shelf; the import above makes it known."""
    assert goods_shelf is not None
    return next(each.name for each in Query.known if each.name.startswith("goods.shelf."))


async def place(connection: Connection, book: int, steps: Plan) -> None:
    """Run a plan in one transaction, the book's row locked first."""
    await connection.execute(
        f"begin; set local jishi.book = '{book}'; set local jishi.person = '0';"
        f" select from kernel.books where book = {book} for no key update"
    )
    for text, values in steps:
        await connection.fetch(text, *values)
    await connection.execute("commit")


async def floor(
    url: str, books: Sequence[int], baskets: Sequence[Sequence[tuple[int, int]]],
    *, connections: int, batch: int, seconds: float,
) -> Measured:  # fmt: skip
    """Place orders for so long, or until the baskets are out, `batch` orders a transaction."""
    pool = [
        await asyncpg.connect(url, server_settings=limits.SETTINGS, statement_cache_size=512)
        for _ in range(connections)
    ]
    plans = deque(
        (book, plan(book, baskets[start : start + batch]))
        for start in range(0, len(baskets) - batch + 1, batch)
        for book in [books[start // batch % len(books)]]
    )
    took: list[float] = []

    async def client(connection: Connection) -> None:
        while plans and (began := time.perf_counter()) < until:
            await place(connection, *plans.popleft())
            took.append(time.perf_counter() - began)

    began = time.perf_counter()
    until = began + seconds
    await asyncio.gather(*map(client, pool))
    elapsed = time.perf_counter() - began
    for connection in pool:
        await connection.close()
    return measured(len(took) * batch, elapsed, took)
