"""Settling: seconds after it was asked for, a sharing or a return is done, and is told of.

Source: WeChat Pay v3, "Notification of a change by profit sharing". WeChat tells it at an address
set in the merchant's console; here it goes to where the payment was told.
"""

from datetime import datetime

from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.alarms import alarm
from jishi.sandbox.pay.notifications import notify
from jishi.sandbox.pay.rules import shown
from jishi.sandbox.sharing.rules import MERCHANT, PERSON_MONTH_FEN_MAX
from jishi.sandbox.world import World

SETTLE, SETTLE_RETURN = "sharing.settle", "sharing.settle_return"
PATH, RETURNS = "/v3/profitsharing/orders", "/v3/profitsharing/return-orders"


class Settled(Struct, frozen=True):
    """A receiver's part that has its result; `notify_url` is that of the payment."""

    detail_id: str
    order_id: str
    mchid: str
    transaction_id: str
    out_order_no: str
    kind: str
    account: str
    share_fen: int
    description: str
    result: str
    notify_url: str


class ReturnSettled(Struct, frozen=True):
    """A return that has its result."""

    return_id: str
    mchid: str
    transaction_id: str
    out_return_no: str
    return_mchid: str
    return_fen: int
    description: str
    result: str
    finished_at: datetime
    notify_url: str


class ToldReceiver(Struct, frozen=True):
    """Who got something, in fen."""

    type: str
    account: str
    amount: int
    description: str


class Told(Struct, frozen=True):
    """What the notification of a part says."""

    mchid: str
    transaction_id: str
    order_id: str
    out_order_no: str
    receiver: ToldReceiver
    success_time: str


sql = queries(__file__)
settle_shares = sql.many("settle_shares", Settled)
finish_sharing = sql.run("finish_sharing")
settle_return = sql.many("settle_return", ReturnSettled)


@alarm(SETTLE)
async def settle(world: World, tx: Tx, subject: str) -> None:
    """Give each receiver of a sharing its result, and tell of those who got something."""
    is_partial = world.faults.hit("sharing_partial", PATH) is not None
    settled = await settle_shares(
        tx, order_id=subject, is_partial=is_partial, month_fen_max=PERSON_MONTH_FEN_MAX
    )
    for each in settled:
        if each.result == "SUCCESS":
            receiver = ToldReceiver(each.kind, each.account, each.share_fen, each.description)
            told = Told(
                each.mchid, each.transaction_id, each.order_id, each.out_order_no, receiver,
                shown(tx.now),
            )  # fmt: skip
            await notify(
                tx, each.mchid, each.notify_url, "TRANSACTION.SUCCESS", "profitsharing",
                "分账", told,
            )  # fmt: skip
    await finish_sharing(tx, order_id=subject)


@alarm(SETTLE_RETURN)
async def settle_one_return(world: World, tx: Tx, subject: str) -> None:
    """Give a return its result, and tell of it when the money is back."""
    del world
    for each in await settle_return(tx, return_id=subject):
        if each.result != "SUCCESS":
            continue
        receiver = ToldReceiver(MERCHANT, each.return_mchid, each.return_fen, each.description)
        told = Told(
            each.mchid, each.transaction_id, each.return_id, each.out_return_no, receiver,
            shown(each.finished_at),
        )  # fmt: skip
        await notify(
            tx, each.mchid, each.notify_url, "PROFITSHARING_RETURN", "profitsharing",
            "分账回退", told,
        )  # fmt: skip
