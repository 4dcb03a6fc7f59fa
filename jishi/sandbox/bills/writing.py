"""Writing bills in WeChat's own format: a byte order mark, back-ticks, yuan with two decimals.

A value is followed by whatever it holds, commas too: only a comma and a back-tick part two values.
"""

from collections.abc import Sequence
from datetime import datetime

from jishi.sandbox.bills.rows import Flow, Part, Traded
from jishi.sandbox.pay.rules import BEIJING

MARK, LINE_END = "\ufeff", "\r\n"
RATE = "0.60%"
_PAYMENT = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,"
    "付款银行,货币种类,应结订单金额,代金券金额"
)
_REFUND = "微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态"
_GOODS = "商品名称,商户数据包,手续费,费率,订单金额"
TRADE_HEAD = f"{_PAYMENT},{_REFUND},{_GOODS},申请退款金额,费率备注"
PAID_HEAD = f"{_PAYMENT},{_GOODS},费率备注"
REFUND_HEAD = f"{_PAYMENT},退款申请时间,退款成功时间,{_REFUND},{_GOODS},申请退款金额,费率备注"
TRADE_TOTALS = (
    "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
)
FUND_HEAD = (
    "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),"
    "资金变更提交申请人,备注,业务凭证号"
)
FUND_TOTALS = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额"
SHARING_HEAD = (
    "分账时间,分账发起方,分账方,微信订单号,微信分账/回退单号,分账明细单号,商户分账/回退单号,订单金额,"
    "分账接收方,分账金额,业务类型,处理状态,分账描述,备注"
)
SHARING_TOTALS = "总笔数,总金额"


def yuan(fen: int) -> str:
    """Write fen as yuan with two decimals."""
    whole, part = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole}.{part:02}"


def clock(moment: datetime) -> str:
    """Write a moment in Beijing's time."""
    return f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"


def trade_bill(rows: Sequence[Traded]) -> str:
    """Write what was paid and refunded."""
    lines = [
        _line(*_payment(each, each.traded_at), *_refund(each), *_goods(each),
              yuan(each.refund_fen), "")
        for each in rows
    ]  # fmt: skip
    return _bill(TRADE_HEAD, lines, TRADE_TOTALS, _totals(rows))


def paid_bill(rows: Sequence[Traded]) -> str:
    """Write what was paid, without the columns of refunds."""
    lines = [_line(*_payment(each, each.traded_at), *_goods(each), "") for each in rows]
    return _bill(PAID_HEAD, lines, TRADE_TOTALS, _totals(rows))


def refund_bill(rows: Sequence[Traded]) -> str:
    """Write what was refunded: when it was paid, when it was asked back, when it was back."""
    lines = [
        _line(*_payment(each, each.paid_at), clock(each.asked_at or each.traded_at),
              clock(each.traded_at), *_refund(each), *_goods(each), yuan(each.refund_fen), "")
        for each in rows
    ]  # fmt: skip
    return _bill(REFUND_HEAD, lines, TRADE_TOTALS, _totals(rows))


def fund_bill(rows: Sequence[Flow]) -> str:
    """Write what came into an account and left it."""
    lines = [
        _line(
            clock(each.moved_at), each.business_id, each.flow_id, each.name, each.kind,
            "收入" if each.moved_fen > 0 else "支出", yuan(abs(each.moved_fen)),
            yuan(each.balance_fen), f"{each.mchid}API", _remark(each), each.voucher_no,
        )
        for each in rows
    ]  # fmt: skip
    came = [each.moved_fen for each in rows if each.moved_fen > 0]
    left = [-each.moved_fen for each in rows if each.moved_fen <= 0]
    totals = _line(
        f"{len(rows)}.0", str(len(came)), yuan(sum(came)), str(len(left)), yuan(sum(left))
    )
    return _bill(FUND_HEAD, lines, FUND_TOTALS, totals)


def sharing_bill(rows: Sequence[Part]) -> str:
    """Write what was shared and returned."""
    lines = [
        _line(
            clock(each.shared_at), each.mchid, each.mchid, each.transaction_id, each.number,
            each.detail_id, each.out_number, yuan(each.total_fen), each.receiver,
            yuan(each.share_fen), each.kind, each.state, each.description, each.remark,
        )
        for each in rows
    ]  # fmt: skip
    totals = _line(str(len(rows)), yuan(sum(each.share_fen for each in rows)))
    return _bill(SHARING_HEAD, lines, SHARING_TOTALS, totals)


def _payment(row: Traded, traded_at: datetime) -> tuple[str, ...]:
    return (
        clock(traded_at), row.appid, row.mchid, "0", row.device_id, row.transaction_id,
        row.out_trade_no, row.openid, row.trade_type, "REFUND" if row.refund_fen else "SUCCESS",
        row.bank_type, "CNY", yuan(row.total_fen), "0.00",
    )  # fmt: skip


def _refund(row: Traded) -> tuple[str, ...]:
    return (
        row.refund_id, row.out_refund_no, yuan(row.refund_fen), "0.00", row.channel,
        "SUCCESS" if row.refund_fen else "",
    )  # fmt: skip


def _goods(row: Traded) -> tuple[str, ...]:
    return row.description, row.attach, f"{yuan(row.fee_fen)}000", RATE, yuan(row.total_fen)


def _totals(rows: Sequence[Traded]) -> str:
    total = yuan(sum(each.total_fen for each in rows))
    refund = yuan(sum(each.refund_fen for each in rows))
    fee = f"{yuan(sum(each.fee_fen for each in rows))}000"
    return _line(str(len(rows)), total, refund, "0.00", fee, total, refund)


def _remark(flow: Flow) -> str:
    if flow.kind != "退款":
        return f"{flow.name}{yuan(abs(flow.moved_fen))}元"
    refunded = yuan(flow.part_fen - flow.moved_fen)
    return f"退款总金额{refunded}元;含手续费{yuan(flow.part_fen)}元"


def _line(*values: str) -> str:
    return ",".join(f"`{value.translate(_BREAKS)}" for value in values)


def _bill(head: str, lines: Sequence[str], totals_head: str, totals: str) -> str:
    return MARK + LINE_END.join((head, *lines, totals_head, totals, ""))


_BREAKS = {ord("\r"): " ", ord("\n"): " "}
