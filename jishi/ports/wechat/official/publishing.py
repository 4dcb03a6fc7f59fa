"""Publishing: a draft becomes articles with addresses of their own, pushed to nobody.

Source: official accounts, "Publishing". The end is told by the event `Published`. Accounts that
are not verified have no right to it since July 2025 (48001).
"""

from datetime import datetime
from enum import IntEnum

from msgspec import Struct, field

from jishi.ports.wechat.official.account import Account
from jishi.ports.wechat.official.answers import Done
from jishi.ports.wechat.official.drafts import Article, Content
from jishi.ports.wechat.official.limits import within

PAGE_MAX = 20


class PublishStatus(IntEnum):
    """How a publication stands."""

    PUBLISHED = 0
    PUBLISHING = 1
    NOT_ORIGINAL = 2
    FAILED = 3
    REFUSED = 4
    DELETED_BY_US = 5
    BANNED = 6


class Address(Struct, frozen=True):
    """The address of one article, counted from 1."""

    number: int = field(name="idx")
    url: str = field(name="article_url")


class Addresses(Struct, frozen=True):
    """The addresses of a publication."""

    count: int = 0
    articles: tuple[Address, ...] = field(default=(), name="item")


class Publication(Struct, frozen=True):
    """How a publication stands; `article_id` and the addresses once it is published."""

    status: PublishStatus = field(name="publish_status")
    article_id: str = ""
    addresses: Addresses = field(default=Addresses(), name="article_detail")
    failed: tuple[int, ...] = field(default=(), name="fail_idx")


class Published(Struct, frozen=True):
    """What was published under one id, and when that was changed last (UTC)."""

    article_id: str
    content: Content = Content()
    updated_at: datetime | None = field(default=None, name="update_time")


class Page(Struct, frozen=True):
    """Some of the publications, and how many there are."""

    total_count: int = 0
    published: tuple[Published, ...] = field(default=(), name="item")


class _MediaId(Struct, frozen=True):
    media_id: str


class _Submitted(Struct, frozen=True):
    publish_id: str | int


class _PublishId(Struct, frozen=True):
    publish_id: str


class _ArticleId(Struct, frozen=True):
    article_id: str


class _Deleting(Struct, frozen=True, omit_defaults=True):
    article_id: str
    index: int = 0


class _Paging(Struct, frozen=True):
    offset: int
    count: int
    no_content: int


async def submit(account: Account, media_id: str) -> str:
    """Hand a draft in to be published, and give the id to ask about.

    ErrcodeAnswered: 48001 not this account's right, 53500 it is taken away, 53501 too often, 53503
    the draft does not pass, 53504 and 53505 somebody must look at it on WeChat's website.
    """
    body = _MediaId(media_id)
    return str((await account.post("/cgi-bin/freepublish/submit", body, _Submitted)).publish_id)


async def state(account: Account, publish_id: str) -> Publication:
    """Tell how a publication stands. ErrcodeAnswered: 53502 no such id."""
    path, body = "/cgi-bin/freepublish/get", _PublishId(publish_id)
    return await account.post(path, body, Publication, is_repeatable=True)


async def delete(account: Account, article_id: str, number: int = 0) -> None:
    """Take one article off, counted from 1, or all of them; this cannot be undone."""
    await account.post("/cgi-bin/freepublish/delete", _Deleting(article_id, number), Done)


async def articles(account: Account, article_id: str) -> tuple[Article, ...]:
    """Give the articles that were published under one id. ErrcodeAnswered: 53600 no such id."""
    path, body = "/cgi-bin/freepublish/getarticle", _ArticleId(article_id)
    return (await account.post(path, body, Content, is_repeatable=True)).articles


async def page(
    account: Account, offset: int = 0, size: int = PAGE_MAX, *, has_content: bool = True
) -> Page:
    """List up to 20 publications from `offset`, with or without their HTML."""
    within("size", size, PAGE_MAX, 1)
    path, body = "/cgi-bin/freepublish/batchget", _Paging(offset, size, int(not has_content))
    return await account.post(path, body, Page, is_repeatable=True)
