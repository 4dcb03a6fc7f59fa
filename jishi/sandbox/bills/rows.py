"""What stands in a day's bills, as the database has it; amounts in fen."""

from datetime import datetime

from msgspec import Struct

from jishi.kernel import queries


class Traded(Struct, frozen=True):
    """A payment, or (with its number) a refund of one, asked for at a moment."""

    traded_at: datetime
    paid_at: datetime
    asked_at: datetime | None
    appid: str
    mchid: str
    device_id: str
    transaction_id: str
    out_trade_no: str
    openid: str
    trade_type: str
    bank_type: str
    description: str
    attach: str
    total_fen: int
    fee_fen: int
    refund_id: str
    out_refund_no: str
    refund_fen: int
    channel: str


class Flow(Struct, frozen=True):
    """What came into an account (or, negative, left it), and what then lay in it."""

    moved_at: datetime
    mchid: str
    business_id: str
    flow_id: str
    name: str
    kind: str
    moved_fen: int
    part_fen: int
    voucher_no: str
    balance_fen: int


class Part(Struct, frozen=True):
    """A part that was shared, or returned."""

    shared_at: datetime
    mchid: str
    transaction_id: str
    number: str
    detail_id: str
    out_number: str
    total_fen: int
    receiver: str
    share_fen: int
    kind: str
    state: str
    description: str
    remark: str


sql = queries(__file__)
payments_on = sql.many("payments_on", Traded)
refunds_on = sql.many("refunds_on", Traded)
flows_on = sql.many("flows_on", Flow)
parts_on = sql.many("parts_on", Part)
