"""Drafts: articles before they are published or broadcast.

Source: service accounts, "Adding a draft".
"""

import re
import secrets
from html import unescape

from msgspec import Struct

from jishi.sandbox.answers import Errcode, Lenient
from jishi.sandbox.articles.article_rules import Article, reason_against
from jishi.sandbox.articles.drafts_kept import (
    Draft,
    DraftArticle,
    add_draft,
    change_draft,
    draft,
    draft_count,
    drafts,
    drop_draft,
)
from jishi.sandbox.articles.filtering import filtered
from jishi.sandbox.articles.media_store import medium
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.official.chat import as_json
from jishi.sandbox.official.rights import service

BAD_MEDIA, BAD_INDEX, NO_ARTICLES, BAD_COUNT, TOO_MANY = 40007, 40114, 44003, 40035, 45008
ARTICLES_MAX, PAGE_MAX, DIGEST_OTHERWISE = 8, 20, 54
_TAG = re.compile(r"<[^>]*>")


class AddDraft(Lenient, frozen=True):
    """Articles to keep."""

    articles: list[Article]


class DraftId(Struct, frozen=True):
    """Under which id."""

    media_id: str


class ByDraft(Lenient, frozen=True):
    """A draft, by its id."""

    media_id: str = ""


class UpdateDraft(Lenient, frozen=True):
    """Write one article of a draft anew; `index` counts from zero."""

    media_id: str
    index: int
    articles: Article


class DraftCount(Struct, frozen=True):
    """How many."""

    total_count: int


class DraftPage(Lenient, frozen=True):
    """Ask for a page."""

    offset: int = 0
    count: int = 0
    no_content: int = 0


class NewsItem(Struct, frozen=True):
    """An article as it is told."""

    article_type: str
    title: str
    author: str
    digest: str
    content: str
    content_source_url: str
    thumb_media_id: str
    show_cover_pic: int
    need_open_comment: int
    only_fans_can_comment: int
    thumb_url: str
    url: str


class DraftTold(Struct, frozen=True):
    """A draft as it is told."""

    news_item: list[NewsItem]
    create_time: int
    update_time: int


class DraftLine(Struct, frozen=True):
    """A draft in a page."""

    media_id: str
    content: DraftTold
    update_time: int


class DraftLines(Struct, frozen=True):
    """A page of drafts."""

    total_count: int
    item_count: int
    item: list[DraftLine]


class Switch(Struct, frozen=True):
    """Whether drafts are kept at all: always, today."""

    errcode: int
    errmsg: str
    is_open: int


@service("POST", "/cgi-bin/draft/add")
async def add(call: OfficialCall, asked: AddDraft) -> DraftId | Errcode:
    """Keep a draft."""
    if not asked.articles:
        return Errcode(NO_ARTICLES)
    if len(asked.articles) > ARTICLES_MAX:
        return Errcode(TOO_MANY)
    made = []
    for article in asked.articles:
        taken = await _taken(call, article)
        if isinstance(taken, Errcode):
            return taken
        made.append(taken)
    media_id = secrets.token_urlsafe(48)
    await add_draft(call.tx, media_id=media_id, appid=call.account.appid, articles=as_json(made))
    return DraftId(media_id)


@service("POST", "/cgi-bin/draft/get")
async def tell(call: OfficialCall, asked: ByDraft) -> DraftTold | Errcode:
    """Show a draft."""
    found = await draft(call.tx, appid=call.account.appid, media_id=asked.media_id)
    return _told(call, found) if found else Errcode(BAD_MEDIA)


@service("POST", "/cgi-bin/draft/delete")
async def delete(call: OfficialCall, asked: ByDraft) -> Errcode | None:
    """Throw a draft away."""
    gone = await drop_draft(call.tx, appid=call.account.appid, media_id=asked.media_id)
    return None if gone else Errcode(BAD_MEDIA)


@service("POST", "/cgi-bin/draft/update")
async def update(call: OfficialCall, asked: UpdateDraft) -> Errcode | None:
    """Write one article anew."""
    found = await draft(call.tx, appid=call.account.appid, media_id=asked.media_id)
    if found is None:
        return Errcode(BAD_MEDIA)
    if not 0 <= asked.index < len(found.articles):
        return Errcode(BAD_INDEX)
    taken = await _taken(call, asked.articles)
    if isinstance(taken, Errcode):
        return taken
    articles = [*found.articles]
    articles[asked.index] = taken
    await change_draft(
        call.tx, appid=call.account.appid, media_id=asked.media_id, articles=as_json(articles)
    )
    return None


@service("GET", "/cgi-bin/draft/count")
async def count(call: OfficialCall) -> DraftCount:
    """Tell how many drafts there are."""
    found = await draft_count(call.tx, appid=call.account.appid)
    assert found is not None
    return DraftCount(found.drafts)


@service("POST", "/cgi-bin/draft/batchget")
async def list_page(call: OfficialCall, asked: DraftPage) -> DraftLines | Errcode:
    """List drafts, the newest first."""
    if not 1 <= asked.count <= PAGE_MAX or asked.offset < 0:
        return Errcode(BAD_COUNT)
    found = await drafts(
        call.tx, appid=call.account.appid, first=asked.offset, page_max=asked.count
    )
    total = await draft_count(call.tx, appid=call.account.appid)
    assert total is not None
    lines = [
        DraftLine(each.media_id, _told(call, each, asked.no_content), _told(call, each).update_time)
        for each in found
    ]
    return DraftLines(total.drafts, len(lines), lines)


@service("POST", "/cgi-bin/draft/switch")
async def switch(_call: OfficialCall) -> Switch:
    """Turn drafts on; they are on for everybody today."""
    return Switch(0, "ok", 1)


async def _taken(call: OfficialCall, article: Article) -> DraftArticle | Errcode:
    if refused := reason_against(article):
        return Errcode(refused)
    pictures = article.image_info.image_list if article.image_info else []
    media_ids = [each.image_media_id for each in pictures]
    if article.article_type == "news":
        media_ids = [article.thumb_media_id]
    for media_id in media_ids:
        found = await medium(call.tx, media_id)
        is_mine = found and found.appid == call.account.appid and found.expires_at is None
        if not is_mine:
            return Errcode(BAD_MEDIA)
    base_url = call.world.base_url
    shown = "".join(f'<p><img src="{base_url}/mmbiz/{each}"></p>' for each in media_ids)
    content = filtered(article.content, base_url)
    if article.article_type == "newspic":
        content = shown + content
    words = unescape(_TAG.sub("", content)).strip()
    return DraftArticle(
        title=article.title,
        author=article.author,
        digest=article.digest or words[:DIGEST_OTHERWISE],
        content=content,
        content_source_url=article.content_source_url,
        thumb_media_id=article.thumb_media_id or media_ids[0],
        article_type=article.article_type,
        need_open_comment=article.need_open_comment,
        only_fans_can_comment=article.only_fans_can_comment,
    )


def told_article(article: DraftArticle, base_url: str, url: str, no_content: int = 0) -> NewsItem:
    """Show an article as the interface does."""
    return NewsItem(
        article.article_type, article.title, article.author, article.digest,
        "" if no_content else article.content, article.content_source_url,
        article.thumb_media_id, 0, article.need_open_comment, article.only_fans_can_comment,
        f"{base_url}/mmbiz/{article.thumb_media_id}", url,
    )  # fmt: skip


def _told(call: OfficialCall, found: Draft, no_content: int = 0) -> DraftTold:
    base_url = call.world.base_url
    items = [
        told_article(each, base_url, f"{base_url}/s/draft-{found.media_id}-{place}", no_content)
        for place, each in enumerate(found.articles)
    ]
    made, changed = found.made_at.timestamp(), found.changed_at.timestamp()
    return DraftTold(items, int(made), int(changed))
