"""Settle an order that is completed: its money is the shop's, less WeChat's fee and commission."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from jishi import ledger
from jishi.kernel import MARKET, Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.money import settle_rules
from jishi.money.rules import CNY


class SettleOrder(Request, frozen=True, kw_only=True):
    """The order is completed: nothing of it can be asked back any more.

    Refused: `order_settled`, `refund_under_way` (not final), `nothing_to_settle`.
    """

    order_id: int


class OrderSettled(Event, frozen=True, kw_only=True):
    """What was paid on the order (`subject_id`) and not refunded went where it belongs."""

    paid_fen: int
    refunded_fen: int
    fee_fen: int
    commission_fen: int
    net_fen: int


class Payment(msgspec.Struct, frozen=True):
    """A payment of an order, with the rates that held when it was started."""

    order_id: int
    amount_fen: int
    wechat_bps: int
    commission_bps: int


class Held(msgspec.Struct, frozen=True):
    """What an order has in escrow, what of it is asked back, and whether it was settled."""

    order_id: int
    escrow_fen: int
    refunding_fen: int
    is_settled: bool


class World(msgspec.Struct):
    """The payments of the orders, what is held of them, and which are settled."""

    payments: dict[int, list[Payment]]
    held: dict[int, Held]
    settled: set[int]


sql = queries(__file__)
read_payments = sql.many("read_payments", Payment)
read_held = sql.many("read_held", Held)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[SettleOrder]) -> World:
    """Read what was paid and what is held."""
    order_ids = sorted({each.order_id for each in asked})
    payments: dict[int, list[Payment]] = defaultdict(list)
    for payment in await read_payments(
        tx, order_ids=order_ids, default_bps=settle_rules.WECHAT_BPS
    ):
        payments[payment.order_id].append(payment)
    held = {each.order_id: each for each in await read_held(tx, order_ids=order_ids)}
    return World(payments, held, {each.order_id for each in held.values() if each.is_settled})


def decide(world: World, asked: SettleOrder) -> OrderSettled | Refused:
    """Accept an order that has money in escrow, none of it on the way back, once."""
    if asked.order_id in world.settled:
        return Refused("order_settled")
    payments, held = world.payments.get(asked.order_id, []), world.held.get(asked.order_id)
    if held and held.refunding_fen:
        return Refused("refund_under_way", is_final=False)
    if not payments or not held or not held.escrow_fen:
        return Refused("nothing_to_settle")
    amounts, rates = [each.amount_fen for each in payments], [each.wechat_bps for each in payments]
    paid_fen, left_fen = sum(amounts), held.escrow_fen
    fee_fen = settle_rules.kept_fee_fen(amounts, rates, paid_fen - left_fen)
    commission = settle_rules.commission_fen(left_fen, payments[0].commission_bps, fee_fen)
    world.settled.add(asked.order_id)
    return OrderSettled(
        subject_id=asked.order_id,
        paid_fen=paid_fen,
        refunded_fen=paid_fen - left_fen,
        fee_fen=fee_fen,
        commission_fen=commission,
        net_fen=left_fen - fee_fen - commission,
    )


async def record(tx: Tx, happened: Sequence[Happened[SettleOrder, OrderSettled]]) -> None:
    """Write the settlements; the money goes to the shop, to WeChat and to the market."""
    rows = [
        (
            event.subject_id, number, event.paid_fen, event.refunded_fen, event.fee_fen,
            event.commission_fen, event.net_fen,
        )
        for _, event, number in happened
    ]  # fmt: skip
    names = ("order_ids", "numbers", "paid", "refunded", "fees", "commissions", "nets")
    await write(tx, **columns(rows, *names))
    await ledger.open_accounts(tx, [CNY], ["payable"], [0])
    await ledger.move(tx, [move for _, event, number in happened for move in _moves(event, number)])


def _moves(event: OrderSettled, number: int) -> list[ledger.Move]:
    parts = [
        (event.net_fen, "payable", 0, "settled"),
        (event.fee_fen, "fees", 0, "fee_of_wechat"),
        (event.commission_fen, "fees", MARKET, "commission"),
    ]
    return [
        ledger.Move(number, CNY, amount, "escrow", event.subject_id, kind, holder, why)
        for amount, kind, holder, why in parts
        if amount
    ]


settle_order = Act(SettleOrder, OrderSettled, gather, decide, record)
