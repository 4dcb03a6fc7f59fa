"""What an account may ask of its fans: who they are, in lists and one by one, and its remarks.

Source: official accounts, "User management". Names and pictures are not told since 2021-12-27.
"""

from datetime import datetime

from msgspec import Struct

from jishi.kernel import queries
from jishi.sandbox.answers import Errcode, Lenient
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.official.fans import Fan, fans_by_openid, named
from jishi.sandbox.official.rights import service

NO_OPENID, BAD_OPENID, BAD_LIST_SIZE, BAD_PARAMETER = 41009, 40003, 40032, 40035
BATCH_MAX, PAGE_MAX, REMARK_MAX = 100, 10_000, 30


class Stranger(Struct, frozen=True):
    """One who does not follow: only the name is told."""

    subscribe: int
    openid: str


class Known(Struct, frozen=True):
    """One who follows."""

    subscribe: int
    openid: str
    language: str
    subscribe_time: int
    unionid: str
    remark: str
    groupid: int
    tagid_list: list[int]
    subscribe_scene: str
    qr_scene: int
    qr_scene_str: str
    nickname: str = ""
    headimgurl: str = ""
    sex: int = 0
    city: str = ""
    province: str = ""
    country: str = ""


class Asked(Lenient, frozen=True):
    """A fan asked for."""

    openid: str = ""
    lang: str = "zh_CN"


class Batch(Lenient, frozen=True):
    """Several."""

    user_list: list[Asked]


class Batched(Struct, frozen=True):
    """What is known of each."""

    user_info_list: list[Known | Stranger]


class Names(Struct, frozen=True):
    """Names in a page."""

    openid: list[str]


class Page(Struct, frozen=True, omit_defaults=True):
    """A page of the fans; without any there is no `data`."""

    total: int
    count: int
    next_openid: str
    data: Names | None = None


class Remark(Lenient, frozen=True):
    """What the account calls a fan."""

    openid: str = ""
    remark: str = ""


class Place(Struct, frozen=True):
    """How many fans there are, and the place of one of them in the list."""

    total: int
    fan_number: int


class Name(Struct, frozen=True):
    """A fan's name."""

    openid: str


sql = queries(__file__)
place = sql.one("place", Place)
page_after = sql.many("page_after", Name)
set_remark = sql.one("set_remark", Name)


@service("GET", "/cgi-bin/user/info")
async def tell_user(call: OfficialCall) -> Known | Stranger | Errcode:
    """Tell what an account may know of a person."""
    openid = call.query.get("openid", "")
    if not openid:
        return Errcode(NO_OPENID)
    told = await _told(call, [Asked(openid, call.query.get("lang", "zh_CN"))])
    return told[0] if isinstance(told, list) else told


@service("POST", "/cgi-bin/user/info/batchget")
async def tell_users(call: OfficialCall, asked: Batch) -> Batched | Errcode:
    """Tell what an account may know of up to a hundred."""
    if not 1 <= len(asked.user_list) <= BATCH_MAX:
        return Errcode(BAD_LIST_SIZE)
    told = await _told(call, asked.user_list)
    return Batched(told) if isinstance(told, list) else told


async def _told(call: OfficialCall, asked: list[Asked]) -> list[Known | Stranger] | Errcode:
    openids = [each.openid for each in asked]
    names = {
        each.openid for each in await named(call.tx, appid=call.account.appid, openids=openids)
    }
    if names != set(openids):
        return Errcode(BAD_OPENID)
    found = await fans_by_openid(call.tx, appid=call.account.appid, openids=openids)
    fans = {fan.openid: fan for fan in found}
    return [
        _known(fans[each.openid], each.lang) if each.openid in fans else Stranger(0, each.openid)
        for each in asked
    ]


def _known(fan: Fan, language: str) -> Known:
    return Known(
        subscribe=1,
        openid=fan.openid,
        language=language,
        subscribe_time=_seconds(fan.followed_at),
        unionid=fan.unionid,
        remark=fan.remark,
        groupid=fan.tag_ids[0] if fan.tag_ids else 0,
        tagid_list=fan.tag_ids,
        subscribe_scene=fan.scene,
        qr_scene=fan.qr_scene,
        qr_scene_str=fan.qr_scene_str,
    )


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


@service("GET", "/cgi-bin/user/get")
async def list_users(call: OfficialCall) -> Page | Errcode:
    """List the fans' names, ten thousand a page."""
    after = call.query.get("next_openid", "")
    found = await place(call.tx, appid=call.account.appid, openid=after)
    assert found is not None
    if after and not found.fan_number:
        return Errcode(BAD_OPENID)
    names = [
        each.openid
        for each in await page_after(
            call.tx, appid=call.account.appid, fan_number=found.fan_number, page_max=PAGE_MAX
        )
    ]
    if not names:
        return Page(found.total, 0, "")
    return Page(found.total, len(names), names[-1], Names(names))


@service("POST", "/cgi-bin/user/info/updateremark")
async def remark_user(call: OfficialCall, asked: Remark) -> Errcode | None:
    """Call a fan something."""
    if len(asked.remark) >= REMARK_MAX:
        return Errcode(BAD_PARAMETER)
    found = await set_remark(
        call.tx, appid=call.account.appid, openid=asked.openid, remark=asked.remark
    )
    return None if found else Errcode(BAD_OPENID)
