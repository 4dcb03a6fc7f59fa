"""Paying without a phone, and the list of orders: for tests, and for programs in any language."""

from datetime import datetime

from msgspec import Struct

from jishi.kernel import queries
from jishi.sandbox.answers import Asked, Refusal, bad_parameter
from jishi.sandbox.calls import ControlCall
from jishi.sandbox.doors import control
from jishi.sandbox.pay import links
from jishi.sandbox.pay.cashier import UNKNOWN, Bill, Declined, Paid, Wish, settle, show
from jishi.sandbox.reading import number

ORDERS_MAX = 100
NEWEST = 2**62


class Payment(Asked, frozen=True):
    """Who pays what: by one of three ways to name it; without a password the right one is typed.

    Without a person whoever the order was made for pays, and for anybody's order the first person.
    """

    prepay_id: str = ""
    code_url: str = ""
    h5_url: str = ""
    person_id: int | None = None
    openid: str = ""
    password: str | None = None


class Line(Struct, frozen=True):
    """An order in the list; money in fen (CNY)."""

    order_id: int
    mchid: str
    appid: str
    out_trade_no: str
    prepay_id: str
    trade_type: str
    description: str
    total_fen: int
    is_sharing: bool
    made_at: datetime
    expires_at: datetime
    closed_at: datetime | None
    transaction_id: str | None
    person_id: int | None
    paid_at: datetime | None
    refunded_fen: int


class Lines(Struct, frozen=True):
    """A page of orders, the newest first; `before` leads to the next one."""

    orders: list[Line]
    before: int | None


sql = queries(__file__)
lines = sql.many("lines", Line)


@control("POST", "/sandbox/payments")
async def pay_now(call: ControlCall, asked: Payment) -> Paid | Declined | Refusal:
    """Pay a bill, or be told why not; what is not paid is an answer too, with its marks."""
    named = asked.prepay_id or links.by_code(asked.code_url) or links.by_h5(asked.h5_url)
    answer = await settle(call.tx, Wish(named, asked.person_id, asked.openid, asked.password))
    if answer is UNKNOWN:
        return Refusal(404, "NOT_FOUND", "nothing is to be paid under this name")
    return answer


@control("GET", "/sandbox/bills/{prepay_id}")
async def show_bill(call: ControlCall) -> Bill | Refusal:
    """Show what the cashier would."""
    bill = await show(call.tx, call.path["prepay_id"])
    return bill or Refusal(404, "NOT_FOUND", "nothing is to be paid under this name")


@control("GET", "/sandbox/orders")
async def list_orders(call: ControlCall) -> Lines | Refusal:
    """List orders, of one merchant (`?mchid=`) or of all."""
    told = call.query.get("before", str(NEWEST))
    before = NEWEST if told == str(NEWEST) else number(told)
    if before is None:
        return bad_parameter("/before", "a number", location="query", value=told)
    found = await lines(
        call.tx, mchid=call.query.get("mchid", ""), before=before,
        orders_max=ORDERS_MAX,
    )  # fmt: skip
    return Lines(found, found[-1].order_id if len(found) == ORDERS_MAX else None)
