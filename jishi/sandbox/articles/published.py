"""What was published: one publishing, and all of them in pages."""

from datetime import datetime

from msgspec import Struct

from jishi.kernel import queries
from jishi.sandbox.answers import Errcode, Lenient
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.official.rights import service

UNAUTHORISED, BAD_ARTICLE, BAD_COUNT = 48001, 53600, 40035
PAGE_MAX = 20


class ByArticle(Lenient, frozen=True):
    """Articles, by the id under which they were published."""

    article_id: str = ""


class PublishedItem(Struct, frozen=True):
    """An article as it is told."""

    title: str
    author: str
    digest: str
    content: str
    content_source_url: str
    thumb_media_id: str
    show_cover_pic: int
    need_open_comment: int
    only_fans_can_comment: int
    url: str
    is_deleted: bool


class Together(Struct, frozen=True):
    """Articles that were published together."""

    news_item: list[PublishedItem]
    create_time: int
    update_time: int


class AskPage(Lenient, frozen=True):
    """Ask for a page."""

    offset: int = 0
    count: int = 0
    no_content: int = 0


class Line(Struct, frozen=True):
    """A publishing in a page."""

    article_id: str
    content: Together
    update_time: int


class Lines(Struct, frozen=True):
    """A page."""

    total_count: int
    item_count: int
    item: list[Line]


class Row(Struct, frozen=True):
    """A published article as it is kept."""

    slug: str
    article_id: str
    title: str
    author: str
    digest: str
    content: str
    source_url: str
    cover_url: str
    published_at: datetime
    is_deleted: bool


class Batch(Struct, frozen=True):
    """A publishing in a list."""

    article_id: str
    total: int


sql = queries(__file__)
rows_of = sql.many("rows_of", Row)
batches = sql.many("batches", Batch)


@service("POST", "/cgi-bin/freepublish/getarticle")
async def tell(call: OfficialCall, asked: ByArticle) -> Together | Errcode:
    """Show articles that were published together."""
    if not call.account.can_publish:
        return Errcode(UNAUTHORISED)
    found = await rows_of(call.tx, appid=call.account.appid, article_ids=[asked.article_id])
    return _together(call, found) if found else Errcode(BAD_ARTICLE)


@service("POST", "/cgi-bin/freepublish/batchget")
async def list_page(call: OfficialCall, asked: AskPage) -> Lines | Errcode:
    """List what was published, the newest first."""
    if not call.account.can_publish:
        return Errcode(UNAUTHORISED)
    if not 1 <= asked.count <= PAGE_MAX or asked.offset < 0:
        return Errcode(BAD_COUNT)
    found = await batches(
        call.tx, appid=call.account.appid, first=asked.offset, page_max=asked.count
    )
    rows = await rows_of(
        call.tx, appid=call.account.appid, article_ids=[each.article_id for each in found]
    )
    lines = []
    for batch in found:
        own = [row for row in rows if row.article_id == batch.article_id]
        told = _together(call, own, asked.no_content)
        lines.append(Line(batch.article_id, told, told.update_time))
    return Lines(found[0].total if found else 0, len(lines), lines)


def _together(call: OfficialCall, rows: list[Row], no_content: int = 0) -> Together:
    moment = int(rows[0].published_at.timestamp())
    items = [
        PublishedItem(
            row.title, row.author, row.digest, "" if no_content else row.content, row.source_url,
            row.cover_url.rpartition("/")[2], 0, 0, 0, f"{call.world.base_url}/s/{row.slug}",
            row.is_deleted,
        )
        for row in rows
    ]  # fmt: skip
    return Together(items, moment, moment)
