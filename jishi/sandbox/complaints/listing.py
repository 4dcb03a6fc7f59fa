"""What a merchant can look up: complaints, one of them, and what was done about it."""

from datetime import date, datetime, time, timedelta

from msgspec import Struct

from jishi.kernel import queries
from jishi.ports.wechat.sealing import hide
from jishi.sandbox.answers import Answered, Refusal, bad_parameter
from jishi.sandbox.calls import PayCall
from jishi.sandbox.cast import Merchant, public_key
from jishi.sandbox.complaints.kept import NO_COMPLAINT, Complaint, complaint_by_id
from jishi.sandbox.doors import pay
from jishi.sandbox.pay.rules import BEIJING, shown

PAGE, PAGE_MAX, HISTORY_MAX, OFFSET_MAX = 10, 50, 300, 10_000
DAYS_MAX = 30
ALL = "/v3/merchant-service/complaints-v2"


class ShownOrder(Struct, frozen=True):
    """The order that is complained of; `amount` in fen."""

    transaction_id: str
    out_trade_no: str
    amount: int


class ShownComplaint(Answered, frozen=True):
    """A complaint as its merchant sees it; the telephone is hidden for him."""

    complaint_id: str
    complaint_time: str
    complaint_detail: str
    complaint_state: str
    complainted_mchid: str
    complaint_order_info: list[ShownOrder]
    incoming_user_response: bool
    problem_description: str
    user_complaint_times: int
    complaint_full_refunded: bool
    problem_type: str
    payer_phone: str | None = None
    payer_openid: str | None = None
    apply_refund_amount: int | None = None


class ComplaintPage(Struct, frozen=True):
    """A page of complaints."""

    data: list[ShownComplaint]
    limit: int
    offset: int
    total_count: int


class Negotiation(Struct, frozen=True):
    """A step, as it is kept."""

    step_id: int
    operator: str
    kind: str
    details: str
    images: list[str]
    made_at: datetime


class ShownNegotiation(Answered, frozen=True):
    """A step, as it is shown."""

    log_id: str
    operator: str
    operate_time: str
    operate_type: str
    operate_details: str | None = None
    image_list: list[str] | None = None


class NegotiationPage(Struct, frozen=True):
    """A page of steps, the newest first."""

    data: list[ShownNegotiation]
    limit: int
    offset: int
    total_count: int


class Count(Struct, frozen=True):
    """How many there are."""

    number: int


class Page(Struct, frozen=True):
    """What part of a list is asked for."""

    limit: int
    offset: int


sql = queries(__file__)
complaints_between = sql.many("complaints_between", Complaint)
count_between = sql.one("count_between", Count)
steps_of = sql.many("steps_of", Negotiation)
count_steps = sql.one("count_steps", Count)


@pay("GET", ALL)
async def list_complaints(call: PayCall) -> ComplaintPage | Refusal:
    """List what was complained of between two days, at most thirty apart (Beijing's days)."""
    first, last = _day(call, "begin_date"), _day(call, "end_date")
    if first is None or last is None:
        return bad_parameter("/begin_date", "日期格式为YYYY-MM-DD", location="query")
    if not timedelta() <= last - first <= timedelta(days=DAYS_MAX):
        return bad_parameter("/end_date", "时间跨度最大为30天", location="query")
    page = _page(call, PAGE_MAX)
    mchid = call.query.get("complainted_mchid", call.merchant.mchid)
    if isinstance(page, Refusal) or mchid != call.merchant.mchid:
        return (
            page if isinstance(page, Refusal) else Refusal(403, "NO_AUTH", "无权查询该商户的投诉")
        )
    days = {
        "mchid": mchid,
        "first_at": datetime.combine(first, time(), BEIJING),
        "before_at": datetime.combine(last + timedelta(days=1), time(), BEIJING),
    }
    found = await complaints_between(call.tx, **days, shown_max=page.limit, skipped=page.offset)
    count = await count_between(call.tx, **days)
    rows = [show(each, call.merchant) for each in found]
    return ComplaintPage(rows, page.limit, page.offset, count.number if count else 0)


@pay("GET", f"{ALL}/{{complaint_id}}")
async def show_complaint(call: PayCall) -> ShownComplaint | Refusal:
    """Show one complaint to its merchant."""
    found = await own_complaint(call)
    return found if isinstance(found, Refusal) else show(found, call.merchant)


@pay("GET", f"{ALL}/{{complaint_id}}/negotiation-historys")
async def list_steps(call: PayCall) -> NegotiationPage | Refusal:
    """List what was done about a complaint, the newest first."""
    found, page = await own_complaint(call), _page(call, HISTORY_MAX, HISTORY_MAX)
    if isinstance(found, Refusal):
        return found
    if isinstance(page, Refusal):
        return page
    which = {"complaint_id": found.complaint_id}
    steps = await steps_of(call.tx, **which, shown_max=page.limit, skipped=page.offset)
    count = await count_steps(call.tx, **which)
    rows = [
        ShownNegotiation(
            str(each.step_id), each.operator, shown(each.made_at), each.kind,
            each.details or None, each.images or None,
        )
        for each in steps
    ]  # fmt: skip
    return NegotiationPage(rows, page.limit, page.offset, count.number if count else 0)


async def own_complaint(call: PayCall) -> Complaint | Refusal:
    """Find the complaint of the path, if it is about who asks."""
    found = await complaint_by_id(call.tx, complaint_id=call.path["complaint_id"])
    return NO_COMPLAINT if found is None or found.mchid != call.merchant.mchid else found


def show(complaint: Complaint, merchant: Merchant) -> ShownComplaint:
    """Show a complaint, the telephone hidden with the merchant's own certificate."""
    phone = hide(public_key(merchant.certificate_pem), complaint.phone) if complaint.phone else None
    order = ShownOrder(complaint.transaction_id, complaint.out_trade_no, complaint.total_fen)
    return ShownComplaint(
        complaint_id=complaint.complaint_id,
        complaint_time=shown(complaint.made_at),
        complaint_detail=complaint.detail,
        complaint_state=complaint.state,
        complainted_mchid=complaint.mchid,
        complaint_order_info=[order],
        incoming_user_response=complaint.is_reply_awaited,
        problem_description=complaint.problem,
        user_complaint_times=complaint.times,
        complaint_full_refunded=complaint.is_fully_refunded,
        problem_type=complaint.problem_type,
        payer_phone=phone,
        payer_openid=complaint.openid,
        apply_refund_amount=complaint.asked_refund_fen or None,
    )


def _day(call: PayCall, name: str) -> date | None:
    try:
        return date.fromisoformat(call.query.get(name, ""))
    except ValueError:
        return None


def _page(call: PayCall, limit_max: int, otherwise: int = PAGE) -> Page | Refusal:
    limit, offset = call.query.get("limit", str(otherwise)), call.query.get("offset", "0")
    if not (limit.isascii() and limit.isdigit() and 1 <= int(limit[:9]) <= limit_max):
        return bad_parameter("/limit", f"取值范围1-{limit_max}", location="query")
    if not (offset.isascii() and offset.isdigit() and int(offset[:9]) <= OFFSET_MAX):
        return bad_parameter("/offset", "取值不合法", location="query")
    return Page(int(limit), int(offset))
