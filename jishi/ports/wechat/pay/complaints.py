"""Complaints of buyers about a merchant, and what the merchant answers.

Sources: WeChat Pay v3, "Consumer complaints 2.0": list, detail, negotiation history, reply,
finished, refund approval, and the address that notifications of complaints go to. A complaint
that nobody answers gets the merchant's payments restricted.
"""

from datetime import date
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from jishi.ports.wechat.pay.channel import target
from jishi.ports.wechat.pay.merchant import Merchant
from jishi.ports.wechat.pay.wire import Asked, Moment, Told

PAGE_MAX = 50
HISTORY_PAGE_MAX = 300
ALL = "/v3/merchant-service/complaints-v2"
ADDRESS = "/v3/merchant-service/complaint-notifications"


class ComplaintOrder(Told, frozen=True, kw_only=True):
    """An order that is complained of; in fen."""

    transaction_id: str
    out_trade_no: str
    amount_fen: int = field(name="amount")


class ComplaintMedia(Told, frozen=True, kw_only=True):
    """Pictures; each is fetched with a signed request."""

    media_type: str
    media_url: list[str] = []


class Complaint(Told, frozen=True, kw_only=True):
    """A complaint, the phone number in clear.

    `state`: PENDING, PROCESSING or PROCESSED; `problem_type`: REFUND, SERVICE_NOT_WORK or OTHERS.
    """

    complaint_id: str
    complained_at: Moment = field(name="complaint_time")
    detail: str = field(name="complaint_detail")
    state: str = field(name="complaint_state")
    mchid: str = field(default="", name="complainted_mchid")
    payer_phone: str = ""
    payer_openid: str = ""
    orders: list[ComplaintOrder] = field(default=[], name="complaint_order_info")
    media: list[ComplaintMedia] = field(default=[], name="complaint_media_list")
    is_fully_refunded: bool = field(name="complaint_full_refunded")
    is_reply_awaited: bool = field(name="incoming_user_response")
    problem_description: str
    times: int = field(name="user_complaint_times")
    problem_type: str = ""
    asked_refund_fen: int = field(default=0, name="apply_refund_amount")
    tags: list[str] = field(default=[], name="user_tag_list")
    is_in_platform_service: bool = field(default=False, name="in_platform_service")
    is_urgent: bool = field(default=False, name="need_immediate_service")


class Complaints(Told, frozen=True, kw_only=True):
    """A page of complaints."""

    data: list[Complaint] = []
    limit: int
    offset: int
    total_count: int = 0


class Negotiation(Told, frozen=True, kw_only=True):
    """One thing that somebody did about a complaint."""

    log_id: str
    operator: str
    operated_at: Moment = field(name="operate_time")
    operate_type: str
    details: str = field(default="", name="operate_details")
    images: list[str] = field(default=[], name="image_list")


class Negotiations(Told, frozen=True, kw_only=True):
    """A page of what was done, the newest first."""

    data: list[Negotiation] = []
    limit: int
    offset: int
    total_count: int = 0


class Reply(Asked, frozen=True, kw_only=True):
    """An answer to who complained; images are the ids of uploads."""

    mchid: str = field(name="complainted_mchid")
    content: str = field(name="response_content")
    images: list[str] | None = field(default=None, name="response_images")
    jump_url: str | None = None
    jump_url_text: str | None = None


class RefundDecision(Asked, frozen=True, kw_only=True):
    """What we say to a refund that was asked for; a refusal has its reason."""

    action: Literal["APPROVE", "REJECT"]
    launch_refund_days: int | None = field(default=None, name="launch_refund_day")
    reject_reason: str | None = None
    reject_media_list: list[str] | None = None
    remark: str | None = None


class Address(Told, frozen=True, kw_only=True):
    """Where notifications of complaints go."""

    mchid: str
    url: str


class _Completion(Struct, frozen=True):
    complainted_mchid: str


class _Url(Struct, frozen=True):
    url: str


async def list_complaints(
    merchant: Merchant, first: date, last: date, *, offset: int = 0, limit: int = PAGE_MAX
) -> Complaints:
    """List what was complained of between two days, at most 30 apart."""
    days = {"begin_date": first.isoformat(), "end_date": last.isoformat()}
    path = target(ALL, limit=limit, offset=offset, **days, complainted_mchid=merchant.mchid)
    page = await merchant.get(Complaints, path)
    return replace(page, data=[_in_clear(merchant, each) for each in page.data])


async def show_complaint(merchant: Merchant, complaint_id: str) -> Complaint:
    """Look one complaint up."""
    found = await merchant.get(Complaint, target(ALL + "/{}", complaint_id))
    return _in_clear(merchant, found)


async def list_negotiations(
    merchant: Merchant, complaint_id: str, *, offset: int = 0, limit: int = HISTORY_PAGE_MAX
) -> Negotiations:
    """List what was done about a complaint."""
    path = target(ALL + "/{}/negotiation-historys", complaint_id, limit=limit, offset=offset)
    return await merchant.get(Negotiations, path)


async def reply(merchant: Merchant, complaint_id: str, said: Reply) -> None:
    """Answer who complained. Said twice it is read twice: it is never tried again by itself."""
    await merchant.tell(target(ALL + "/{}/response", complaint_id), said, is_repeatable=False)


async def complete(merchant: Merchant, complaint_id: str) -> None:
    """Say that a complaint is dealt with."""
    path = target(ALL + "/{}/complete", complaint_id)
    await merchant.tell(path, _Completion(merchant.mchid), is_repeatable=False)


async def decide_refund(merchant: Merchant, complaint_id: str, decision: RefundDecision) -> None:
    """Say whether the refund that was asked for is granted; it is refunded as any other."""
    path = target(ALL + "/{}/update-refund-progress", complaint_id)
    await merchant.tell(path, decision, is_repeatable=False)


async def set_address(merchant: Merchant, url: str) -> Address:
    """Say for the first time where notifications go."""
    return await merchant.post(Address, ADDRESS, _Url(url), is_repeatable=False)


async def change_address(merchant: Merchant, url: str) -> Address:
    """Say where notifications go from now on."""
    return await merchant.put(Address, ADDRESS, _Url(url))


async def show_address(merchant: Merchant) -> Address:
    """Look up where notifications go."""
    return await merchant.get(Address, ADDRESS)


async def forget_address(merchant: Merchant) -> None:
    """Want no notifications any more."""
    await merchant.tell(ADDRESS, None, is_repeatable=False, method="DELETE")


def _in_clear(merchant: Merchant, complaint: Complaint) -> Complaint:
    """Open the phone number; one that does not open is left out."""
    if not complaint.payer_phone:
        return complaint
    return replace(complaint, payer_phone=merchant.credentials.reveal(complaint.payer_phone) or "")
