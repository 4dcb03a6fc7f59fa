"""Profit sharing: parts of a payment that was held back go to others.

Sources: WeChat Pay v3, "Add a receiver", "Delete a receiver", "Ask for sharing", "Query a
sharing", "Unfreeze what is left", "Ask for a return", "Query a return", "Query what is left to
share". FINISHED does not mean paid: each receiver has a `result` of its own. Unfreezing needs
an `out_order_no` of its own; under a used one it answers well and does nothing. Only merchants
can be asked to return.
"""

from typing import Literal

from msgspec import field
from msgspec.structs import replace

from jishi.ports.wechat.pay.channel import target
from jishi.ports.wechat.pay.merchant import Merchant
from jishi.ports.wechat.pay.wire import Asked, Moment, Told
from jishi.ports.wechat.sealing import hide

ReceiverKind = Literal["MERCHANT_ID", "PERSONAL_OPENID"]
Relation = Literal[
    "SERVICE_PROVIDER", "STORE", "STAFF", "STORE_OWNER", "PARTNER", "HEADQUARTER", "BRAND",
    "DISTRIBUTOR", "USER", "SUPPLIER", "CUSTOM",
]  # fmt: skip


class NewReceiver(Asked, frozen=True, kw_only=True):
    """Who may receive, and why; `name` in clear (a merchant's in full, a person's if given)."""

    appid: str
    type: ReceiverKind
    account: str
    relation_type: Relation
    name: str | None = None
    custom_relation: str | None = None


class FormerReceiver(Asked, frozen=True, kw_only=True):
    """Who may no longer receive."""

    appid: str
    type: ReceiverKind
    account: str


class Receiver(Told, frozen=True, kw_only=True):
    """Who was added or deleted."""

    type: str
    account: str
    relation_type: str = ""


class Share(Asked, frozen=True, kw_only=True):
    """How many fen one receiver gets; `name` in clear, where it is to be compared."""

    type: ReceiverKind
    account: str
    amount_fen: int = field(name="amount")
    description: str
    name: str | None = None


class SharingAsked(Asked, frozen=True, kw_only=True):
    """A sharing; with `is_last` what is left is unfrozen after it."""

    appid: str
    transaction_id: str
    out_order_no: str
    receivers: list[Share]
    is_last: bool = field(name="unfreeze_unsplit")


class Unfreezing(Asked, frozen=True, kw_only=True):
    """What is left of a payment becomes ours; `out_order_no` is a new one."""

    transaction_id: str
    out_order_no: str
    description: str


class Shared(Told, frozen=True, kw_only=True):
    """What became of one receiver's fen; `result`: PENDING, SUCCESS or CLOSED (see why)."""

    type: str
    account: str
    amount_fen: int = field(name="amount")
    description: str = ""
    result: str
    fail_reason: str = ""
    detail_id: str = ""
    created_at: Moment | None = field(default=None, name="create_time")
    finished_at: Moment | None = field(default=None, name="finish_time")


class Sharing(Told, frozen=True, kw_only=True):
    """A sharing as WeChat sees it; `state`: PROCESSING or FINISHED."""

    transaction_id: str
    out_order_no: str
    order_id: str
    state: str
    receivers: list[Shared] = []


class ReturnAsked(Asked, frozen=True, kw_only=True):
    """So many fen come back from a merchant, to our available balance."""

    out_order_no: str
    out_return_no: str
    return_mchid: str
    amount_fen: int = field(name="amount")
    description: str


class Return(Told, frozen=True, kw_only=True):
    """A return as WeChat sees it; `result`: PROCESSING, SUCCESS or FAILED."""

    order_id: str
    out_order_no: str
    out_return_no: str
    return_id: str
    return_mchid: str
    amount_fen: int = field(name="amount")
    result: str
    fail_reason: str = ""
    created_at: Moment | None = field(default=None, name="create_time")
    finished_at: Moment | None = field(default=None, name="finish_time")


class Unsplit(Told, frozen=True, kw_only=True):
    """What is left to share, in fen."""

    transaction_id: str
    unsplit_fen: int = field(name="unsplit_amount")


async def add_receiver(merchant: Merchant, receiver: NewReceiver) -> Receiver:
    """Let somebody receive; their name is hidden on the way."""
    path = target("/v3/profitsharing/receivers/add")
    if receiver.name is None:
        return await merchant.post(Receiver, path, receiver, is_repeatable=False)
    key = await merchant.key_for_hiding()
    hidden = replace(receiver, name=hide(key.key, receiver.name))
    return await merchant.post(Receiver, path, hidden, is_repeatable=False, serial=key.serial)


async def delete_receiver(merchant: Merchant, receiver: FormerReceiver) -> Receiver:
    """Let somebody no longer receive."""
    path = target("/v3/profitsharing/receivers/delete")
    return await merchant.post(Receiver, path, receiver, is_repeatable=False)


async def share(merchant: Merchant, asked: SharingAsked) -> Sharing:
    """Share a payment; names are hidden on the way. It is PROCESSING at first."""
    path = target("/v3/profitsharing/orders")
    if all(each.name is None for each in asked.receivers):
        return await merchant.post(Sharing, path, asked, is_repeatable=True)
    key = await merchant.key_for_hiding()
    hidden = [
        replace(each, name=each.name and hide(key.key, each.name)) for each in asked.receivers
    ]
    body = replace(asked, receivers=hidden)
    return await merchant.post(Sharing, path, body, is_repeatable=True, serial=key.serial)


async def query_sharing(merchant: Merchant, out_order_no: str, transaction_id: str) -> Sharing:
    """Look a sharing up."""
    path = target("/v3/profitsharing/orders/{}", out_order_no, transaction_id=transaction_id)
    return await merchant.get(Sharing, path)


async def unfreeze(merchant: Merchant, asked: Unfreezing) -> Sharing:
    """Unfreeze what is left."""
    path = target("/v3/profitsharing/orders/unfreeze")
    return await merchant.post(Sharing, path, asked, is_repeatable=True)


async def ask_return(merchant: Merchant, asked: ReturnAsked) -> Return:
    """Ask a merchant's share back."""
    path = target("/v3/profitsharing/return-orders")
    return await merchant.post(Return, path, asked, is_repeatable=True)


async def query_return(merchant: Merchant, out_return_no: str, out_order_no: str) -> Return:
    """Look a return up."""
    path = target("/v3/profitsharing/return-orders/{}", out_return_no, out_order_no=out_order_no)
    return await merchant.get(Return, path)


async def query_unsplit(merchant: Merchant, transaction_id: str) -> Unsplit:
    """Look up what is left to share."""
    path = target("/v3/profitsharing/transactions/{}/amounts", transaction_id)
    return await merchant.get(Unsplit, path)
