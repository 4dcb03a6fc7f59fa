"""Attempts: what the floors above write and read of them, in their own transactions."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Tx, columns, queries
from jishi.money.types import Attempt, Came, Combined

sql = queries(__file__)
read = sql.many("read", Attempt)
read_of = sql.many("read_of", Attempt)
read_open = sql.many("read_open", Attempt)
write = sql.run("write")
write_paid = sql.run("write_paid")
write_closed = sql.run("write_closed")
write_withdrawn = sql.run("write_withdrawn")
write_exceptions = sql.run("write_exceptions")


async def attempts(tx: Tx, attempt_ids: Sequence[int]) -> dict[int, Attempt]:
    """Read these attempts by their ids."""
    return {each.attempt_id: each for each in await read(tx, attempt_ids=attempt_ids)}


async def open_attempts_of(tx: Tx, order_ids: Sequence[int]) -> dict[int, Attempt]:
    """Read the open attempts of these orders, by the order."""
    return {each.order_id: each for each in await read_open(tx, order_ids=order_ids)}


async def attempts_of(tx: Tx, order_ids: Sequence[int]) -> list[Attempt]:
    """Read all attempts of these orders."""
    return await read_of(tx, order_ids=order_ids)


async def write_attempts(
    tx: Tx, started: Sequence[tuple[int, int, str, str, int, str, Combined | None]]
) -> None:
    """Write new attempts: id, order, appid, mchid, amount in fen, way, what they are a part of."""
    rows = [
        (*each[:-1], msgspec.json.encode(each[-1]).decode() if each[-1] else None)
        for each in started
    ]
    names = ("attempt_ids", "order_ids", "appids", "mchids", "amounts", "ways", "combineds")
    await write(tx, **columns(rows, *names))


async def pay_attempts(tx: Tx, paid: Sequence[tuple[int, str]]) -> None:
    """Write that attempts are paid: id, WeChat's number."""
    await write_paid(tx, **columns(paid, "attempt_ids", "transaction_ids"))


async def close_attempts(tx: Tx, order_ids: Sequence[int]) -> None:
    """Write that what was open of these orders is closed: WeChat takes nothing on it any more."""
    await write_closed(tx, order_ids=order_ids)


async def note_exceptions(tx: Tx, noted: Sequence[tuple[int, Came, str]]) -> None:
    """Write down what came in and pays nothing here: the event, what came, why."""
    rows = [
        (
            number, came.out_trade_no, came.transaction_id, came.appid, came.mchid,
            came.amount_fen, came.currency, reason,
        )
        for number, came, reason in noted
    ]  # fmt: skip
    names = ("numbers", "out_trade_nos", "transaction_ids", "appids", "mchids", "amounts")
    await write_exceptions(tx, **columns(rows, *names, "currencies", "reasons"))
