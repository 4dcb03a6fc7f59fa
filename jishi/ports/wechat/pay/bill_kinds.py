"""What the lines of each kind of bill say; a field's name on the wire is its column's.

Sources: WeChat Pay, "Format of trade bills", "Structure of fund bills". WeChat publishes no list
of the columns of a sharing bill: those here are as its files have them, and few are required.
"""

from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct, field

L = TypeVar("L", bound=Struct)
T = TypeVar("T", bound="Totals")


class Totals(Struct, frozen=True, kw_only=True):
    """The totals of a bill; `count` is how many lines it has."""

    count: int


class Layout(NamedTuple, Generic[L, T]):
    """What a kind of bill has on a line, and in its totals; `counted` names the first total."""

    line: type[L]
    totals: type[T]
    counted: str


class TradeLine(Struct, frozen=True, kw_only=True):
    """A payment, or (with a refund's number) a refund; amounts in fen.

    In a bill of payments alone there are no columns of refunds.
    """

    traded_at: datetime = field(name="交易时间")
    appid: str = field(name="公众账号ID")
    mchid: str = field(name="商户号")
    transaction_id: str = field(name="微信订单号")
    out_trade_no: str = field(name="商户订单号")
    openid: str = field(name="用户标识")
    trade_type: str = field(name="交易类型")
    trade_state: str = field(name="交易状态")
    bank_type: str = field(name="付款银行")
    currency: str = field(name="货币种类")
    settlement_total_fen: int = field(name="应结订单金额")
    coupon_fen: int = field(name="代金券金额")
    refund_asked_at: datetime | None = field(default=None, name="退款申请时间")
    refund_succeeded_at: datetime | None = field(default=None, name="退款成功时间")
    refund_id: str = field(default="", name="微信退款单号")
    out_refund_no: str = field(default="", name="商户退款单号")
    refund_fen: int = field(default=0, name="退款金额")
    coupon_refund_fen: int = field(default=0, name="充值券退款金额")
    refund_kind: str = field(default="", name="退款类型")
    refund_state: str = field(default="", name="退款状态")
    goods: str = field(name="商品名称")
    attach: str = field(name="商户数据包")
    fee_fen: int = field(name="手续费")
    rate: str = field(name="费率")
    total_fen: int = field(name="订单金额")
    asked_refund_fen: int = field(default=0, name="申请退款金额")


class TradeTotals(Totals, frozen=True, kw_only=True):
    """The totals of a trade bill, in fen."""

    settlement_total_fen: int = field(name="应结订单总金额")
    refund_fen: int = field(default=0, name="退款总金额")
    coupon_refund_fen: int = field(default=0, name="充值券退款总金额")
    fee_fen: int = field(name="手续费总金额")
    total_fen: int = field(name="订单总金额")
    asked_refund_fen: int = field(default=0, name="申请退款总金额")


class FundLine(Struct, frozen=True, kw_only=True):
    """What came into an account or left it, and what then lay in it, in fen."""

    booked_at: datetime = field(name="记账时间")
    business_id: str = field(name="微信支付业务单号")
    flow_id: str = field(name="资金流水单号")
    business_name: str = field(name="业务名称")
    business_kind: str = field(name="业务类型")
    direction: str = field(name="收支类型")
    moved_fen: int = field(name="收支金额")
    balance_fen: int = field(name="账户结余")
    asked_by: str = field(name="资金变更提交申请人")
    remark: str = field(name="备注")
    voucher_no: str = field(name="业务凭证号")


class FundTotals(Totals, frozen=True, kw_only=True):
    """The totals of a fund bill; amounts in fen."""

    in_count: int = field(name="收入笔数")
    in_fen: int = field(name="收入金额")
    out_count: int = field(name="支出笔数")
    out_fen: int = field(name="支出金额")


class SharingLine(Struct, frozen=True, kw_only=True):
    """A share, or what came back of one; amounts in fen."""

    shared_at: datetime = field(name="分账时间")
    initiator: str = field(default="", name="分账发起方")
    sharer: str = field(default="", name="分账方")
    transaction_id: str = field(name="微信订单号")
    order_id: str = field(name="微信分账/回退单号")
    detail_id: str = field(default="", name="分账明细单号")
    out_order_no: str = field(name="商户分账/回退单号")
    total_fen: int = field(default=0, name="订单金额")
    receiver: str = field(name="分账接收方")
    share_fen: int = field(name="分账金额")
    business_kind: str = field(default="", name="业务类型")
    state: str = field(default="", name="处理状态")
    description: str = field(default="", name="分账描述")
    remark: str = field(default="", name="备注")


TRADE = Layout(TradeLine, TradeTotals, "总交易单数")
FUNDS = Layout(FundLine, FundTotals, "资金流水总笔数")
SHARING = Layout(SharingLine, Totals, "")
