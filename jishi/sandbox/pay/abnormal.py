"""Abnormal refunds: the money could not go back the way it came, and is sent another way.

Source: WeChat Pay v3, "Request an abnormal refund".
"""

from typing import Annotated, Literal

from msgspec import Meta

from jishi.kernel import queries
from jishi.sandbox.alarms import set_alarm
from jishi.sandbox.answers import Asked, Refusal, bad_parameter
from jishi.sandbox.calls import PayCall
from jishi.sandbox.doors import pay
from jishi.sandbox.pay import refusals
from jishi.sandbox.pay.prepay import revealed
from jishi.sandbox.pay.refunds import PATH, SETTLE, TAKES, order_by_id, refund_by_id, shown
from jishi.sandbox.pay.types import Refund, ShownRefund

BANKS = {
    "CMB_DEBIT": "招商银行", "COMM_DEBIT": "交通银行", "ABC_DEBIT": "农业银行",
    "CCB_DEBIT": "建设银行", "ICBC_DEBIT": "工商银行", "BOC_DEBIT": "中国银行",
    "PAB_DEBIT": "平安银行", "SPDB_DEBIT": "浦发银行", "CITIC_DEBIT": "中信银行",
    "CEB_DEBIT": "光大银行", "CMBC_DEBIT": "民生银行", "CIB_DEBIT": "兴业银行",
    "GDB_DEBIT": "广发银行", "PSBC_DEBIT": "邮储银行", "NBCB_DEBIT": "宁波银行",
}  # fmt: skip
CARD_DIGITS = range(8, 31)
TAIL = 4


class OtherWay(Asked, frozen=True, kw_only=True):
    """Which way it shall go: to another card of the payer's, or to the merchant's."""

    out_refund_no: Annotated[str, Meta(min_length=1, max_length=64)]
    type: Literal["USER_BANK_CARD", "MERCHANT_BANK_CARD"]
    bank_type: Annotated[str, Meta(max_length=32)] | None = None
    bank_account: Annotated[str, Meta(max_length=1024)] | None = None
    real_name: Annotated[str, Meta(max_length=1024)] | None = None


sql = queries(__file__)
redirect = sql.one("redirect", Refund)


@pay("POST", PATH + "/{refund_id}/apply-abnormal-refund")
async def refund_otherwise(call: PayCall, asked: OtherWay) -> ShownRefund | Refusal:
    """Send an abnormal refund another way; it is under way again."""
    found = await refund_by_id(call.tx, refund_id=call.path["refund_id"], mchid=call.merchant.mchid)
    if found is None or found.out_refund_no != asked.out_refund_no:
        return refusals.no_refund
    if found.status != "ABNORMAL":
        return refusals.not_abnormal
    receiver = _receiver(call, asked)
    if isinstance(receiver, Refusal):
        return receiver
    changed = await redirect(call.tx, refund_id=found.refund_id, received_by=receiver)
    order = await order_by_id(call.tx, order_id=found.order_id)
    assert changed is not None, "it is locked"
    assert order is not None, "the refund names it"
    await set_alarm(call.tx, SETTLE, found.refund_id, call.now + TAKES)
    return shown(changed, order)


def _receiver(call: PayCall, asked: OtherWay) -> str | Refusal:
    if asked.type == "MERCHANT_BANK_CARD":
        return "商户银行卡"
    if asked.bank_type not in BANKS:
        return bad_parameter("/bank_type", "开户银行不在支持的范围内", value=asked.bank_type or "")
    card, name = (revealed(call, each or "") for each in (asked.bank_account, asked.real_name))
    if not card or not name:
        return refusals.not_revealed("/real_name" if card else "/bank_account")
    if not (card.isascii() and card.isdigit() and len(card) in CARD_DIGITS):
        return bad_parameter("/bank_account", "收款银行卡号格式不正确")
    return f"{BANKS[asked.bank_type]}借记卡{card[-TAIL:]}"
