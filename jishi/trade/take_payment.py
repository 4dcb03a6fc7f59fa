"""Take a payment that WeChat vouches for: once, for what was asked; all else is noted."""

from collections.abc import Sequence

import msgspec

from jishi import ledger, money
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.trade import rules, steps
from jishi.trade.steps import Orders
from jishi.trade.types import ReservedLine


class TakePayment(Request, frozen=True, kw_only=True):
    """WeChat told, or answered, that this came in.

    Refused: `payment_out_of_bounds`, `payment_taken`.
    """

    came: money.Came


class PaymentTaken(Event, frozen=True, kw_only=True):
    """The order (`subject_id`) is paid; or, with a `trouble`, what came in waits for somebody."""

    attempt_id: int
    lines: list[ReservedLine]
    trouble: str


class World(msgspec.Struct):
    """The attempts that are named, and their orders with what they have set aside."""

    attempts: dict[int, money.Attempt]
    orders: Orders


async def gather(tx: Tx, asked: Sequence[TakePayment]) -> World:
    """Read the attempts, then their orders."""
    named = [money.rules.attempt_of(each.came.out_trade_no)[1] for each in asked]
    attempts = await money.attempts(tx, named)
    of_orders = sorted({each.order_id for each in attempts.values()})
    return World(attempts, await steps.orders_with_lines(tx, of_orders))


def decide(world: World, asked: TakePayment) -> PaymentTaken | Refused:
    """Accept what fits an open attempt of an order that is not closed; note what does not."""
    came = asked.came
    if not money.rules.is_well_formed(came):
        return Refused("payment_out_of_bounds")
    book, attempt_id = money.rules.attempt_of(came.out_trade_no)
    attempt = world.attempts.get(attempt_id) if book == asked.book else None
    if attempt and attempt.transaction_id == came.transaction_id:
        return Refused("payment_taken")
    trouble = money.rules.trouble_with(attempt, came)
    if attempt is None or trouble:
        order_id = attempt.order_id if attempt else 0
        return PaymentTaken(subject_id=order_id, attempt_id=attempt_id, lines=[], trouble=trouble)
    order = world.orders.orders[attempt.order_id]
    assert rules.may_step(order.state, "paid"), "an open attempt's order is not closed"
    order.state, attempt.state = "paid", "paid"
    attempt.transaction_id = came.transaction_id
    return PaymentTaken(
        subject_id=order.order_id,
        attempt_id=attempt_id,
        lines=world.orders.lines[order.order_id],
        trouble="",
    )


async def record(tx: Tx, happened: Sequence[Happened[TakePayment, PaymentTaken]]) -> None:
    """Write the steps; the money goes into escrow, the goods to the customer."""
    noted = [(n, asked.came, event.trouble) for asked, event, n in happened if event.trouble]
    if noted:
        await money.note_exceptions(tx, noted)
    taken = [each for each in happened if not each.event.trouble]
    if not taken:
        return
    await steps.step(tx, taken, "paid", "payment_taken")
    await money.pay_attempts(
        tx, [(event.attempt_id, asked.came.transaction_id) for asked, event, _ in taken]
    )
    fen = money.rules.CNY
    orders = [event.subject_id for _, event, _ in taken]
    await ledger.declare_units(tx, [fen], ["CNY"])
    await ledger.open_accounts(tx, [fen] * len(orders), ["escrow"] * len(orders), orders)
    await ledger.move(tx, [move for each in taken for move in _moves(each)])


def _moves(taken: Happened[TakePayment, PaymentTaken]) -> list[ledger.Move]:
    asked, event, number = taken
    order_id, why = event.subject_id, "payment_taken"
    paid_fen = asked.came.amount_fen
    money_in = ledger.Move(number, money.rules.CNY, paid_fen, "wechat", 0, "escrow", order_id, why)
    goods_out = [
        ledger.Move(
            number, line.sku_id, line.quantity,
            "reserved", line.store_id, "customer", order_id, why,
        )
        for line in event.lines
    ]  # fmt: skip
    return [money_in, *goods_out]


take_payment = Act(TakePayment, PaymentTaken, gather, decide, record)
