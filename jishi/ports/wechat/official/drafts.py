"""Drafts of articles: what is written here is published or broadcast from here.

Source: official accounts, "Drafts". WeChat filters the HTML: pictures must be of
`media.upload_picture`, and links to other sites are taken out.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct, field

from jishi.ports.wechat.official.account import NOTHING, Account
from jishi.ports.wechat.official.answers import Done
from jishi.ports.wechat.official.asking import Asked
from jishi.ports.wechat.official.limits import within

ARTICLES_MAX = 8
TITLE_CHARACTERS_MAX, AUTHOR_CHARACTERS_MAX = 32, 16
DIGEST_CHARACTERS_MAX = 128
CONTENT_BYTES_MAX, URL_BYTES_MAX = 1_000_000, 1_024
PAGE_MAX = 20


class Picture(Struct, frozen=True):
    """A picture of a picture post, of the account's permanent media."""

    media_id: str = field(name="image_media_id")


class Pictures(Struct, frozen=True):
    """The pictures of a picture post; the first is its cover."""

    images: tuple[Picture, ...] = field(default=(), name="image_list")


class Article(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """An article, or a picture post (`article_type` "newspic", its pictures in `images`).

    `content` is HTML, `source_url` leads from "read the original", `thumb_media_id` is the cover
    among the permanent media; truths are 0 or 1. WeChat adds `url` and `thumb_url`.
    """

    title: str
    content: str
    article_type: str = "news"
    author: str = ""
    digest: str = ""
    source_url: str = field(default="", name="content_source_url")
    thumb_media_id: str = ""
    need_open_comment: int = 0
    only_fans_can_comment: int = 0
    pic_crop_235_1: str = ""
    pic_crop_1_1: str = ""
    images: Pictures | None = field(default=None, name="image_info")
    url: str = ""
    thumb_url: str = ""
    is_deleted: bool = False


class Content(Struct, frozen=True):
    """The articles of a draft or a publication."""

    articles: tuple[Article, ...] = field(default=(), name="news_item")


class Draft(Struct, frozen=True):
    """A draft, and when it was changed last (UTC)."""

    media_id: str
    content: Content = Content()
    updated_at: datetime | None = field(default=None, name="update_time")


class Page(Struct, frozen=True):
    """Some of the drafts, and how many there are."""

    total_count: int = 0
    drafts: tuple[Draft, ...] = field(default=(), name="item")


class _Adding(Struct, frozen=True):
    articles: Sequence[Article]


class _MediaId(Struct, frozen=True):
    media_id: str


class _Updating(Struct, frozen=True):
    media_id: str
    index: int
    articles: Article


class _Paging(Struct, frozen=True):
    offset: int
    count: int
    no_content: int


class _Count(Struct, frozen=True):
    total_count: int


class _Switch(Struct, frozen=True):
    is_open: bool


async def add(account: Account, articles: Sequence[Article]) -> str:
    """Keep up to 8 articles as a draft, and give its media id."""
    within("articles", len(articles), ARTICLES_MAX, 1)
    for article in articles:
        _check(article)
    return (await account.post("/cgi-bin/draft/add", _Adding(articles), _MediaId)).media_id


async def get(account: Account, media_id: str) -> tuple[Article, ...]:
    """Give a draft's articles. ErrcodeAnswered: 40007 no such draft."""
    body = _MediaId(media_id)
    return (await account.post("/cgi-bin/draft/get", body, Content, is_repeatable=True)).articles


async def update(account: Account, media_id: str, index: int, article: Article) -> None:
    """Replace one article of a draft, counted from 0."""
    within("index", index, ARTICLES_MAX - 1)
    _check(article)
    body = _Updating(media_id, index, article)
    await account.post("/cgi-bin/draft/update", body, Done, is_repeatable=True)


async def delete(account: Account, media_id: str) -> None:
    """Delete a draft, for ever."""
    await account.post("/cgi-bin/draft/delete", _MediaId(media_id), Done)


async def count(account: Account) -> int:
    """Count the drafts."""
    return (await account.get("/cgi-bin/draft/count", _Count)).total_count


async def page(
    account: Account, offset: int = 0, size: int = PAGE_MAX, *, has_content: bool = True
) -> Page:
    """List up to 20 drafts from `offset`, with or without their HTML."""
    within("size", size, PAGE_MAX, 1)
    body = _Paging(offset, size, int(not has_content))
    return await account.post("/cgi-bin/draft/batchget", body, Page, is_repeatable=True)


async def is_switched_on(account: Account) -> bool:
    """Tell whether the account has drafts at all (since 2022 every account has)."""
    return await _switch(account, {"checkonly": 1})


async def switch_on(account: Account) -> bool:
    """Switch drafts on, which cannot be undone; tell whether they are."""
    return await _switch(account, NOTHING)


async def _switch(account: Account, query: Mapping[str, str | int]) -> bool:
    path = "/cgi-bin/draft/switch"
    asked = Asked(method="POST", path=path, query=query, is_repeatable=True)
    return (await account.ask(asked, _Switch)).is_open


def _check(article: Article) -> None:
    within("title", len(article.title), TITLE_CHARACTERS_MAX, 1)
    within("author", len(article.author), AUTHOR_CHARACTERS_MAX)
    within("digest", len(article.digest), DIGEST_CHARACTERS_MAX)
    within("content", len(article.content.encode()), CONTENT_BYTES_MAX)
    within("source_url", len(article.source_url.encode()), URL_BYTES_MAX)
