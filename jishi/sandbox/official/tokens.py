"""Access tokens: the plain one, that each call replaces, and the stable one, that all share.

Sources: official accounts, "Getting an access token" and "Getting a stable access token". A plain
token stays good for five minutes beside the one that replaced it; the stable one is renewed five
minutes before its end, and both are good until then.
"""

import re
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.answers import Errcode, Lenient
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.cast import Account, account_of
from jishi.sandbox.doors import official
from jishi.sandbox.official.limits import amount, day_begin
from jishi.sandbox.official.quota import spend_call

if TYPE_CHECKING:
    from jishi.sandbox.world import World

LIFE, GRACE = timedelta(seconds=7200), timedelta(minutes=5)
FORCED_PAUSE = timedelta(seconds=30)
FORCED, TOKEN, STABLE_TOKEN = "forced_refresh", "/cgi-bin/token", "/cgi-bin/stable_token"
PLAIN, STABLE = "plain", "stable"
WELL_FORMED = re.compile(r"[0-9]+_[A-Za-z0-9_-]{40,510}")
DEAD, BAD_GRANT, BAD_APPID, MALFORMED, BAD_SECRET = 40001, 40002, 40013, 40014, 40125
NO_TOKEN, NO_APPID, NO_SECRET, EXPIRED, TOO_MANY = 41001, 41002, 41004, 42001, 45009


class Held(Struct, frozen=True):
    """A token as it is kept."""

    appid: str
    expires_at: datetime
    dead_at: datetime | None


class Stable(Struct, frozen=True):
    """The stable token, and how often it was forced today."""

    token: str
    made_at: datetime
    expires_at: datetime
    is_forced: bool
    forced_today: int


class TokenGiven(Struct, frozen=True):
    """A token, and its life in seconds."""

    access_token: str
    expires_in: int


class AskStable(Lenient, frozen=True):
    """Ask for the stable token."""

    grant_type: str = ""
    appid: str = ""
    secret: str = ""
    force_refresh: bool = False


sql = queries(__file__)
by_token = sql.one("by_token", Held)
add_token = sql.run("add_token")
retire = sql.run("retire")
stables = sql.many("stables", Stable)
hold = sql.run("hold")


async def bearer(world: "World", tx: Tx, token: str) -> Account | Errcode:
    """Tell whose token this is, or why it opens nothing."""
    if not token:
        return Errcode(NO_TOKEN)
    if not WELL_FORMED.fullmatch(token):
        return Errcode(MALFORMED)
    held = await by_token(tx, token=token)
    if held is None or (held.dead_at is not None and held.dead_at <= tx.now):
        return Errcode(DEAD)
    if held.expires_at <= tx.now:
        return Errcode(EXPIRED)
    if world.faults.hit("token_invalidated", ""):
        # In a transaction of its own: the caller's is rolled back with the refusal.
        async with world.transaction() as own:
            await retire(own, appid=held.appid, kinds=[PLAIN, STABLE], dead_at=own.now)
        return Errcode(DEAD)
    return world.accounts.get(held.appid) or await account_of(tx, held.appid) or Errcode(DEAD)


@official("GET", TOKEN, needs_token=False)
async def take_token(call: OfficialCall) -> TokenGiven | Errcode:
    """Give a new plain token; the one before it has five minutes left."""
    asked = call.query
    account = await _known(
        call, asked.get("grant_type", ""), asked.get("appid", ""), asked.get("secret", "")
    )
    if isinstance(account, Errcode):
        return account
    if refused := await spend_call(call, TOKEN, account.appid):
        return refused
    await retire(call.tx, appid=account.appid, kinds=[PLAIN], dead_at=call.now + GRACE)
    return await _make(call, account, PLAIN, is_forced=False)


@official("POST", STABLE_TOKEN, needs_token=False)
async def take_stable_token(call: OfficialCall, asked: AskStable) -> TokenGiven | Errcode:
    """Give the stable token: the same to everybody who asks, until it nears its end."""
    account = await _known(call, asked.grant_type, asked.appid, asked.secret)
    if isinstance(account, Errcode):
        return account
    if refused := await spend_call(call, STABLE_TOKEN, account.appid):
        return refused
    day = day_begin(call.now)
    found = await stables(call.tx, appid=account.appid, day_begins_at=day)
    current = found[0] if found else None
    if asked.force_refresh:
        return await _forced(call, account, current)
    if current is None or current.expires_at - call.now <= GRACE:
        return await _make(call, account, STABLE, is_forced=False)
    return _given(call, current)


async def _forced(
    call: OfficialCall, account: Account, current: Stable | None
) -> TokenGiven | Errcode:
    # Asked again within half a minute, the token is not refreshed.
    if current and current.is_forced and call.now - current.made_at < FORCED_PAUSE:
        return _given(call, current)
    if current and current.forced_today >= amount(FORCED, call.now):
        return Errcode(TOO_MANY)
    await retire(call.tx, appid=account.appid, kinds=[STABLE], dead_at=call.now)
    return await _make(call, account, STABLE, is_forced=True)


async def _known(call: OfficialCall, grant_type: str, appid: str, secret: str) -> Account | Errcode:
    if grant_type != "client_credential":
        return Errcode(BAD_GRANT)
    account = await account_by_secret(call.tx, appid, secret)
    if isinstance(account, Account):
        await hold(call.tx, appid=appid)
    return account


async def account_by_secret(tx: Tx, appid: str, secret: str) -> Account | Errcode:
    """Find the account that an id and its secret name, or say what is wrong with them."""
    if not appid:
        return Errcode(NO_APPID)
    if not secret:
        return Errcode(NO_SECRET)
    account = await account_of(tx, appid)
    if account is None:
        return Errcode(BAD_APPID)
    is_his = secrets.compare_digest(account.secret.encode(), secret.encode())
    return account if is_his else Errcode(BAD_SECRET)


async def _make(call: OfficialCall, account: Account, kind: str, *, is_forced: bool) -> TokenGiven:
    token = f"99_{secrets.token_urlsafe(96)}"
    await add_token(
        call.tx, token=token, appid=account.appid, kind=kind, is_forced=is_forced,
        expires_at=call.now + LIFE,
    )  # fmt: skip
    return TokenGiven(token, int(LIFE.total_seconds()))


def _given(call: OfficialCall, current: Stable) -> TokenGiven:
    return TokenGiven(current.token, int((current.expires_at - call.now).total_seconds()))
