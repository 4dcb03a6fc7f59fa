"""What a merchant may say of an order: every field of the public description, with its bounds.

Source: WeChat Pay v3, the pages of the JSAPI, Native, H5 and App orders. What only service
providers may say is not known here, so it is refused, as WeChat refuses it to other merchants.
"""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, field

from jishi.sandbox.answers import Asked
from jishi.sandbox.pay.rules import TOTAL_FEN_MAX

Id32: TypeAlias = Annotated[str, Meta(min_length=1, max_length=32)]
To32: TypeAlias = Annotated[str, Meta(max_length=32)]
To128: TypeAlias = Annotated[str, Meta(max_length=128)]
To256: TypeAlias = Annotated[str, Meta(max_length=256)]
Told256: TypeAlias = Annotated[str, Meta(min_length=1, max_length=256)]
Description: TypeAlias = Annotated[str, Meta(min_length=1, max_length=127)]
OutTradeNo: TypeAlias = Annotated[str, Meta(pattern=r"^[0-9A-Za-z_\-|*]{6,32}\Z")]
Address: TypeAlias = Annotated[str, Meta(min_length=1, max_length=255)]
Secret: TypeAlias = Annotated[str, Meta(min_length=1, max_length=1024)]
Fen: TypeAlias = Annotated[int, Meta(ge=0, le=TOTAL_FEN_MAX)]
TotalFen: TypeAlias = Annotated[int, Meta(ge=1, le=TOTAL_FEN_MAX)]
Count: TypeAlias = Annotated[int, Meta(ge=1, le=1_000_000)]
Limit: TypeAlias = Literal["no_balance", "no_credit", "no_debit", "balance_only"]
IdKind: TypeAlias = Literal[
    "IDCARD", "HONGKONG_MACAO", "HONGKONG_MACAO_RESIDENT", "TAIWAN_RESIDENT", "FOREIGN_RESIDENT",
    "OVERSEA_PASSPORT", "PHONE_NUMBER",
]  # fmt: skip


class Amount(Asked, frozen=True):
    """What it costs, in fen."""

    total: TotalFen
    currency: Literal["CNY"] = "CNY"


class Goods(Asked, frozen=True, kw_only=True):
    """One kind of goods in an order; prices in fen."""

    merchant_goods_id: Id32
    wechatpay_goods_id: To32 | None = None
    goods_name: To256 | None = None
    quantity: Count
    unit_price: Fen


class Detail(Asked, frozen=True):
    """What discounts are reckoned from; nothing is discounted here."""

    cost_price: Fen | None = None
    invoice_id: To32 | None = None
    goods_detail: Annotated[list[Goods], Meta(max_length=6000)] | None = None


class Store(Asked, frozen=True, kw_only=True):
    """The store in which it is bought."""

    id: To32 | None = None
    name: Told256
    area_code: Id32
    address: Annotated[str, Meta(min_length=1, max_length=512)]


class OrderScene(Asked, frozen=True):
    """Where it is bought."""

    payer_client_ip: Annotated[str, Meta(min_length=1, max_length=45)] | None = None
    device_id: To32 | None = None
    store_info: Store | None = None


class H5Info(Asked, frozen=True):
    """The page or the app that asks."""

    type: Id32
    app_name: Annotated[str, Meta(max_length=64)] | None = None
    app_url: To128 | None = None
    bundle_id: To128 | None = None
    package_name: To128 | None = None


class H5Scene(Asked, frozen=True, kw_only=True):
    """Where it is bought, when that is a browser outside WeChat."""

    payer_client_ip: Annotated[str, Meta(min_length=1, max_length=45)]
    device_id: To32 | None = None
    store_info: Store | None = None
    h5_info: H5Info


class Identity(Asked, frozen=True):
    """Who alone may pay, hidden with WeChat's key."""

    type: IdKind
    number: Secret
    name: Secret


class JsapiPayer(Asked, frozen=True):
    """Who is to pay, as the account knows them."""

    openid: Annotated[str, Meta(max_length=128)]
    identity: Identity | None = None


class AnyPayer(Asked, frozen=True):
    """Who is to pay, where any WeChat account will do."""

    identity: Identity | None = None


class Settlement(Asked, frozen=True):
    """Whether the money is frozen to be shared."""

    profit_sharing: bool | None = None


class SubsidyPlan(Asked, frozen=True):
    """Into how many parts a payment may be divided, and the percentage the merchant pays."""

    subsidy_installment_num: Literal[3, 6, 12]
    subsidy_percent: Literal[0, 100]


class SubsidyDetail(Asked, frozen=True):
    """The plans of one kind."""

    subsidy_period_type: Literal["DAILY", "PERIOD"]
    subsidy_plan: list[SubsidyPlan]


class Subsidy(Asked, frozen=True):
    """How the merchant helps to pay in instalments."""

    subsidy_detail: list[SubsidyDetail] | None = None


class NewOrder(Asked, frozen=True, kw_only=True):
    """An order to be paid, in what all ways of paying share."""

    appid: Id32
    mchid: Id32
    description: Description
    out_trade_no: OutTradeNo
    notify_url: Address
    amount: Amount
    time_expire: Annotated[str, Meta(max_length=64)] | None = None
    attach: To128 | None = None
    goods_tag: To32 | None = None
    limit_pay: list[Limit] = field(default_factory=list)
    support_fapiao: bool | None = None
    detail: Detail | None = None
    settle_info: Settlement | None = None


class JsapiOrder(NewOrder, frozen=True, kw_only=True):
    """An order paid in a page inside WeChat, or in a mini program."""

    payer: JsapiPayer
    scene_info: OrderScene | None = None
    subsidy_info: Subsidy | None = None


class NativeOrder(NewOrder, frozen=True, kw_only=True):
    """An order paid by scanning a code."""

    payer: AnyPayer | None = None
    scene_info: OrderScene | None = None


class H5Order(NewOrder, frozen=True, kw_only=True):
    """An order paid from a browser outside WeChat."""

    scene_info: H5Scene
    payer: AnyPayer | None = None


class AppOrder(NewOrder, frozen=True, kw_only=True):
    """An order paid from an app."""

    payer: AnyPayer | None = None
    scene_info: OrderScene | None = None
    subsidy_info: Subsidy | None = None
