"""Articles that anybody can read, who read them, and who shared them."""

import secrets
from datetime import datetime

from litestar import get
from litestar.params import FromPath
from msgspec import Struct

from jishi.kernel import Tx, columns, queries
from jishi.sandbox.articles.drafts_kept import DraftArticle
from jishi.sandbox.official.chat import Piece
from jishi.sandbox.official.html import Asked, Page, message, page, visitor, world_of
from jishi.sandbox.official.limits import BEIJING

SLUG_BYTES = 16
SOURCES = {
    "chat", "moments", "broadcast", "menu", "search", "friend", "group", "link",
}  # fmt: skip
"""From where an article is opened, as `?from=` says; anything else is a bare link."""


class Shown(Struct, frozen=True):
    """An article as a reader sees it."""

    slug: str
    appid: str
    account: str
    title: str
    author: str
    digest: str
    content: str
    source_url: str
    cover_url: str
    published_at: datetime
    deleted_at: datetime | None


class Place(Struct, frozen=True):
    """An article's address, and its card."""

    slug: str
    title: str
    digest: str
    cover_url: str
    is_deleted: bool


sql = queries(__file__)
add_articles = sql.run("add_articles")
article_by_slug = sql.one("article_by_slug", Shown)
articles_together = sql.many("articles_together", Place)
articles_of_msg = sql.many("articles_of_msg", Place)
claim = sql.run("claim")
drop_articles = sql.run("drop_articles")
drop_of_msg = sql.run("drop_of_msg")
note_read = sql.run("note_read")
note_share = sql.run("note_share")


def new_article_id() -> str:
    """Make the id under which articles are published together."""
    return secrets.token_urlsafe(48)


async def put_articles(  # noqa: PLR0913 - it has so many parts
    tx: Tx, appid: str, article_id: str, articles: list[DraftArticle], base_url: str,
    *, until: datetime | None = None,
) -> list[Piece]:  # fmt: skip
    """Publish articles together and give their cards; those with an end are gone by then."""
    rows = [
        (
            secrets.token_urlsafe(SLUG_BYTES), place, each.title, each.author, each.digest,
            each.content, each.content_source_url, f"{base_url}/mmbiz/{each.thumb_media_id}",
        )
        for place, each in enumerate(articles, start=1)
    ]  # fmt: skip
    names = (
        "slugs", "positions", "titles", "authors", "digests", "contents", "source_urls",
        "cover_urls",
    )  # fmt: skip
    await add_articles(
        tx, appid=appid, article_id=article_id, deleted_at=until, **columns(rows, *names)
    )
    return [Piece(row[2], row[4], row[7], f"{base_url}/s/{row[0]}") for row in rows]


async def article_pieces(tx: Tx, appid: str, article_id: str) -> list[Piece]:
    """Give the cards of articles that were published together and are still there."""
    found = await articles_together(tx, appid=appid, article_id=article_id)
    return [
        Piece(each.title, each.digest, each.cover_url, _beside(each.cover_url, each.slug))
        for each in found
        if not each.is_deleted
    ]


async def articles_of_broadcast(tx: Tx, appid: str, msg_id: int) -> list[str]:
    """Give the addresses of a broadcast's articles."""
    found = await articles_of_msg(tx, appid=appid, msg_id=msg_id)
    return [_beside(each.cover_url, each.slug) for each in found]


async def claim_articles(tx: Tx, appid: str, article_id: str, msg_id: int) -> None:
    """Write down which broadcast articles belong to."""
    await claim(tx, appid=appid, article_id=article_id, msg_id=msg_id)


async def forget_broadcast(tx: Tx, appid: str, msg_id: int, position: int) -> None:
    """Take a broadcast's article off; all of them when the position is 0."""
    await drop_of_msg(tx, appid=appid, msg_id=msg_id, position=position)


async def share_article(tx: Tx, person_id: int, slug: str, scene: str) -> None:
    """Keep that a person shared an article: to a `friend`, a `group` or `moments`."""
    await note_share(tx, person_id=person_id, slug=slug, scene=scene)


@get("/s/{slug:str}")
async def read(request: Asked, slug: FromPath[str]) -> Page:
    """Show an article; whoever reads it in a phone is counted once a visit."""
    world, person = world_of(request), await visitor(request)
    async with world.transaction() as tx:
        found = await article_by_slug(tx, slug=slug)
        if found is None:
            return message("参数错误", status=404)
        if found.deleted_at is not None and found.deleted_at <= tx.now:
            return message("该内容已被发布者删除")
        source = str(request.query_params.get("from", ""))
        await note_read(
            tx, slug=slug, person_id=person.person_id if person else None,
            source=source if source in SOURCES else "link",
        )  # fmt: skip
    moment = found.published_at.astimezone(BEIJING)
    return page(
        "article.html",
        found.title,
        author=found.author,
        account=found.account,
        moment=moment.isoformat(timespec="minutes"),
        day=f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}",
        cover=found.cover_url,
        content=found.content,
        source=found.source_url,
    )


def _beside(cover_url: str, slug: str) -> str:
    # The sandbox's address is the one that the cover was given.
    return f"{cover_url.rpartition('/mmbiz/')[0]}/s/{slug}"
