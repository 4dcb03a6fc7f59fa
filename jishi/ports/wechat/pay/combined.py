"""Combined orders: one payment for the orders of several merchants, all or nothing.

Sources: WeChat Pay v3, "Combined order: JSAPI, Native, H5, App", "Query a combined order", "Close
a combined order". An ordinary merchant combines 2 to 10 orders; each is refunded by itself.
"""

from typing import Literal

from msgspec import Struct, field
from msgspec.structs import force_setattr

from jishi.ports.wechat.pay.channel import target
from jishi.ports.wechat.pay.merchant import Merchant
from jishi.ports.wechat.pay.orders import Promotion
from jishi.ports.wechat.pay.prepay import (
    H5Info,
    Payer,
    Prepaid,
    PrepaidByCode,
    PrepaidByLink,
    Settling,
)
from jishi.ports.wechat.pay.wire import Asked, Moment, Told, in_china


class SubAmount(Struct, frozen=True, kw_only=True):
    """What is to be paid to one merchant, in fen."""

    total_fen: int = field(name="total_amount")
    currency: Literal["CNY"] = "CNY"


class SubOrder(Asked, frozen=True, kw_only=True):
    """The order of one merchant; `attach` comes back with the notification."""

    mchid: str
    out_trade_no: str
    description: str
    attach: str
    amount: SubAmount
    goods_tag: str | None = None
    detail: str | None = None
    settle_info: Settling | None = None


class CombinedScene(Asked, frozen=True, kw_only=True):
    """Where it is bought."""

    payer_client_ip: str
    device_id: str | None = None


class CombinedH5Scene(Asked, frozen=True, kw_only=True):
    """Where it is bought: in a browser outside WeChat."""

    payer_client_ip: str
    device_id: str
    h5_info: H5Info


class _Combined(Asked, frozen=True, kw_only=True):
    combine_appid: str
    combine_mchid: str
    combine_out_trade_no: str
    sub_orders: list[SubOrder]
    notify_url: str
    starts_at: Moment | None = field(default=None, name="time_start")
    expires_at: Moment | None = field(default=None, name="time_expire")
    limit_pay: list[Literal["no_balance", "no_debit", "balance_only"]] | None = None

    def __post_init__(self) -> None:
        """Write the times as WeChat does."""
        for name in ("starts_at", "expires_at"):
            if (moment := getattr(self, name)) is not None:
                force_setattr(self, name, in_china(moment))


class CombinedJsapiOrder(_Combined, frozen=True, kw_only=True):
    """Paid in a page inside WeChat, or in a mini program."""

    combine_payer_info: Payer
    scene_info: CombinedScene | None = None


class CombinedOrder(_Combined, frozen=True, kw_only=True):
    """Paid by scanning a code, or from an app."""

    scene_info: CombinedScene | None = None


class CombinedH5Order(_Combined, frozen=True, kw_only=True):
    """Paid from a browser outside WeChat."""

    scene_info: CombinedH5Scene


class SubTransactionAmount(Told, frozen=True, kw_only=True):
    """What was asked and what the payer paid, in fen."""

    total_fen: int = field(name="total_amount")
    payer_total_fen: int | None = field(default=None, name="payer_amount")
    currency: str = "CNY"
    payer_currency: str = "CNY"


class SubTransaction(Told, frozen=True, kw_only=True):
    """The order of one merchant as WeChat sees it; states as of an order alone."""

    mchid: str
    out_trade_no: str
    trade_state: str
    transaction_id: str = ""
    trade_type: str = ""
    bank_type: str = ""
    attach: str = ""
    succeeded_at: Moment | None = field(default=None, name="success_time")
    amount: SubTransactionAmount | None = None
    promotion_detail: list[Promotion] = []


class CombinedTransaction(Told, frozen=True, kw_only=True):
    """A combined order as WeChat sees it."""

    combine_appid: str
    combine_mchid: str
    combine_out_trade_no: str
    combine_transaction_id: str = ""
    sub_orders: list[SubTransaction]
    combine_payer_info: Payer | None = None


class SubClosing(Struct, frozen=True):
    """Which order is closed."""

    mchid: str
    out_trade_no: str


class _Closing(Struct, frozen=True):
    combine_appid: str
    sub_orders: list[SubClosing]


async def combine_jsapi(merchant: Merchant, order: CombinedJsapiOrder) -> Prepaid:
    """Ask for a combined order in WeChat's own pages or a mini program."""
    path = target("/v3/combine-transactions/jsapi")
    return await merchant.post(Prepaid, path, order, is_repeatable=True)


async def combine_native(merchant: Merchant, order: CombinedOrder) -> PrepaidByCode:
    """Ask for a combined order that a code is shown for."""
    path = target("/v3/combine-transactions/native")
    return await merchant.post(PrepaidByCode, path, order, is_repeatable=True)


async def combine_h5(merchant: Merchant, order: CombinedH5Order) -> PrepaidByLink:
    """Ask for a combined order that a browser is sent to."""
    path = target("/v3/combine-transactions/h5")
    return await merchant.post(PrepaidByLink, path, order, is_repeatable=True)


async def combine_app(merchant: Merchant, order: CombinedOrder) -> Prepaid:
    """Ask for a combined order that an app pays."""
    path = target("/v3/combine-transactions/app")
    return await merchant.post(Prepaid, path, order, is_repeatable=True)


async def query_combined(merchant: Merchant, combine_out_trade_no: str) -> CombinedTransaction:
    """Look a combined order up by our number."""
    path = target("/v3/combine-transactions/out-trade-no/{}", combine_out_trade_no)
    return await merchant.get(CombinedTransaction, path)


async def close_combined(
    merchant: Merchant, combine_out_trade_no: str, combine_appid: str, orders: list[SubClosing]
) -> None:
    """Close all the orders of a combined one."""
    path = target("/v3/combine-transactions/out-trade-no/{}/close", combine_out_trade_no)
    await merchant.tell(path, _Closing(combine_appid, orders), is_repeatable=True)
