"""The nouns of Pay's core: an order, a refund, and how they are shown to merchants."""

from datetime import datetime

from msgspec import Struct, field

from jishi.sandbox.answers import Answered


class Order(Struct, frozen=True):
    """An order as it is kept. `openid` is who is to pay, empty for anybody; money in fen (CNY)."""

    order_id: int
    mchid: str
    appid: str
    combined_id: int | None
    place: int
    out_trade_no: str
    prepay_id: str
    trade_type: str
    description: str
    attach: str
    total_fen: int
    openid: str
    notify_url: str
    device_id: str
    bank_type: str
    is_sharing: bool
    asked: str
    made_at: datetime
    usable_until: datetime
    expires_at: datetime
    closed_at: datetime | None
    tried: str
    tried_at: datetime | None
    transaction_id: str | None
    person_id: int | None
    payer_openid: str
    paid_at: datetime | None
    refunds: int
    refunded_fen: int


class Refund(Struct, frozen=True):
    """A refund as it is kept; `received_by` is the account that gets the money."""

    refund_id: str
    mchid: str
    order_id: int
    out_refund_no: str
    refund_fen: int
    status: str
    channel: str
    received_by: str
    reason: str
    funds_account: str
    notify_url: str
    asked: str
    made_at: datetime
    ended_at: datetime | None


class Payer(Struct, frozen=True):
    """Who paid, by the name that the account knows."""

    openid: str


class Scene(Struct, frozen=True):
    """Where it was paid."""

    device_id: str


class PaidAmount(Struct, frozen=True):
    """What an order costs and what was paid of it, in fen."""

    total: int
    payer_total: int
    currency: str = "CNY"
    payer_currency: str = "CNY"


class Transaction(Answered, frozen=True):
    """An order as a query and a notification show it."""

    appid: str
    mchid: str
    out_trade_no: str
    trade_state: str
    trade_state_desc: str
    amount: PaidAmount
    transaction_id: str | None = None
    trade_type: str | None = None
    bank_type: str | None = None
    attach: str | None = None
    success_time: str | None = None
    payer: Payer | None = None
    scene_info: Scene | None = None


class SourceAccount(Struct, frozen=True):
    """An account of the merchant that pays a part of a refund, in fen."""

    account: str
    amount: int


class RefundAmount(Struct, frozen=True):
    """The money of a refund, in fen; nothing here was ever discounted."""

    total: int
    refund: int
    payer_total: int
    payer_refund: int
    settlement_refund: int
    settlement_total: int
    discount_refund: int = 0
    currency: str = "CNY"
    sources: list[SourceAccount] = field(name="from", default_factory=list)


class ShownRefund(Answered, frozen=True):
    """A refund as its merchant sees it."""

    refund_id: str
    out_refund_no: str
    transaction_id: str
    out_trade_no: str
    channel: str
    user_received_account: str
    create_time: str
    status: str
    amount: RefundAmount
    funds_account: str
    success_time: str | None = None


class NotifiedRefundAmount(Struct, frozen=True):
    """The money of a refund as its notification tells it, in fen."""

    total: int
    refund: int
    payer_total: int
    payer_refund: int


class NotifiedRefund(Answered, frozen=True):
    """A refund as its notification tells it."""

    mchid: str
    transaction_id: str
    out_trade_no: str
    refund_id: str
    out_refund_no: str
    refund_status: str
    user_received_account: str
    amount: NotifiedRefundAmount
    success_time: str | None = None
