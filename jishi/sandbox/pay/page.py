"""What a page hands to the phone to pay: checked before the cashier opens.

Source: WeChat Pay v3, "JSAPI: opening the cashier" and "App: opening the cashier"; the words are
those with which a phone refuses.
"""

from msgspec import Struct

from jishi.kernel import Tx
from jishi.ports.wechat.signing import is_signed, page_payment_message
from jishi.sandbox.cast import merchant_of, public_key
from jishi.sandbox.pay import links
from jishi.sandbox.pay.cashier import Bill, show

LACKS = "JSAPI缺少参数{}"
NO_BILL = "JSAPI缺少参数total_fee"
NOT_SIGNED = "支付验证签名失败"
OTHER_APP = "AppID不一致"
WORDS = {"SUCCESS": "该订单已支付", "REFUND": "该订单已支付", "CLOSED": "该订单已关闭",
         "EXPIRED": "该订单已过期，请重新下单"}  # fmt: skip


class PagePayment(Struct, frozen=True):
    """The fields of `chooseWXPay`, `getBrandWCPayRequest` and `requestPayment`, by their names."""

    appId: str  # noqa: N815 - the protocol's name
    timeStamp: str  # noqa: N815 - the protocol's name
    nonceStr: str  # noqa: N815 - the protocol's name
    package: str
    signType: str  # noqa: N815 - the protocol's name
    paySign: str  # noqa: N815 - the protocol's name


async def check_page_payment(tx: Tx, asked: PagePayment) -> Bill | str:
    """Give the bill that a page asks to pay, or the words with which the phone refuses."""
    if missing := next((name for name in asked.__struct_fields__ if not getattr(asked, name)), ""):
        return LACKS.format(missing)
    bill = await show(tx, links.by_package(asked.package))
    if bill is None or not asked.package.startswith(links.PACKAGE):
        return NO_BILL
    if bill.appid != asked.appId:
        return OTHER_APP
    merchant = await merchant_of(tx, bill.mchid)
    assert merchant is not None, "its order names it"
    message = page_payment_message(asked.appId, asked.timeStamp, asked.nonceStr, asked.package)
    is_good = asked.timeStamp.isascii() and asked.timeStamp.isdigit() and asked.signType == "RSA"
    if not is_good or not is_signed(public_key(merchant.certificate_pem), message, asked.paySign):
        return NOT_SIGNED
    return WORDS.get(bill.state, bill)
