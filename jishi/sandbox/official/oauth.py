"""Web page authorisation, the server's side: a code for a token, the token for who it is.

Source: official accounts, "Web page authorisation": a code lives five minutes and is used once, a
token two hours, its refresh token thirty days. In a snapshot page everybody is somebody else.
"""

import secrets
from datetime import datetime, timedelta

from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.answers import Answered, Errcode
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.cast import person_of
from jishi.sandbox.doors import official
from jishi.sandbox.official.revoking import revoke
from jishi.sandbox.official.tokens import account_by_secret

CODE_LIFE, TOKEN_LIFE, REFRESH_LIFE = (
    timedelta(minutes=5),
    timedelta(hours=2),
    timedelta(days=30),
)
BASE, USERINFO = "snsapi_base", "snsapi_userinfo"
BAD_TOKEN, BAD_GRANT, BAD_OPENID, BAD_CODE, BAD_REFRESH = 40001, 40002, 40003, 40029, 40030
USED_CODE, NO_REFRESH, NO_CODE, EXPIRED, REFRESH_EXPIRED, CODE_EXPIRED = (
    40163, 41003, 41008, 42001, 42002, 42003,
)  # fmt: skip
UNAUTHORISED, NOT_ALLOWED = 48001, 50001
SNAPSHOT_NAME = "微信用户"


class PageToken(Answered, frozen=True):
    """A token for one person."""

    access_token: str
    expires_in: int
    refresh_token: str
    openid: str
    scope: str
    is_snapshotuser: int | None = None
    unionid: str | None = None


class UserInfo(Struct, frozen=True):
    """Who a person is; sex and region are told no more."""

    openid: str
    nickname: str
    sex: int
    language: str
    city: str
    province: str
    country: str
    headimgurl: str
    privilege: list[str]
    unionid: str


class Code(Struct, frozen=True):
    """A code as it is kept."""

    code: str
    appid: str
    person_id: int
    openid: str
    scope: str
    is_snapshot: bool
    made_at: datetime
    used_at: datetime | None


class Held(Struct, frozen=True):
    """A token as it is kept."""

    token: str
    refresh_token: str
    appid: str
    person_id: int
    openid: str
    scope: str
    is_snapshot: bool
    expires_at: datetime
    refresh_until: datetime
    revoked_at: datetime | None


sql = queries(__file__)
add_code = sql.run("add_code")
code_by_text = sql.one("code_by_text", Code)
use_code = sql.run("use_code")
add_token = sql.run("add_token")
by_token = sql.one("by_token", Held)
by_refresh = sql.one("by_refresh", Held)
renew = sql.run("renew")


async def make_code(  # noqa: PLR0913 - it has so many parts
    tx: Tx, appid: str, person_id: int, openid: str, scope: str, *, is_snapshot: bool
) -> str:
    """Make a code for a person; in a snapshot page, for nobody who exists."""
    code = secrets.token_urlsafe(24)
    name = f"o{secrets.token_urlsafe(21)[:27]}" if is_snapshot else openid
    await add_code(
        tx, code=code, appid=appid, person_id=person_id, openid=name, scope=scope,
        is_snapshot=is_snapshot,
    )  # fmt: skip
    return code


@official("GET", "/sns/oauth2/access_token", needs_token=False)
async def exchange(call: OfficialCall) -> PageToken | Errcode:  # noqa: PLR0911 - one a reason
    """Give a token for a code, once."""
    asked = call.query
    account = await account_by_secret(call.tx, asked.get("appid", ""), asked.get("secret", ""))
    if isinstance(account, Errcode):
        return account
    if asked.get("grant_type") != "authorization_code":
        return Errcode(BAD_GRANT)
    if not asked.get("code"):
        return Errcode(NO_CODE)
    found = await code_by_text(call.tx, code=asked["code"])
    if found is None or found.appid != account.appid:
        return Errcode(BAD_CODE)
    if found.used_at is not None:
        return Errcode(USED_CODE)
    if call.now - found.made_at >= CODE_LIFE:
        return Errcode(CODE_EXPIRED)
    await use_code(call.tx, code=found.code)
    return await _given(call, found)


@official("GET", "/sns/oauth2/refresh_token", needs_token=False)
async def refresh(call: OfficialCall) -> PageToken | Errcode:
    """Give a token two hours more, as long as its refresh token lives."""
    asked = call.query
    if asked.get("grant_type") != "refresh_token":
        return Errcode(BAD_GRANT)
    if not asked.get("refresh_token"):
        return Errcode(NO_REFRESH)
    found = await by_refresh(call.tx, refresh_token=asked["refresh_token"])
    if found is None or found.appid != asked.get("appid") or found.revoked_at is not None:
        return Errcode(BAD_REFRESH)
    if found.refresh_until <= call.now:
        return Errcode(REFRESH_EXPIRED)
    token = found.token if found.expires_at > call.now else _token()
    await renew(
        call.tx, refresh_token=found.refresh_token, token=token,
        expires_at=call.now + TOKEN_LIFE,
    )  # fmt: skip
    seconds = int(TOKEN_LIFE.total_seconds())
    return PageToken(token, seconds, found.refresh_token, found.openid, found.scope)


@official("GET", "/sns/userinfo", needs_token=False)
async def userinfo(call: OfficialCall) -> UserInfo | Errcode:
    """Tell who a person is, if the person allowed it."""
    found = await _held(call)
    if isinstance(found, Errcode):
        return found
    if found.scope != USERINFO:
        return Errcode(UNAUTHORISED)
    language = call.query.get("lang", "zh_CN")
    if found.is_snapshot:
        none = f"oU{found.openid[2:]}"
        return UserInfo(found.openid, SNAPSHOT_NAME, 0, language, "", "", "", "", [], none)
    if call.world.faults.hit("authorization_revoked", "/sns/userinfo"):
        # In a transaction of its own: this one is rolled back with the refusal.
        async with call.world.transaction() as own:
            await revoke(own, found.person_id, found.appid)
        return Errcode(NOT_ALLOWED)
    person = await person_of(call.tx, found.person_id)
    assert person is not None
    face = f"{call.world.base_url}/mmhead/{person.person_id}"
    return UserInfo(found.openid, person.name, 0, language, "", "", "", face, [], person.unionid)


@official("GET", "/sns/auth", needs_token=False)
async def check(call: OfficialCall) -> Errcode | None:
    """Tell whether a token is good."""
    found = await _held(call)
    return found if isinstance(found, Errcode) else None


async def _held(call: OfficialCall) -> Held | Errcode:
    found = await by_token(call.tx, token=call.query.get("access_token", ""))
    if found is None:
        return Errcode(BAD_TOKEN)
    if found.revoked_at is not None:
        return Errcode(NOT_ALLOWED)
    if found.expires_at <= call.now:
        return Errcode(EXPIRED)
    return found if found.openid == call.query.get("openid") else Errcode(BAD_OPENID)


async def _given(call: OfficialCall, code: Code) -> PageToken:
    token, refresh_token = _token(), _token()
    await add_token(
        call.tx, token=token, refresh_token=refresh_token, appid=code.appid,
        person_id=code.person_id, openid=code.openid, scope=code.scope,
        is_snapshot=code.is_snapshot, expires_at=call.now + TOKEN_LIFE,
        refresh_until=call.now + REFRESH_LIFE,
    )  # fmt: skip
    seconds = int(TOKEN_LIFE.total_seconds())
    unionid = f"oU{code.openid[2:]}"
    if not code.is_snapshot:
        person = await person_of(call.tx, code.person_id)
        assert person is not None
        unionid = person.unionid
    return PageToken(
        token, seconds, refresh_token, code.openid, code.scope,
        1 if code.is_snapshot else None, unionid,
    )  # fmt: skip


def _token() -> str:
    return f"99_{secrets.token_urlsafe(64)}"
