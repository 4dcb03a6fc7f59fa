"""Tags on people: up to 100 of an account, 20 of a person.

Source: official accounts, "User tags". ErrcodeAnswered: 45157 the name is taken, 45158 it is too
long, 45056 too many tags, 45059 too many on a person, 45159 no such tag, 45057 more than 100,000
people have it, 45058 tags 0 to 2 are WeChat's own.
"""

from collections.abc import Sequence

from msgspec import Struct

from jishi.ports.wechat.official.account import Account
from jishi.ports.wechat.official.answers import Done
from jishi.ports.wechat.official.limits import within
from jishi.ports.wechat.official.people import Page

NAME_BYTES_MAX = 30
TAGGED_AT_ONCE_MAX = 50


class Tag(Struct, frozen=True):
    """A tag, and how many people have it."""

    id: int
    name: str = ""
    count: int = 0


class _One(Struct, frozen=True):
    tag: Tag


class _All(Struct, frozen=True):
    tags: tuple[Tag, ...] = ()


class _Name(Struct, frozen=True):
    name: str


class _Named(Struct, frozen=True):
    tag: _Name


class _Renamed(Struct, frozen=True):
    id: int
    name: str


class _Renaming(Struct, frozen=True):
    tag: _Renamed


class _Id(Struct, frozen=True):
    id: int


class _Deleting(Struct, frozen=True):
    tag: _Id


class _Tagged(Struct, frozen=True):
    openid_list: Sequence[str]
    tagid: int


class _Having(Struct, frozen=True):
    tagid: int
    next_openid: str


class _Person(Struct, frozen=True):
    openid: str


class _Ids(Struct, frozen=True):
    tagid_list: tuple[int, ...] = ()


async def create(account: Account, name: str) -> Tag:
    """Make a tag; its name has up to 30 bytes."""
    within("name", len(name.encode()), NAME_BYTES_MAX, 1)
    return (await account.post("/cgi-bin/tags/create", _Named(_Name(name)), _One)).tag


async def every(account: Account) -> tuple[Tag, ...]:
    """List the tags."""
    return (await account.get("/cgi-bin/tags/get", _All)).tags


async def rename(account: Account, tag_id: int, name: str) -> None:
    """Give a tag another name."""
    within("name", len(name.encode()), NAME_BYTES_MAX, 1)
    body = _Renaming(_Renamed(tag_id, name))
    await account.post("/cgi-bin/tags/update", body, Done, is_repeatable=True)


async def delete(account: Account, tag_id: int) -> None:
    """Delete a tag, and take it off everybody."""
    await account.post("/cgi-bin/tags/delete", _Deleting(_Id(tag_id)), Done)


async def tag(account: Account, tag_id: int, openids: Sequence[str]) -> None:
    """Put a tag on up to 50 people."""
    within("openids", len(openids), TAGGED_AT_ONCE_MAX, 1)
    path = "/cgi-bin/tags/members/batchtagging"
    await account.post(path, _Tagged(openids, tag_id), Done, is_repeatable=True)


async def untag(account: Account, tag_id: int, openids: Sequence[str]) -> None:
    """Take a tag off up to 50 people."""
    within("openids", len(openids), TAGGED_AT_ONCE_MAX, 1)
    path = "/cgi-bin/tags/members/batchuntagging"
    await account.post(path, _Tagged(openids, tag_id), Done, is_repeatable=True)


async def people_with(account: Account, tag_id: int, after: str = "") -> Page:
    """List the people who have a tag, after an openid."""
    path = "/cgi-bin/user/tag/get"
    return await account.post(path, _Having(tag_id, after), Page, is_repeatable=True)


async def tags_of(account: Account, openid: str) -> tuple[int, ...]:
    """List the ids of a person's tags."""
    path = "/cgi-bin/tags/getidlist"
    return (await account.post(path, _Person(openid), _Ids, is_repeatable=True)).tagid_list
