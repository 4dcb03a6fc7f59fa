"""Asking for bills: from ten in the morning of the next day (Beijing's), for three months."""

import gzip
import secrets
from datetime import date, datetime, time, timedelta
from hashlib import sha1

from msgspec import Struct

from jishi.kernel import queries
from jishi.sandbox.answers import Refusal, bad_parameter
from jishi.sandbox.bills.mismatch import mistaken
from jishi.sandbox.bills.rows import flows_on, parts_on, payments_on, refunds_on
from jishi.sandbox.bills.writing import (
    fund_bill,
    paid_bill,
    refund_bill,
    sharing_bill,
    trade_bill,
)
from jishi.sandbox.calls import PayCall
from jishi.sandbox.doors import pay
from jishi.sandbox.pay.rules import BEIJING

READY = time(10)
DAYS_KEPT = 92
USABLE = timedelta(seconds=30)
TRADE, FUND, SHARING = "/v3/bill/tradebill", "/v3/bill/fundflowbill", "/v3/profitsharing/bills"
WRITERS = {"ALL": trade_bill, "SUCCESS": paid_bill, "REFUND": refund_bill}
NONE = Refusal(400, "NO_STATEMENT_EXIST", "账单文件不存在，当日无交易")
NOT_YET = Refusal(400, "STATEMENT_CREATING", "账单生成中，请在次日10点后再获取")


class Ticket(Struct, frozen=True):
    """Where a bill can be fetched for half a minute, and the hash of it unpacked."""

    hash_type: str
    hash_value: str
    download_url: str


class Span(Struct, frozen=True):
    """A day of Beijing's, from its first moment to before the next one's."""

    first_at: datetime
    before_at: datetime

    def of(self, mchid: str) -> dict[str, object]:
        """Give it with whose it is, as the statements want it."""
        return {"mchid": mchid, "first_at": self.first_at, "before_at": self.before_at}


sql = queries(__file__)
add_file = sql.run("add_file")


@pay("GET", TRADE)
async def ask_trade_bill(call: PayCall) -> Ticket | Refusal:
    """Ask for the payments and refunds of a day."""
    span, kind = span_of(call), call.query.get("bill_type", "ALL")
    if isinstance(span, Refusal):
        return span
    if kind not in WRITERS:
        return bad_parameter("/bill_type", "取值为ALL、SUCCESS或REFUND", location="query")
    which = span.of(call.merchant.mchid)
    paid = [] if kind == "REFUND" else await payments_on(call.tx, **which)
    back = [] if kind == "SUCCESS" else await refunds_on(call.tx, **which)
    rows = sorted([*paid, *back], key=lambda row: row.traded_at)
    if not rows:
        return NONE
    return await keep(call, WRITERS[kind](mistaken(call.world, TRADE, rows)))


@pay("GET", FUND)
async def ask_fund_bill(call: PayCall) -> Ticket | Refusal:
    """Ask for what came into an account and left it on a day."""
    span, account = span_of(call), call.query.get("account_type", "BASIC")
    if isinstance(span, Refusal):
        return span
    if account not in {"BASIC", "OPERATION", "FEES"}:
        return bad_parameter("/account_type", "取值为BASIC、OPERATION或FEES", location="query")
    rows = await flows_on(call.tx, account=account, **span.of(call.merchant.mchid))
    return await keep(call, fund_bill(mistaken(call.world, FUND, rows))) if rows else NONE


@pay("GET", SHARING)
async def ask_sharing_bill(call: PayCall) -> Ticket | Refusal:
    """Ask for what was shared and returned on a day."""
    span = span_of(call)
    if isinstance(span, Refusal):
        return span
    rows = await parts_on(call.tx, **span.of(call.merchant.mchid))
    return await keep(call, sharing_bill(mistaken(call.world, SHARING, rows))) if rows else NONE


def span_of(call: PayCall) -> Span | Refusal:
    """Read the day that is asked for, if its bill is there."""
    try:
        day = date.fromisoformat(call.query.get("bill_date", ""))
    except ValueError:
        return bad_parameter("/bill_date", "账单日期格式为YYYY-MM-DD", location="query")
    if call.query.get("tar_type", "GZIP") != "GZIP":
        return bad_parameter("/tar_type", "压缩类型只支持GZIP", location="query")
    now = call.now.astimezone(BEIJING)
    if now < datetime.combine(day + timedelta(days=1), READY, BEIJING):
        return NOT_YET
    if day < now.date() - timedelta(days=DAYS_KEPT):
        return bad_parameter("/bill_date", "仅支持三个月内的账单", location="query")
    begins = datetime.combine(day, time(), BEIJING)
    return Span(begins, begins + timedelta(days=1))


async def keep(call: PayCall, text: str) -> Ticket:
    """Keep a bill to be fetched, and tell where."""
    whole, token = text.encode(), secrets.token_urlsafe(32)
    is_zip = "tar_type" in call.query
    await add_file(
        call.tx, token=token, mchid=call.merchant.mchid,
        content=gzip.compress(whole, mtime=0) if is_zip else whole, is_zip=is_zip,
        until_at=call.now + USABLE,
    )  # fmt: skip
    digest = sha1(whole, usedforsecurity=False).hexdigest()
    address = f"{call.world.base_url}/v3/billdownload/file?token={token}"
    return Ticket("SHA1", digest, address + ("&tartype=gzip" if is_zip else ""))
