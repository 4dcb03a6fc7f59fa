"""Take a payment that WeChat vouches for: once, for what was asked.

What comes late is honoured if the order can still be had, else it goes back at once. What fits
no attempt is noted, and nothing moves.
"""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from jishi import goods, ledger, money
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.trade import rules, steps
from jishi.trade.steps import Orders
from jishi.trade.types import Order, ReservedLine


class TakePayment(Request, frozen=True, kw_only=True):
    """WeChat told, or answered, that this came in.

    Refused: `payment_out_of_bounds`, `payment_taken`.
    """

    came: money.Came


class PaymentTaken(Event, frozen=True, kw_only=True):
    """The order (`subject_id`) is paid; or, with a `trouble`, it is not.

    The trouble `paid_late` means that what came goes back as the refund of the attempt's own id;
    any other that what came waits for somebody. `other_out_trade_no` is an attempt that is closed
    here and is to be closed at WeChat; `other_combined` is the whole that it was a part of.
    """

    attempt_id: int
    lines: list[ReservedLine]
    trouble: str
    lines_from: str = "reserved"
    out_trade_no: str = ""
    amount_fen: int = 0
    other_out_trade_no: str = ""
    other_combined: money.Combined | None = None


class World(msgspec.Struct):
    """The attempts that are named, and their orders with lines, and what is free on the shelf.

    `paid` are the orders that have been paid, whatever became of them.
    """

    attempts: dict[int, money.Attempt]
    orders: Orders
    paid: set[int]
    free: dict[tuple[int, int], int]


async def gather(tx: Tx, asked: Sequence[TakePayment]) -> World:
    """Read the attempts, then their orders."""
    named = [money.rules.attempt_of(each.came.out_trade_no)[1] for each in asked]
    attempts = await money.attempts(tx, named)
    of_orders = sorted({each.order_id for each in attempts.values()})
    orders = await steps.orders_with_lines(tx, of_orders)
    all_attempts = await money.attempts_of(tx, of_orders)
    paid = {each.order_id for each in all_attempts if each.state == "paid"}
    closed = [each for each in orders.orders.values() if each.state == "closed"]
    sku_ids = {line.sku_id for order in closed for line in orders.lines[order.order_id]}
    shelf = await goods.shelf(tx, sorted(sku_ids)) if sku_ids else []
    free = defaultdict(int, {(each.sku_id, each.store_id): each.free for each in shelf})
    return World(attempts, orders, paid, free)


def decide(world: World, asked: TakePayment) -> PaymentTaken | Refused:
    """Accept what fits an attempt; note what does not."""
    came = asked.came
    if not money.rules.is_well_formed(came):
        return Refused("payment_out_of_bounds")
    book, attempt_id = money.rules.attempt_of(came.out_trade_no)
    attempt = world.attempts.get(attempt_id) if book == asked.book else None
    if attempt and attempt.transaction_id == came.transaction_id:
        return Refused("payment_taken")
    trouble = money.rules.trouble_with(attempt, came)
    if attempt is None or trouble not in {"", "attempt_closed"}:
        order_id = attempt.order_id if attempt else 0
        return PaymentTaken(subject_id=order_id, attempt_id=attempt_id, lines=[], trouble=trouble)
    return _taken(world, attempt, came)


def _taken(world: World, attempt: money.Attempt, came: money.Came) -> PaymentTaken:
    """Pay the order; or, where it cannot be had any more, let the money go back."""
    order = world.orders.orders[attempt.order_id]
    # An attempt that was closed before a price was lowered is for another amount.
    is_wanted = (
        order.order_id not in world.paid
        and came.amount_fen == order.total_fen
        and _can_be_had(world, order)
    )
    lines = world.orders.lines[order.order_id]
    other = order.attempt_id if order.attempt_id != attempt.attempt_id else 0
    other_combined = order.combined if is_wanted and other else None
    lines_from = "shelf" if order.state == "closed" else "reserved"
    attempt.state, attempt.transaction_id = "paid", came.transaction_id
    if is_wanted:
        assert rules.may_step(order.state, "paid"), "what is not paid can be paid"
        if lines_from == "shelf":
            for line in lines:
                world.free[line.sku_id, line.store_id] -= line.quantity
        _close(world, order)
        order.state = "paid"
        world.paid.add(order.order_id)
    book, _ = money.rules.attempt_of(came.out_trade_no)
    return PaymentTaken(
        subject_id=order.order_id,
        attempt_id=attempt.attempt_id,
        lines=lines if is_wanted else [],
        trouble="" if is_wanted else "paid_late",
        lines_from=lines_from,
        out_trade_no=came.out_trade_no,
        amount_fen=came.amount_fen,
        other_out_trade_no=money.rules.out_trade_no(book, other) if is_wanted and other else "",
        other_combined=other_combined,
    )


def _close(world: World, order: Order) -> None:
    """Close whatever else is open of an order: what comes on it now is late."""
    if other := world.attempts.get(order.attempt_id):
        other.state = "closed" if other.state == "open" else other.state
    order.attempt_id, order.combined = 0, None


def _can_be_had(world: World, order: Order) -> bool:
    """Tell whether the order's goods are set aside, or are there to be taken again."""
    return order.state != "closed" or all(
        world.free[line.sku_id, line.store_id] >= line.quantity
        for line in world.orders.lines[order.order_id]
    )


async def record(tx: Tx, happened: Sequence[Happened[TakePayment, PaymentTaken]]) -> None:
    """Write the steps; the money goes into escrow, the goods to the customer."""
    noted = [(n, asked.came, event.trouble) for asked, event, n in happened if event.trouble]
    noted = [each for each in noted if each[2] != "paid_late"]
    if noted:
        await money.note_exceptions(tx, noted)
    came = [each for each in happened if each.event.trouble in {"", "paid_late"}]
    if not came:
        return
    await money.pay_attempts(
        tx, [(event.attempt_id, asked.came.transaction_id) for asked, event, _ in came]
    )
    if taken := [each for each in came if not each.event.trouble]:
        await steps.step(tx, taken, "paid", "payment_taken")
        await money.close_attempts(tx, [event.subject_id for _, event, _ in taken])
    fen = money.rules.CNY
    orders = sorted({event.subject_id for _, event, _ in came})
    await ledger.declare_units(tx, [fen], ["CNY"])
    await ledger.open_accounts(tx, [fen] * len(orders), ["escrow"] * len(orders), orders)
    back = [_back(each) for each in came if each.event.trouble]
    await money.write_refunds(tx, back)
    moves = [move for each in came for move in _moves(each)]
    await ledger.move(tx, moves + [move for each in back for move in money.set_aside(each)])


def _moves(taken: Happened[TakePayment, PaymentTaken]) -> list[ledger.Move]:
    _, event, number = taken
    order_id, why = event.subject_id, "payment_taken"
    money_in = ledger.Move(
        number, money.rules.CNY, event.amount_fen, "wechat", 0, "escrow", order_id, why
    )
    goods_out = [
        ledger.Move(
            number, line.sku_id, line.quantity,
            event.lines_from, line.store_id, "customer", order_id, why,
        )
        for line in event.lines
    ]  # fmt: skip
    return [money_in, *goods_out]


def _back(late: Happened[TakePayment, PaymentTaken]) -> money.NewRefund:
    _, event, number = late
    return money.NewRefund(
        number, event.attempt_id, event.subject_id, event.attempt_id, event.amount_fen,
        "late_payment", event.subject_id, 0,
    )  # fmt: skip


take_payment = Act(TakePayment, PaymentTaken, gather, decide, record)
