"""Combined payments at WeChat: asked for, looked up and closed, always as a whole.

Sources: WeChat Pay v3, "Combined order: JSAPI, Native, H5", "Query a combined order", "Close a
combined order". What a part paid is told with the part's own number, merchant and transaction.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from msgspec import Struct

from jishi.kernel import MARKET
from jishi.money import rules
from jishi.money.asking import PaySettings, code_of
from jishi.money.gateway import gateway
from jishi.money.types import Came, Combined
from jishi.ports.wechat.failures import AnsweredWithError
from jishi.ports.wechat.pay import Merchant
from jishi.ports.wechat.pay import combined as port
from jishi.ports.wechat.pay.prepay import H5Info, Payer

DEVICE = "web"


def number_of(combined: Combined) -> str:
    """Give the number that a combined payment has at WeChat as a whole."""
    return rules.out_trade_no(MARKET, combined.combined_id)


class CombinedWish(Struct, frozen=True, kw_only=True):
    """What is asked of WeChat for a combined payment; amounts and descriptions of its parts."""

    combined: Combined
    payer_id: int
    way: str
    amounts_fen: Sequence[int]
    descriptions: Sequence[str]
    pay_until: datetime


class _Common(TypedDict):
    combine_appid: str
    combine_mchid: str
    combine_out_trade_no: str
    sub_orders: list[port.SubOrder]
    notify_url: str
    expires_at: datetime


async def merchant_of(combined: Combined) -> tuple[Merchant, PaySettings]:
    """Give who combines a payment: the merchant of its first part."""
    return await gateway.merchant_for(combined.parts[0].book, combined.mchid)


async def prepay_together(wish: CombinedWish) -> tuple[str, str]:
    """Let WeChat know of a combined payment; gives the way it is paid in, and by what."""
    merchant, settings = await merchant_of(wish.combined)
    told: _Common = {
        "combine_appid": wish.combined.appid,
        "combine_mchid": wish.combined.mchid,
        "combine_out_trade_no": number_of(wish.combined),
        "sub_orders": _sub_orders(wish),
        "notify_url": settings.notify_url,
        "expires_at": wish.pay_until,
    }
    if wish.way == "jsapi" and (openid := await gateway.payer_openid(wish.payer_id)):
        sheet = port.CombinedJsapiOrder(**told, combine_payer_info=Payer(openid))
        return "jsapi", (await port.combine_jsapi(merchant, sheet)).prepay_id
    if wish.way == "h5" and (address := gateway.clients.get(wish.combined.combined_id)):
        scene = port.CombinedH5Scene(
            payer_client_ip=address, device_id=DEVICE, h5_info=H5Info(type="Wap")
        )
        link = port.CombinedH5Order(**told, scene_info=scene)
        return "h5", (await port.combine_h5(merchant, link)).h5_url
    return "native", (await port.combine_native(merchant, port.CombinedOrder(**told))).code_url


def _sub_orders(wish: CombinedWish) -> list[port.SubOrder]:
    parts = zip(wish.combined.parts, wish.amounts_fen, wish.descriptions, strict=True)
    return [
        port.SubOrder(
            mchid=part.mchid,
            out_trade_no=rules.out_trade_no(part.book, part.attempt_id),
            description=description,
            attach=description,
            amount=port.SubAmount(total_fen=fen),
        )
        for part, fen, description in parts
    ]


async def paid_together(combined: Combined) -> list[Came]:
    """Look a combined payment up: what each part paid; empty while nobody has paid."""
    merchant, _ = await merchant_of(combined)
    try:
        return all_came(await port.query_combined(merchant, number_of(combined)))
    except AnsweredWithError as failure:
        if failure.is_certain and code_of(failure) == "ORDERNOTEXIST":
            return []
        raise


async def shut_together(combined: Combined) -> list[Came]:
    """Close a combined payment, so that no part of it can be paid; what was paid before wins."""
    merchant, _ = await merchant_of(combined)
    subs = [
        port.SubClosing(part.mchid, rules.out_trade_no(part.book, part.attempt_id))
        for part in combined.parts
    ]
    try:
        await port.close_combined(merchant, number_of(combined), combined.appid, subs)
    except AnsweredWithError as failure:
        code = code_of(failure)
        if code == "ORDERPAID" and (paid := await paid_together(combined)):
            return paid
        if code in {"ORDERNOTEXIST", "ORDERCLOSED"} and failure.is_certain:
            return []
        raise
    return []


def all_came(told: port.CombinedTransaction) -> list[Came]:
    """Give what came in for each part by what WeChat told; empty when nothing did."""
    return [
        Came(
            out_trade_no=sub.out_trade_no,
            transaction_id=sub.transaction_id,
            appid=told.combine_appid,
            mchid=sub.mchid,
            amount_fen=sub.amount.total_fen,
            currency=sub.amount.currency,
        )
        for sub in told.sub_orders
        if sub.trade_state in {"SUCCESS", "REFUND"} and sub.amount is not None
    ]
