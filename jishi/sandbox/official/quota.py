"""How often operations are called, against what an account may: counted, told, cleared."""

from datetime import datetime

from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.answers import Errcode, Lenient
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.cast import account_of
from jishi.sandbox.doors import OFFICIAL, official
from jishi.sandbox.official.limits import (
    DAY,
    LIMITS,
    MINUTE,
    amount,
    day_begin,
    limit,
    minute_begin,
    month_begin,
)

TOO_MANY, TOO_FAST, NO_CLEARING, UNKNOWN_PATH = 45009, 45011, 48006, 76021
BAD_APPID, BAD_SECRET = 40013, 40125
SLOTS = 16
"""A count has so many rows: calls at the same moment do not wait for each other."""

CLEARING = "clear_quota"
COUNTED = {(each.name, each.within) for each in LIMITS if each.name.startswith("/")}


class Used(Struct, frozen=True):
    """How often, since the period began."""

    used: int


class ClearQuota(Lenient, frozen=True):
    """Whose counts shall begin anew; the second way in knows the secret instead of a token."""

    appid: str = ""
    appsecret: str = ""


class AskQuota(Lenient, frozen=True):
    """Of which operation."""

    cgi_path: str = ""


class Quota(Struct, frozen=True):
    """A day's allowance, and what is left."""

    daily_limit: int
    used: int
    remain: int


class QuotaTold(Struct, frozen=True):
    """The allowance of one operation."""

    errcode: int
    errmsg: str
    quota: Quota


sql = queries(__file__)
count = sql.one("count", Used)
counted = sql.one("counted", Used)
forget = sql.run("forget")


async def spend(tx: Tx, appid: str, operation: str, begins_at: datetime) -> int:
    """Count one more and give how many there are; a refused call is taken back by its rollback."""
    slot = tx.now.microsecond % SLOTS
    found = await count(tx, appid=appid, operation=operation, begins_at=begins_at, slot=slot)
    assert found is not None
    return found.used


async def spend_call(call: OfficialCall, operation: str, appid: str = "") -> Errcode | None:
    """Count a call against its day and its minute; give the refusal if it is one too many."""
    appid = appid or call.account.appid
    if call.world.faults.hit("quota_exceeded", operation):
        return Errcode(TOO_MANY)
    for within, begins_at in ((DAY, day_begin(call.now)), (MINUTE, minute_begin(call.now))):
        if (operation, within) not in COUNTED:
            continue
        allowed = limit(operation, call.now, within).amount
        counted_as = operation if within == DAY else f"{operation} a minute"
        used = await spend(call.tx, appid, counted_as, begins_at)
        if allowed is not None and used > allowed:
            return Errcode(TOO_MANY if within == DAY else TOO_FAST)
    return None


@official("POST", "/cgi-bin/openapi/quota/get")
async def tell_quota(call: OfficialCall, asked: AskQuota) -> QuotaTold | Errcode:
    """Tell the day's allowance of an operation."""
    if all(each.path != asked.cgi_path for each in OFFICIAL):
        return Errcode(UNKNOWN_PATH)
    if (asked.cgi_path, DAY) not in COUNTED:
        return QuotaTold(0, "ok", Quota(0, 0, 0))
    found = await counted(
        call.tx, appid=call.account.appid, operation=asked.cgi_path, begins_at=day_begin(call.now)
    )
    assert found is not None
    allowed = limit(asked.cgi_path, call.now, DAY).amount or 0
    return QuotaTold(0, "ok", Quota(allowed, found.used, max(allowed - found.used, 0)))


@official("POST", "/cgi-bin/clear_quota")
async def clear_quota(call: OfficialCall, asked: ClearQuota) -> Errcode | None:
    """Begin all counts anew, ten times a month."""
    if asked.appid != call.account.appid:
        return Errcode(BAD_APPID)
    return await _clear(call, asked.appid)


@official("POST", "/cgi-bin/clear_quota/v2", needs_token=False)
async def clear_quota_by_secret(call: OfficialCall, asked: ClearQuota) -> Errcode | None:
    """Begin all counts anew, for one who has no calls left to take a token."""
    account = await account_of(call.tx, asked.appid)
    if account is None:
        return Errcode(BAD_APPID)
    if account.secret != asked.appsecret:
        return Errcode(BAD_SECRET)
    return await _clear(call, asked.appid)


async def _clear(call: OfficialCall, appid: str) -> Errcode | None:
    used = await spend(call.tx, appid, CLEARING, month_begin(call.now))
    if used > amount(CLEARING, call.now):
        return Errcode(NO_CLEARING)
    await forget(call.tx, appid=appid, clearing=CLEARING)
    return None
