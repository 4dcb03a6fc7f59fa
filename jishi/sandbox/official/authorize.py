"""Web page authorisation, the person's side: WeChat's page between a shop's page and itself.

Source: official accounts, "Web page authorisation". `snsapi_base` goes on at once and in silence;
`snsapi_userinfo` asks, once. A person whose pages are opened as snapshots is nobody anywhere.
"""

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from litestar import Response, get, post
from litestar.response import Redirect
from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.cast import Account, Person, account_of, openid_of
from jishi.sandbox.official.html import (
    BAD_APPID,
    BAD_DOMAIN,
    BAD_ORDER,
    BAD_SCOPE,
    NO_REDIRECT,
    ONLY_IN_WECHAT,
    Asked,
    Page,
    consent_page,
    is_in_domains,
    message,
    visitor,
    world_of,
)
from jishi.sandbox.official.oauth import BASE, USERINFO, make_code

PATH = "/connect/oauth2/authorize"
ORDER = ("appid", "redirect_uri", "response_type", "scope", "state")
GIVEN = (*ORDER, "forcePopup", "forceSnapShot")
STATE = re.compile(r"[a-zA-Z0-9]{0,128}")
BAD_STATE = "state 参数错误：只能是 a-zA-Z0-9，最多 128 字节"
BAD_TYPE = "response_type 参数错误，请填写 code"


class Granted(Struct, frozen=True):
    """A scope that a person allowed."""

    scope: str


class Wish(Struct, frozen=True):
    """What a page wants to know, of whom, and where the person goes on."""

    account: Account
    person: Person
    redirect_uri: str
    scope: str
    state: str
    must_ask: bool
    is_snapshot: bool


sql = queries(__file__)
grant = sql.run("grant")
granted = sql.one("granted", Granted)


@get(PATH, status_code=200)
async def authorize(request: Asked) -> Response[object] | Page:
    """Go on with a code; where the person has to be asked, ask."""
    raw = request.scope["query_string"].decode("latin-1")
    names = [name for name, _ in parse_qsl(raw, keep_blank_values=True)]
    told = [name for name in names if name in ORDER]
    if told != sorted(told, key=ORDER.index):
        return message(BAD_ORDER)
    found = await _read(request, request.query_params)
    if not isinstance(found, Wish):
        return found
    async with world_of(request).transaction() as tx:
        if found.scope == BASE or found.is_snapshot or await _has_allowed(tx, found):
            return Redirect(await _onwards(tx, found))
    lines = [f"{found.account.name} 申请使用", "获取你的昵称、头像"]
    given = {name: str(request.query_params.get(name, "")) for name in GIVEN}
    return consent_page(found.account, "微信登录", lines, given)


@post(PATH, status_code=200)
async def decide(request: Asked) -> Response[object] | Page:
    """Take the person's answer: go on with a code, or stay."""
    form = await request.form()
    found = await _read(request, form)
    if not isinstance(found, Wish):
        return found
    if form.get("decision") != "allow":
        return message("已拒绝授权", found.account.name)
    async with world_of(request).transaction() as tx:
        await grant(
            tx, appid=found.account.appid, person_id=found.person.person_id, scope=found.scope
        )
        return Redirect(await _onwards(tx, found))


async def _read(request: Asked, given: Mapping[str, object]) -> Wish | Page:
    asked = {name: str(given.get(name, "")).replace("\x00", "") for name in GIVEN}
    person = await visitor(request)
    if person is None:
        return message(ONLY_IN_WECHAT)
    async with world_of(request).transaction() as tx:
        account = await account_of(tx, asked["appid"])
    if account is None or account.kind != "service":
        return message(BAD_APPID)
    if words := reason_against(asked, account.web_domains):
        return message(words)
    return Wish(
        account, person, asked["redirect_uri"], asked["scope"], asked["state"],
        asked["forcePopup"] == "true",
        person.is_snapshot or asked["forceSnapShot"] == "true",
    )  # fmt: skip


def reason_against(asked: dict[str, str], web_domains: list[str]) -> str | None:
    """Give WeChat's words for the first thing that is wrong with a wish, or none."""
    if not asked["redirect_uri"]:
        return NO_REDIRECT
    if asked["response_type"] != "code":
        return BAD_TYPE
    if asked["scope"] not in {BASE, USERINFO}:
        return BAD_SCOPE
    if not STATE.fullmatch(asked["state"]):
        return BAD_STATE
    return None if is_in_domains(asked["redirect_uri"], web_domains) else BAD_DOMAIN


async def _has_allowed(tx: Tx, wish: Wish) -> bool:
    if wish.must_ask:
        return False
    found = await granted(
        tx, appid=wish.account.appid, person_id=wish.person.person_id, scope=wish.scope
    )
    return found is not None


async def _onwards(tx: Tx, wish: Wish) -> str:
    appid, person_id = wish.account.appid, wish.person.person_id
    openid = await openid_of(tx, appid, person_id)
    code = await make_code(tx, appid, person_id, openid, wish.scope, is_snapshot=wish.is_snapshot)
    page, _, fragment = wish.redirect_uri.partition("#")
    mark = "&" if "?" in page else "?"
    tail = f"#{fragment}" if fragment else ""
    return f"{page}{mark}{urlencode({'code': code, 'state': wish.state})}{tail}"
