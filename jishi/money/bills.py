"""The bills of a day from WeChat, read whole and told as reconciling wants them."""

import asyncio
from datetime import date

from jishi.money.flow_rules import Flow
from jishi.money.gateway import gateway
from jishi.money.reconcile_rules import BillLine
from jishi.ports.wechat.pay.bill_kinds import FUNDS, TRADE, FundLine, TradeLine
from jishi.ports.wechat.pay.bill_lines import BillLines
from jishi.ports.wechat.pay.bills import Bill


async def trade_bill(day: date) -> list[BillLine]:
    """Fetch the payments and refunds of a day; empty when there were none. Raises NotSetUp."""
    bills = await gateway.trade_bills(day)
    return [line for bill in bills for line in await asyncio.to_thread(told_lines, bill)]


async def fund_bill(day: date) -> list[Flow] | None:
    """Fetch what moved on the accounts on a day; none where a merchant may not see that."""
    bills = await gateway.fund_bills(day)
    if bills is None:
        return None
    return [flow for bill in bills for flow in await asyncio.to_thread(told_flows, bill)]


FLOWS = {"交易": "payment", "扣除交易手续费": "fee", "退款": "refund"}
"""What WeChat calls each kind; all else on an account is neither payment nor refund."""


def told_flows(bill: Bill) -> list[Flow]:
    """Read a fund bill to its end."""
    return [
        told_flow(each) for each in BillLines(bill.chunks(), FUNDS) if each.business_kind in FLOWS
    ]


def told_flow(line: FundLine) -> Flow:
    """Tell a line under the number of its payment or refund."""
    return Flow(
        kind=FLOWS[line.business_kind], out_number=line.voucher_no, moved_fen=line.moved_fen
    )


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
