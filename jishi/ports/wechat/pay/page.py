"""What a page, a mini program or an app is handed, so that it can open WeChat's own sheet.

Sources: WeChat Pay v3, "JSAPI: call up payment", "Mini program: call up payment", "App: call up
payment", "Transfer to a user: call up the confirmation of receipt".
"""

from msgspec import Struct, field

from jishi.ports.wechat.pay.merchant import Merchant
from jishi.ports.wechat.signing import page_payment_message, sign


class PagePayment(Struct, frozen=True, kw_only=True):
    """The arguments of `chooseWXPay`, `getBrandWCPayRequest` and `wx.requestPayment`."""

    app_id: str = field(name="appId")
    time_stamp: str = field(name="timeStamp")
    nonce_str: str = field(name="nonceStr")
    package: str
    sign_type: str = field(name="signType")
    pay_sign: str = field(name="paySign")


class AppPayment(Struct, frozen=True, kw_only=True):
    """The arguments of the open SDK's payment."""

    appid: str
    partner_id: str = field(name="partnerid")
    prepay_id: str = field(name="prepayid")
    package: str
    nonce_str: str = field(name="noncestr")
    time_stamp: str = field(name="timestamp")
    sign: str


class TransferPage(Struct, frozen=True, kw_only=True):
    """The arguments of `requestMerchantTransfer`: a person confirms that they receive money."""

    mch_id: str = field(name="mchId")
    app_id: str = field(name="appId")
    package: str


def page_payment(merchant: Merchant, appid: str, prepay_id: str) -> PagePayment:
    """Sign what a page inside WeChat, or a mini program, pays with."""
    stamp, nonce = _moment(merchant)
    package = f"prepay_id={prepay_id}"
    message = page_payment_message(appid, stamp, nonce, package)
    return PagePayment(
        app_id=appid,
        time_stamp=stamp,
        nonce_str=nonce,
        package=package,
        sign_type="RSA",
        pay_sign=sign(merchant.credentials.private_key, message),
    )


def app_payment(merchant: Merchant, appid: str, prepay_id: str) -> AppPayment:
    """Sign what an app pays with: over the bare prepay id."""
    stamp, nonce = _moment(merchant)
    message = page_payment_message(appid, stamp, nonce, prepay_id)
    return AppPayment(
        appid=appid,
        partner_id=merchant.mchid,
        prepay_id=prepay_id,
        package="Sign=WXPay",
        nonce_str=nonce,
        time_stamp=stamp,
        sign=sign(merchant.credentials.private_key, message),
    )


def transfer_page(merchant: Merchant, appid: str, package_info: str) -> TransferPage:
    """Give what a page confirms a transfer with; it is not signed."""
    return TransferPage(mch_id=merchant.mchid, app_id=appid, package=package_info)


def _moment(merchant: Merchant) -> tuple[str, str]:
    return str(int(merchant.channel.means.wall())), merchant.channel.nonce()
