"""Who opens a page: WeChat leads to its consent page and back with a code, good once.

Source: official accounts, "Page authorization". Silent authorization gives the openid alone; asked
for on a tap, a person's name and picture too. A page that asks at once is shown as a snapshot, to
a person who is not there: what comes then is a `Snapshot`, and nobody.
"""

from typing import TypeAlias
from urllib.parse import quote, urlencode

from msgspec import Struct, field

from jishi.ports.wechat.official.account import Account, Hosts
from jishi.ports.wechat.official.answers import Done
from jishi.ports.wechat.official.limits import within

BASE, USERINFO = "snsapi_base", "snsapi_userinfo"
STATE_BYTES_MAX = 128


class Consent(Struct, frozen=True, kw_only=True):
    """What to ask for: `scope` is BASE (silent) or USERINFO; `state` comes back unchanged.

    `state` is up to 128 letters and digits. `is_asked_again` asks even who agreed before,
    `is_snapshot_forced` shows everybody the snapshot page first.
    """

    redirect_url: str
    scope: str
    state: str
    is_asked_again: bool = False
    is_snapshot_forced: bool = False


class Keys(Struct, frozen=True):
    """What a person's grant is used with: 2 hours (`expires_in`, seconds), renewed for 30 days."""

    access_token: str
    refresh_token: str
    expires_in: int

    def __repr__(self) -> str:
        return f"Keys({self.expires_in})"


class Grant(Struct, frozen=True):
    """A person who is there. `unionid` where the account is bound to an open platform."""

    openid: str
    scope: str
    unionid: str
    keys: Keys


class Snapshot(Struct, frozen=True):
    """A snapshot page was opened: the names WeChat gave are made up, so none are kept here."""

    scope: str


Granted: TypeAlias = Grant | Snapshot


class Profile(Struct, frozen=True):
    """What a person shows of themselves; sex and region are empty since 2021."""

    openid: str
    nickname: str = ""
    picture_url: str = field(default="", name="headimgurl")
    privileges: tuple[str, ...] = field(default=(), name="privilege")
    unionid: str = ""


class _Given(Struct, frozen=True):
    access_token: str
    expires_in: int
    refresh_token: str
    openid: str
    scope: str
    is_snapshotuser: int = 0
    unionid: str = ""


def consent_url(hosts: Hosts, appid: str, consent: Consent) -> str:
    """Give the address to lead somebody to. WeChat checks the order of its parameters."""
    within("state", len(consent.state.encode()), STATE_BYTES_MAX)
    if consent.state and not (consent.state.isascii() and consent.state.isalnum()):
        raise ValueError("WeChat takes letters and digits alone for a state")
    query: dict[str, str] = {
        "appid": appid,
        "redirect_uri": consent.redirect_url,
        "response_type": "code",
        "scope": consent.scope,
        "state": consent.state,
    }
    if consent.is_asked_again:
        query["forcePopup"] = "true"
    if consent.is_snapshot_forced:
        query["forceSnapShot"] = "true"
    # A blank is %20: the page does not take a plus for one.
    asked = urlencode(query, quote_via=quote, safe="")
    return f"{hosts.consent}/connect/oauth2/authorize?{asked}#wechat_redirect"


async def exchange(account: Account, code: str) -> Granted:
    """Turn a code into who it stands for; it is good for 5 minutes and once, so never repeated.

    ErrcodeAnswered: 40029 no such code, 40163 it was used, 42003 it is too old.
    """
    query = {
        "appid": account.credentials.appid,
        "secret": account.credentials.secret,
        "code": code,
        "grant_type": "authorization_code",
    }
    path = "/sns/oauth2/access_token"
    return _granted(await account.ask_without_token(path, _Given, query, is_repeatable=False))


async def renew(account: Account, refresh_token: str) -> Granted:
    """Renew a grant. ErrcodeAnswered: 40030 no such token, 42002 it is too old."""
    query = {
        "appid": account.credentials.appid,
        "grant_type": "refresh_token",
        "refresh_token": refresh_token,
    }
    path = "/sns/oauth2/refresh_token"
    return _granted(await account.ask_without_token(path, _Given, query, is_repeatable=True))


async def profile(account: Account, grant: Grant, *, language: str = "zh_CN") -> Profile:
    """Ask what a person shows of themselves. ErrcodeAnswered: 48001 only silence was agreed to."""
    query = {
        "access_token": grant.keys.access_token,
        "openid": grant.openid,
        "lang": language,
    }
    return await account.ask_without_token("/sns/userinfo", Profile, query, is_repeatable=True)


async def check(account: Account, grant: Grant) -> None:
    """See that a grant still holds. ErrcodeAnswered: 40003, 40014, 42001 where it does not."""
    query = {"access_token": grant.keys.access_token, "openid": grant.openid}
    await account.ask_without_token("/sns/auth", Done, query, is_repeatable=True)


def _granted(given: _Given) -> Granted:
    if given.is_snapshotuser:
        return Snapshot(given.scope)
    keys = Keys(given.access_token, given.refresh_token, given.expires_in)
    return Grant(given.openid, given.scope, given.unionid, keys)
