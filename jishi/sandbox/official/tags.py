"""Tags: an account's own groups of its fans.

Source: official accounts, "User tag management": a hundred tags an account, twenty a fan, fifty
openids a call; the numbers 0 to 2 are the system's.
"""

from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.answers import Errcode, Lenient
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.official.fans import fans_by_openid, named
from jishi.sandbox.official.rights import service

BAD_OPENID, BAD_LIST_SIZE, FOREIGN_OPENID = 40003, 40032, 49003
TOO_MANY, TOO_MANY_FANS, SYSTEM_TAG, TOO_MANY_ON_FAN = 45056, 45057, 45058, 45059
BAD_NAME, NAME_TOO_LONG, BAD_TAG = 45157, 45158, 45159
TAGS_MAX, TAGS_ON_FAN_MAX, NAME_BYTES_MAX, OPENIDS_MAX = 100, 20, 30, 50
FANS_OF_DELETED_MAX, PAGE_MAX, FIRST_TAG = 100_000, 10_000, 100
STARRED = 2
"""The system's tag for starred fans; it is always there."""


class TagAsked(Lenient, frozen=True):
    """A tag, as it is asked for."""

    id: int = 0
    name: str = ""


class AskTag(Lenient, frozen=True):
    """Make, rename or delete this tag."""

    tag: TagAsked


class TagMade(Struct, frozen=True):
    """A tag's number and name."""

    id: int
    name: str


class TagAnswer(Struct, frozen=True):
    """A tag that was made."""

    tag: TagMade


class TagLine(Struct, frozen=True):
    """A tag and how many fans have it."""

    id: int
    name: str
    count: int


class TagList(Struct, frozen=True):
    """All tags."""

    tags: list[TagLine]


class Tagging(Lenient, frozen=True):
    """Give fans a tag, or take it."""

    tagid: int
    openid_list: list[str] = []


class AskFans(Lenient, frozen=True):
    """Ask for the fans with a tag."""

    tagid: int
    next_openid: str = ""


class AskTags(Lenient, frozen=True):
    """Ask for the tags of a fan."""

    openid: str = ""


class TagIds(Struct, frozen=True):
    """The tags of a fan."""

    tagid_list: list[int]


class Names(Struct, frozen=True):
    """Names in a page."""

    openid: list[str]


class TagPage(Struct, frozen=True, omit_defaults=True):
    """A page of the fans with a tag; without any there is no `data`."""

    count: int
    data: Names | None = None
    next_openid: str = ""


class TagRow(Struct, frozen=True):
    """A tag as it is kept."""

    tag_id: int
    name: str
    fan_count: int


class Name(Struct, frozen=True):
    """A fan's name."""

    openid: str


sql = queries(__file__)
all_tags = sql.many("all_tags", TagRow)
add_tag = sql.run("add_tag")
rename_tag = sql.run("rename_tag")
delete_tag = sql.run("delete_tag")
tag_fans = sql.run("tag_fans")
untag_fans = sql.run("untag_fans")
tagged_after = sql.many("tagged_after", Name)


@service("POST", "/cgi-bin/tags/create")
async def create(call: OfficialCall, asked: AskTag) -> TagAnswer | Errcode:
    """Make a tag."""
    known = await all_tags(call.tx, appid=call.account.appid)
    if refused := _reason_against(asked.tag.name, known):
        return Errcode(refused)
    if len(known) >= TAGS_MAX:
        return Errcode(TOO_MANY)
    tag_id = max((each.tag_id for each in known), default=FIRST_TAG - 1) + 1
    await add_tag(call.tx, appid=call.account.appid, tag_id=tag_id, name=asked.tag.name)
    return TagAnswer(TagMade(tag_id, asked.tag.name))


@service("GET", "/cgi-bin/tags/get")
async def tell_all(call: OfficialCall) -> TagList:
    """List the tags."""
    known = await all_tags(call.tx, appid=call.account.appid)
    lines = [TagLine(each.tag_id, each.name, each.fan_count) for each in known]
    return TagList([TagLine(STARRED, "星标组", 0), *lines])


@service("POST", "/cgi-bin/tags/update")
async def rename(call: OfficialCall, asked: AskTag) -> Errcode | None:
    """Give a tag another name."""
    if 0 <= asked.tag.id <= STARRED:
        return Errcode(SYSTEM_TAG)
    known = await all_tags(call.tx, appid=call.account.appid)
    if all(each.tag_id != asked.tag.id for each in known):
        return Errcode(BAD_TAG)
    others = [each for each in known if each.tag_id != asked.tag.id]
    if refused := _reason_against(asked.tag.name, others):
        return Errcode(refused)
    await rename_tag(call.tx, appid=call.account.appid, tag_id=asked.tag.id, name=asked.tag.name)
    return None


@service("POST", "/cgi-bin/tags/delete")
async def delete(call: OfficialCall, asked: AskTag) -> Errcode | None:
    """Delete a tag, and take it off its fans."""
    if 0 <= asked.tag.id <= STARRED:
        return Errcode(SYSTEM_TAG)
    found = await _tag(call, asked.tag.id)
    if found is None:
        return Errcode(BAD_TAG)
    if found.fan_count > FANS_OF_DELETED_MAX:
        return Errcode(TOO_MANY_FANS)
    await delete_tag(call.tx, appid=call.account.appid, tag_id=asked.tag.id)
    return None


@service("POST", "/cgi-bin/user/tag/get")
async def tell_fans(call: OfficialCall, asked: AskFans) -> TagPage | Errcode:
    """List the fans with a tag."""
    if await _tag(call, asked.tagid) is None:
        return Errcode(BAD_TAG)
    found = await tagged_after(
        call.tx, appid=call.account.appid, tag_id=asked.tagid, openid=asked.next_openid,
        page_max=PAGE_MAX,
    )  # fmt: skip
    names = [each.openid for each in found]
    return TagPage(len(names), Names(names), names[-1]) if names else TagPage(0)


@service("POST", "/cgi-bin/tags/members/batchtagging")
async def tag(call: OfficialCall, asked: Tagging) -> Errcode | None:
    """Give fans a tag."""
    if refused := await _reason_against_fans(call.tx, call.account.appid, asked.openid_list):
        return Errcode(refused)
    if await _tag(call, asked.tagid) is None:
        return Errcode(BAD_TAG)
    fans = await fans_by_openid(call.tx, appid=call.account.appid, openids=asked.openid_list)
    if len(fans) < len(set(asked.openid_list)):
        return Errcode(BAD_OPENID)
    for fan in fans:
        if asked.tagid not in fan.tag_ids and len(fan.tag_ids) >= TAGS_ON_FAN_MAX:
            return Errcode(TOO_MANY_ON_FAN)
    people = [fan.person_id for fan in fans]
    await tag_fans(call.tx, appid=call.account.appid, tag_id=asked.tagid, person_ids=people)
    return None


@service("POST", "/cgi-bin/tags/members/batchuntagging")
async def untag(call: OfficialCall, asked: Tagging) -> Errcode | None:
    """Take a tag off fans."""
    if refused := await _reason_against_fans(call.tx, call.account.appid, asked.openid_list):
        return Errcode(refused)
    if await _tag(call, asked.tagid) is None:
        return Errcode(BAD_TAG)
    await untag_fans(
        call.tx, appid=call.account.appid, tag_id=asked.tagid, openids=asked.openid_list
    )
    return None


@service("POST", "/cgi-bin/tags/getidlist")
async def tell_tags(call: OfficialCall, asked: AskTags) -> TagIds | Errcode:
    """List the tags of a fan."""
    fans = await fans_by_openid(call.tx, appid=call.account.appid, openids=[asked.openid])
    return TagIds(fans[0].tag_ids) if fans else Errcode(BAD_OPENID)


def _reason_against(name: str, known: list[TagRow]) -> int | None:
    if not name.strip() or any(each.name == name for each in known):
        return BAD_NAME
    return NAME_TOO_LONG if len(name.encode()) > NAME_BYTES_MAX else None


async def _reason_against_fans(tx: Tx, appid: str, openids: list[str]) -> int | None:
    if not 1 <= len(openids) <= OPENIDS_MAX:
        return BAD_LIST_SIZE
    known = await named(tx, appid=appid, openids=openids)
    return None if len(known) == len(set(openids)) else FOREIGN_OPENID


async def _tag(call: OfficialCall, tag_id: int) -> TagRow | None:
    known = await all_tags(call.tx, appid=call.account.appid)
    return next((each for each in known if each.tag_id == tag_id), None)
