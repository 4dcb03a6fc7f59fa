"""Prepaying: ask WeChat for what a buyer then pays by: a page, a code, a link, an app.

Sources: WeChat Pay v3, "JSAPI order", "Native order", "H5 order", "App order". A mini program
uses the JSAPI path with its own appid. All are asked by our `out_trade_no`: asked again with
the same body they give the same order, with another body they are refused.
"""

from typing import Literal

from msgspec import Struct, field
from msgspec.structs import force_setattr

from jishi.ports.wechat.pay.channel import target
from jishi.ports.wechat.pay.merchant import Merchant
from jishi.ports.wechat.pay.wire import Asked, Moment, Told, in_china

LimitPay = Literal["no_balance", "no_credit", "no_debit", "balance_only"]


class OrderAmount(Struct, frozen=True, kw_only=True):
    """What is to be paid, in fen."""

    total_fen: int = field(name="total")
    currency: Literal["CNY"] = "CNY"


class Payer(Struct, frozen=True):
    """Who pays, by the name that our account has for them."""

    openid: str


class OrderGoods(Asked, frozen=True, kw_only=True):
    """One kind of goods in the order; `unit_price_fen` in fen."""

    merchant_goods_id: str
    wechatpay_goods_id: str | None = None
    goods_name: str | None = None
    quantity: int
    unit_price_fen: int = field(name="unit_price")


class OrderDetail(Asked, frozen=True, kw_only=True):
    """What coupons are worked out from."""

    cost_price_fen: int | None = field(default=None, name="cost_price")
    invoice_id: str | None = None
    goods_detail: list[OrderGoods] | None = None


class Store(Asked, frozen=True, kw_only=True):
    """The store where it is bought; `area_code` is of the national list."""

    id: str
    name: str | None = None
    area_code: str | None = None
    address: str | None = None


class Scene(Asked, frozen=True, kw_only=True):
    """Where it is bought."""

    payer_client_ip: str
    device_id: str | None = None
    store_info: Store | None = None


class H5Info(Asked, frozen=True, kw_only=True):
    """What kind of page asks; `Wap`, `iOS` or `Android`."""

    type: str
    app_name: str | None = None
    app_url: str | None = None
    bundle_id: str | None = None
    package_name: str | None = None


class H5Scene(Scene, frozen=True, kw_only=True):
    """Where it is bought: in a browser outside WeChat, at the address of `payer_client_ip`."""

    h5_info: H5Info


class Settling(Asked, frozen=True, kw_only=True):
    """Whether the money is held back so that it can be shared."""

    is_profit_shared: bool | None = field(default=None, name="profit_sharing")


class _Order(Asked, frozen=True, kw_only=True):
    appid: str
    mchid: str
    description: str
    out_trade_no: str
    notify_url: str
    amount: OrderAmount
    expires_at: Moment | None = field(default=None, name="time_expire")
    attach: str | None = None
    goods_tag: str | None = None
    limit_pay: list[LimitPay] | None = None
    has_fapiao: bool | None = field(default=None, name="support_fapiao")
    detail: OrderDetail | None = None
    settle_info: Settling | None = None

    def __post_init__(self) -> None:
        """Write the time as WeChat does."""
        if self.expires_at is not None:
            force_setattr(self, "expires_at", in_china(self.expires_at))


class JsapiOrder(_Order, frozen=True, kw_only=True):
    """An order that is paid in a page inside WeChat, or in a mini program."""

    payer: Payer
    scene_info: Scene | None = None


class NativeOrder(_Order, frozen=True, kw_only=True):
    """An order that is paid by scanning a code."""

    scene_info: Scene | None = None


class AppOrder(_Order, frozen=True, kw_only=True):
    """An order that is paid from an app."""

    scene_info: Scene | None = None


class H5Order(_Order, frozen=True, kw_only=True):
    """An order that is paid from a browser outside WeChat."""

    scene_info: H5Scene


class Prepaid(Told, frozen=True, kw_only=True):
    """What a page or an app pays by; good for two hours."""

    prepay_id: str


class PrepaidByCode(Told, frozen=True, kw_only=True):
    """What is shown as a QR code; good for two hours."""

    code_url: str


class PrepaidByLink(Told, frozen=True, kw_only=True):
    """Where a browser goes to pay; good for five minutes."""

    h5_url: str


async def prepay_jsapi(merchant: Merchant, order: JsapiOrder) -> Prepaid:
    """Ask for an order in WeChat's own pages or a mini program."""
    path = target("/v3/pay/transactions/jsapi")
    return await merchant.post(Prepaid, path, order, is_repeatable=True)


async def prepay_native(merchant: Merchant, order: NativeOrder) -> PrepaidByCode:
    """Ask for an order that a code is shown for."""
    path = target("/v3/pay/transactions/native")
    return await merchant.post(PrepaidByCode, path, order, is_repeatable=True)


async def prepay_h5(merchant: Merchant, order: H5Order) -> PrepaidByLink:
    """Ask for an order that a browser is sent to."""
    path = target("/v3/pay/transactions/h5")
    return await merchant.post(PrepaidByLink, path, order, is_repeatable=True)


async def prepay_app(merchant: Merchant, order: AppOrder) -> Prepaid:
    """Ask for an order that an app pays."""
    path = target("/v3/pay/transactions/app")
    return await merchant.post(Prepaid, path, order, is_repeatable=True)
