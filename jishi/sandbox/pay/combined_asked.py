"""What a merchant may say of combined orders, with its bounds.

Source: WeChat Pay v3, the pages of the combined orders for ordinary merchants. `sub_mchid`,
`sub_appid` and `sub_openid` are for service providers and so are not known here.
"""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, field

from jishi.sandbox.answers import Asked
from jishi.sandbox.pay.asked import (
    Address,
    Description,
    Fen,
    H5Info,
    Id32,
    Identity,
    OutTradeNo,
    Subsidy,
    To32,
    To128,
    TotalFen,
)

Ip: TypeAlias = Annotated[str, Meta(min_length=1, max_length=45)]
Device: TypeAlias = Annotated[str, Meta(max_length=16)]
CombinedLimit: TypeAlias = Literal["no_balance", "no_debit", "balance_only"]


class CombinedAmount(Asked, frozen=True):
    """What an order costs, in fen."""

    total_amount: TotalFen
    currency: Literal["CNY"]


class CombinedSettlement(Asked, frozen=True):
    """Whether the money is frozen to be shared; `subsidy_amount` in fen."""

    profit_sharing: bool | None = None
    subsidy_amount: Fen | None = None


class AskedSubOrder(Asked, frozen=True, kw_only=True):
    """One of the orders, as a code or a browser asks for it."""

    mchid: Id32
    attach: To128
    amount: CombinedAmount
    out_trade_no: OutTradeNo
    description: Description
    goods_tag: To32 | None = None
    settle_info: CombinedSettlement | None = None


class DetailedSubOrder(AskedSubOrder, frozen=True, kw_only=True):
    """One of the orders, as a page inside WeChat or an app asks for it."""

    detail: Annotated[str, Meta(max_length=6000)] | None = None
    profit_sharing: bool | None = None


class CombinedScene(Asked, frozen=True, kw_only=True):
    """Where it is bought."""

    payer_client_ip: Ip
    device_id: Device | None = None


class CombinedH5Scene(Asked, frozen=True, kw_only=True):
    """Where it is bought, when that is a browser outside WeChat."""

    payer_client_ip: Ip
    device_id: Device | None = None
    h5_info: H5Info


class CombinedPayer(Asked, frozen=True):
    """Who is to pay."""

    openid: To128 | None = None
    identity: Identity | None = None


class NewCombination(Asked, frozen=True, kw_only=True):
    """Orders to be paid together, in what all ways of paying share."""

    combine_appid: Id32
    combine_mchid: Id32
    combine_out_trade_no: OutTradeNo
    notify_url: Address
    time_start: Annotated[str, Meta(max_length=64)] | None = None
    time_expire: Annotated[str, Meta(max_length=64)] | None = None
    limit_pay: list[CombinedLimit] = field(default_factory=list)


class JsapiCombination(NewCombination, frozen=True, kw_only=True):
    """Orders paid together in a page inside WeChat."""

    sub_orders: list[DetailedSubOrder]
    combine_payer_info: CombinedPayer
    scene_info: CombinedScene | None = None
    subsidy_info: Subsidy | None = None


class AppCombination(NewCombination, frozen=True, kw_only=True):
    """Orders paid together from an app."""

    sub_orders: list[DetailedSubOrder]
    combine_payer_info: CombinedPayer | None = None
    scene_info: CombinedScene | None = None
    subsidy_info: Subsidy | None = None


class NativeCombination(NewCombination, frozen=True, kw_only=True):
    """Orders paid together by a code."""

    sub_orders: list[AskedSubOrder]
    combine_payer_info: CombinedPayer | None = None
    scene_info: CombinedScene | None = None


class H5Combination(NewCombination, frozen=True, kw_only=True):
    """Orders paid together from a browser outside WeChat."""

    sub_orders: list[AskedSubOrder]
    scene_info: CombinedH5Scene
    combine_payer_info: CombinedPayer | None = None


class ClosedSubOrder(Asked, frozen=True):
    """An order of the combination that is to be closed."""

    mchid: Id32
    out_trade_no: Id32


class ClosedCombination(Asked, frozen=True):
    """The combination that is to be closed, with all its orders."""

    combine_appid: str
    sub_orders: list[ClosedSubOrder]
