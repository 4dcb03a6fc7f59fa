"""The people who follow an account: what WeChat tells of them, the list of them, their remark.

Sources: official accounts, "Getting a user's basic information", "Getting the user list", "Setting
a user's remark", "Black list". Names and pictures are not told any more (since 2021-12-27).
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct, field

from jishi.ports.wechat.official.account import Account
from jishi.ports.wechat.official.answers import Done
from jishi.ports.wechat.official.limits import within

BATCH_MAX = 100
REMARK_CHARACTERS_MAX = 29
BLOCKED_AT_ONCE_MAX = 20


class Follower(Struct, frozen=True):
    """What WeChat tells of a person; of one who does not follow, only `openid`.

    `scene` is how they came (ADD_SCENE_QR_CODE, ADD_SCENE_SEARCH, ADD_SCENE_PAID ...); `scene_id`
    and `scene_str` are the value of the scene code they came by.
    """

    openid: str
    is_following: bool = field(default=False, name="subscribe")
    followed_at: datetime | None = field(default=None, name="subscribe_time")
    language: str = ""
    unionid: str = ""
    remark: str = ""
    tag_ids: tuple[int, ...] = field(default=(), name="tagid_list")
    scene: str = field(default="", name="subscribe_scene")
    scene_id: int = field(default=0, name="qr_scene")
    scene_str: str = field(default="", name="qr_scene_str")


class Openids(Struct, frozen=True):
    """Names of people in the account."""

    openid: tuple[str, ...] = ()


class Page(Struct, frozen=True):
    """Up to 10,000 followers; ask on with `next_openid`, until a page has none."""

    total: int = 0
    count: int = 0
    data: Openids = Openids()
    next_openid: str = ""


class _Asked(Struct, frozen=True):
    openid: str
    lang: str


class _AskedMany(Struct, frozen=True):
    user_list: list[_Asked]


class _Followers(Struct, frozen=True):
    user_info_list: tuple[Follower, ...]


class _Remark(Struct, frozen=True):
    openid: str
    remark: str


class _After(Struct, frozen=True):
    begin_openid: str


class _Blocked(Struct, frozen=True):
    openid_list: Sequence[str]


async def one(account: Account, openid: str, *, language: str = "zh_CN") -> Follower:
    """Tell of one person. ErrcodeAnswered: 40003 no such person here."""
    query = {"openid": openid, "lang": language}
    return await account.get("/cgi-bin/user/info", Follower, query)


async def several(
    account: Account, openids: Sequence[str], *, language: str = "zh_CN"
) -> tuple[Follower, ...]:
    """Tell of up to 100 people, in the order they were asked for."""
    within("openids", len(openids), BATCH_MAX, 1)
    body = _AskedMany([_Asked(openid, language) for openid in openids])
    path = "/cgi-bin/user/info/batchget"
    return (await account.post(path, body, _Followers, is_repeatable=True)).user_info_list


async def page(account: Account, after: str = "") -> Page:
    """List the followers that come after an openid, from the first one by default."""
    return await account.get("/cgi-bin/user/get", Page, {"next_openid": after} if after else {})


async def set_remark(account: Account, openid: str, remark: str) -> None:
    """Note something about a person, in less than 30 characters."""
    within("remark", len(remark), REMARK_CHARACTERS_MAX)
    path = "/cgi-bin/user/info/updateremark"
    await account.post(path, _Remark(openid, remark), Done, is_repeatable=True)


async def blocked(account: Account, after: str = "") -> Page:
    """List the people on the account's black list."""
    path = "/cgi-bin/tags/members/getblacklist"
    return await account.post(path, _After(after), Page, is_repeatable=True)


async def block(account: Account, openids: Sequence[str]) -> None:
    """Put up to 20 people on the black list."""
    within("openids", len(openids), BLOCKED_AT_ONCE_MAX, 1)
    path = "/cgi-bin/tags/members/batchblacklist"
    await account.post(path, _Blocked(openids), Done, is_repeatable=True)


async def unblock(account: Account, openids: Sequence[str]) -> None:
    """Take up to 20 people off the black list."""
    within("openids", len(openids), BLOCKED_AT_ONCE_MAX, 1)
    path = "/cgi-bin/tags/members/batchunblacklist"
    await account.post(path, _Blocked(openids), Done, is_repeatable=True)
