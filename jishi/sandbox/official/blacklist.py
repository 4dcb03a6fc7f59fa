"""The black list: fans an account wants to hear nothing from."""

from msgspec import Struct

from jishi.kernel import queries
from jishi.sandbox.answers import Errcode, Lenient
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.official.fans import named
from jishi.sandbox.official.rights import service

BAD_LIST_SIZE, FOREIGN_OPENID = 40032, 49003
OPENIDS_MAX, PAGE_MAX = 20, 10_000


class AskBlocked(Lenient, frozen=True):
    """Ask for the list, after one of its names."""

    begin_openid: str = ""


class Whom(Lenient, frozen=True):
    """Whom to put on it, or take off."""

    openid_list: list[str] = []


class Names(Struct, frozen=True):
    """Names in a page."""

    openid: list[str]


class Blocked(Struct, frozen=True, omit_defaults=True):
    """A page of the list; without anybody there is no `data`."""

    total: int
    count: int
    data: Names | None = None
    next_openid: str = ""


class Row(Struct, frozen=True):
    """A blocked fan; `place` counts from 1."""

    openid: str
    place: int


sql = queries(__file__)
blocked = sql.many("blocked", Row)
block = sql.run("block")
unblock = sql.run("unblock")


@service("POST", "/cgi-bin/tags/members/getblacklist")
async def tell_blocked(call: OfficialCall, asked: AskBlocked) -> Blocked:
    """List who is on it."""
    rows = await blocked(call.tx, appid=call.account.appid)
    after = next((each.place for each in rows if each.openid == asked.begin_openid), 0)
    names = [each.openid for each in rows[after : after + PAGE_MAX]]
    if not names:
        return Blocked(len(rows), 0)
    return Blocked(len(rows), len(names), Names(names), names[-1])


@service("POST", "/cgi-bin/tags/members/batchblacklist")
async def put_on(call: OfficialCall, asked: Whom) -> Errcode | None:
    """Put fans on it."""
    if refused := await _reason_against(call, asked):
        return Errcode(refused)
    await block(call.tx, appid=call.account.appid, openids=asked.openid_list)
    return None


@service("POST", "/cgi-bin/tags/members/batchunblacklist")
async def take_off(call: OfficialCall, asked: Whom) -> Errcode | None:
    """Take fans off it."""
    if refused := await _reason_against(call, asked):
        return Errcode(refused)
    await unblock(call.tx, appid=call.account.appid, openids=asked.openid_list)
    return None


async def _reason_against(call: OfficialCall, asked: Whom) -> int | None:
    if not 1 <= len(asked.openid_list) <= OPENIDS_MAX:
        return BAD_LIST_SIZE
    known = await named(call.tx, appid=call.account.appid, openids=asked.openid_list)
    return None if len(known) == len(set(asked.openid_list)) else FOREIGN_OPENID
