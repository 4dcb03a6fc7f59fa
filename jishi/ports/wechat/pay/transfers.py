"""Transfers to a person, who confirms within a day that they take the money.

Sources: WeChat Pay v3, "Transfer to a user (confirmed by the user): start, query by either
number, cancel". Never start a second one under a new number before the first is final: SUCCESS,
FAIL or CANCELLED.
"""

from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from jishi.ports.wechat.pay.channel import target
from jishi.ports.wechat.pay.merchant import Merchant
from jishi.ports.wechat.pay.wire import Asked, Moment, Told
from jishi.ports.wechat.sealing import hide


class SceneReport(Struct, frozen=True):
    """One thing that WeChat wants to know of this kind of transfer."""

    info_type: str
    info_content: str


class TransferStyle(Struct, frozen=True):
    """How it looks to who receives it."""

    type: Literal["CONFIRM_PAGE", "RED_PACKET"]


class TransferAsked(Asked, frozen=True, kw_only=True):
    """So many fen for a person; `user_name` in clear: required from 2,000 yuan on, and compared.

    `transfer_scene_id` is what the merchant was admitted for: `1005` is commission.
    """

    appid: str
    out_bill_no: str
    openid: str
    amount_fen: int = field(name="transfer_amount")
    transfer_remark: str
    transfer_scene_id: str
    transfer_scene_report_infos: list[SceneReport]
    user_name: str | None = None
    notify_url: str | None = None
    user_recv_perception: str | None = None
    user_recv_style: TransferStyle | None = None


class Started(Told, frozen=True, kw_only=True):
    """A transfer that was begun; a page confirms it with `package_info` (see `page`)."""

    out_bill_no: str
    transfer_bill_no: str
    state: str
    fail_reason: str = ""
    package_info: str = ""
    created_at: Moment = field(name="create_time")


class Transfer(Told, frozen=True, kw_only=True):
    """A transfer as WeChat sees it, its name in clear.

    `state`: ACCEPTED, PROCESSING, WAIT_USER_CONFIRM, TRANSFERING, SUCCESS, FAIL, CANCELING or
    CANCELLED.
    """

    out_bill_no: str
    transfer_bill_no: str
    state: str
    mchid: str = field(default="", name="mch_id")
    appid: str = ""
    amount_fen: int = field(name="transfer_amount")
    transfer_remark: str = ""
    fail_reason: str = ""
    openid: str = ""
    user_name: str = ""
    created_at: Moment = field(name="create_time")
    updated_at: Moment = field(name="update_time")


class Cancelling(Told, frozen=True, kw_only=True):
    """A transfer that is being cancelled; `state`: CANCELING or CANCELLED."""

    out_bill_no: str
    transfer_bill_no: str
    state: str
    updated_at: Moment = field(name="update_time")


async def start_transfer(merchant: Merchant, asked: TransferAsked) -> Started:
    """Begin a transfer; the name is hidden on the way."""
    path = target("/v3/fund-app/mch-transfer/transfer-bills")
    if asked.user_name is None:
        return await merchant.post(Started, path, asked, is_repeatable=True)
    key = await merchant.key_for_hiding()
    hidden = replace(asked, user_name=hide(key.key, asked.user_name))
    return await merchant.post(Started, path, hidden, is_repeatable=True, serial=key.serial)


async def query_transfer(merchant: Merchant, out_bill_no: str) -> Transfer:
    """Look a transfer up by our number."""
    path = target("/v3/fund-app/mch-transfer/transfer-bills/out-bill-no/{}", out_bill_no)
    return _in_clear(merchant, await merchant.get(Transfer, path))


async def query_transfer_bill(merchant: Merchant, transfer_bill_no: str) -> Transfer:
    """Look a transfer up by WeChat Pay's number."""
    path = target("/v3/fund-app/mch-transfer/transfer-bills/transfer-bill-no/{}", transfer_bill_no)
    return _in_clear(merchant, await merchant.get(Transfer, path))


async def cancel_transfer(merchant: Merchant, out_bill_no: str) -> Cancelling:
    """Take a transfer back that nobody has confirmed yet."""
    path = target("/v3/fund-app/mch-transfer/transfer-bills/out-bill-no/{}/cancel", out_bill_no)
    return await merchant.post(Cancelling, path, None, is_repeatable=True)


def _in_clear(merchant: Merchant, transfer: Transfer) -> Transfer:
    """Open the name; one that does not open is left out."""
    if not transfer.user_name:
        return transfer
    return replace(transfer, user_name=merchant.credentials.reveal(transfer.user_name) or "")
