"""The bill of a day from WeChat, read whole and told as reconciling wants it."""

import asyncio
from datetime import date

from jishi.money.gateway import gateway
from jishi.money.reconcile_rules import BillLine
from jishi.ports.wechat.pay.bill_kinds import TRADE, TradeLine
from jishi.ports.wechat.pay.bill_lines import BillLines
from jishi.ports.wechat.pay.bills import Bill


async def trade_bill(day: date) -> list[BillLine]:
    """Fetch the payments and refunds of a day; empty when there were none. Raises NotSetUp."""
    bills = await gateway.trade_bills(day)
    return [line for bill in bills for line in await asyncio.to_thread(told_lines, bill)]


def told_lines(bill: Bill) -> list[BillLine]:
    """Read a bill to its end: before its totals agree, no line of it counts."""
    return [told_line(each) for each in BillLines(bill.chunks(), TRADE)]


def told_line(line: TradeLine) -> BillLine:
    """Tell a line: with a refund's number it is a refund, under that number."""
    is_refund = bool(line.refund_id or line.out_refund_no)
    return BillLine(
        kind="refund" if is_refund else "payment",
        out_number=line.out_refund_no if is_refund else line.out_trade_no,
        transaction_id=line.transaction_id,
        amount_fen=line.refund_fen if is_refund else line.total_fen,
        fee_fen=line.fee_fen,
        state=line.refund_state if is_refund else line.trade_state,
        traded_at=line.traded_at,
        out_trade_no=line.out_trade_no,
        wechat_refund_id=line.refund_id if is_refund else "",
    )
