"""What WeChat tells by itself, a record for each kind of event.

Sources: WeChat Pay v3, "Notification of a payment", "of a combined payment", "of a refund", "of
a change by profit sharing", "of a complaint", "of a transfer to a user".
"""

from typing import TypeAlias

from msgspec import Struct, field

from jishi.ports.wechat.pay.combined import CombinedTransaction
from jishi.ports.wechat.pay.orders import Transaction
from jishi.ports.wechat.pay.wire import Moment, Told


class RefundNoticeAmount(Told, frozen=True, kw_only=True):
    """What went back, in fen."""

    total_fen: int = field(name="total")
    refund_fen: int = field(name="refund")
    payer_total_fen: int = field(name="payer_total")
    payer_refund_fen: int = field(name="payer_refund")


class RefundEnded(Told, frozen=True, kw_only=True):
    """A refund is over; `status`: SUCCESS, CLOSED or ABNORMAL."""

    mchid: str
    transaction_id: str
    out_trade_no: str
    refund_id: str
    out_refund_no: str
    status: str = field(name="refund_status")
    succeeded_at: Moment | None = field(default=None, name="success_time")
    user_received_account: str = ""
    amount: RefundNoticeAmount


class ShareReceiver(Told, frozen=True, kw_only=True):
    """Who received, or gave back, how many fen."""

    type: str
    account: str
    amount_fen: int = field(name="amount")
    description: str = ""


class ShareMoved(Told, frozen=True, kw_only=True):
    """A receiver got a share, or gave it back. It is told to the receiver; `mchid` shared."""

    mchid: str = ""
    transaction_id: str
    order_id: str
    out_order_no: str
    receiver: ShareReceiver
    succeeded_at: Moment = field(name="success_time")


class ComplaintMoved(Told, frozen=True, kw_only=True):
    """Somebody complained, or did something about a complaint: look it up."""

    complaint_id: str
    action_type: str


class TransferEnded(Told, frozen=True, kw_only=True):
    """A transfer is over; `state`: SUCCESS, FAIL or CANCELLED."""

    mchid: str = field(default="", name="mch_id")
    out_bill_no: str
    transfer_bill_no: str
    state: str
    amount_fen: int = field(name="transfer_amount")
    openid: str = ""
    fail_reason: str = ""
    created_at: Moment = field(name="create_time")
    updated_at: Moment = field(name="update_time")


Happening: TypeAlias = (
    Transaction | CombinedTransaction | RefundEnded | ShareMoved | ComplaintMoved | TransferEnded
)


class Notice(Struct, frozen=True, kw_only=True):
    """A notification that WeChat vouches for and that is meant for us.

    `plain` is what was sealed, as JSON; `happening` the record of it, none for an event that we
    have no record for. `is_repeated`: its id was seen before.
    """

    notice_id: str
    event_type: str
    created_at: Moment
    summary: str
    plain: bytes
    happening: Happening | None
    is_repeated: bool = False


def kind_of(event_type: str, original_type: str, *, is_combined: bool) -> type[Happening] | None:
    """Give the record of an event.

    Shares are told as TRANSACTION.SUCCESS too: what was sealed tells them from payments.
    """
    family, _, _ = event_type.partition(".")
    if original_type == "profitsharing" or family.startswith("PROFITSHARING"):
        return ShareMoved
    if event_type == "TRANSACTION.SUCCESS":
        return CombinedTransaction if is_combined else Transaction
    if event_type == "MCHTRANSFER.BILL.FINISHED":
        return TransferEnded
    if family == "REFUND":
        return RefundEnded
    return ComplaintMoved if family == "COMPLAINT" else None
