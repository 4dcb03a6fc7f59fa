"""Publishing: a draft becomes articles that anybody can read; it costs no broadcast.

Source: service accounts, "Publishing". It takes its time and is told by an event; since July 2025
the right is taken from accounts that are not verified (`can_publish`).
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.alarms import alarm, set_alarm
from jishi.sandbox.answers import Answered, Errcode, Lenient
from jishi.sandbox.articles.drafts_kept import DraftArticle, draft, drop_draft
from jishi.sandbox.articles.reading import (
    articles_together,
    drop_articles,
    new_article_id,
    put_articles,
)
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.cast import account_of
from jishi.sandbox.official.chat import as_json
from jishi.sandbox.official.push import push_event
from jishi.sandbox.official.push_text import Fields, Rows
from jishi.sandbox.official.rights import service
from jishi.sandbox.program.safety_words import is_risky
from jishi.sandbox.reading import number

if TYPE_CHECKING:
    from jishi.sandbox.world import World

PUBLISH_ALARM, PUBLISH_AFTER = "article.publish", timedelta(seconds=3)
BAD_MEDIA, UNAUTHORISED, TOO_SOON, BAD_PUBLISH, UNFIT, BAD_ARTICLE = (
    40007, 48001, 53501, 53502, 53503, 53600,
)  # fmt: skip
PUBLISHED, UNDER_WAY, REVIEW_FAILED, ALL_DELETED = 0, 1, 4, 5


class Submit(Lenient, frozen=True):
    """Publish this draft."""

    media_id: str = ""


class Submitted(Struct, frozen=True):
    """It is under way."""

    errcode: int
    errmsg: str
    publish_id: int
    msg_data_id: int


class ByPublish(Lenient, frozen=True):
    """A publishing, by its number."""

    publish_id: int | str = 0


class PublishedUrl(Struct, frozen=True):
    """An article and its address."""

    idx: int
    article_url: str


class Detail(Struct, frozen=True):
    """The articles."""

    count: int
    item: list[PublishedUrl]


class Progress(Answered, frozen=True):
    """How far a publishing is."""

    publish_id: int
    publish_status: int
    fail_idx: list[int]
    article_id: str | None = None
    article_detail: Detail | None = None


class Delete(Lenient, frozen=True):
    """Take an article off; `index` counts from one, and 0 is all."""

    article_id: str = ""
    index: int = 0


class Publication(Struct, frozen=True):
    """A publishing as it is kept."""

    publish_id: int
    appid: str
    media_id: str
    article_id: str
    articles: list[DraftArticle]
    state: int
    submitted_at: datetime


sql = queries(__file__)
add_publication = sql.one("add_publication", Publication)
publication = sql.one("publication", Publication)
under_way = sql.many("under_way", Publication)
set_state = sql.run("set_state")
state_of_article = sql.one("state_of_article", Publication)


@service("POST", "/cgi-bin/freepublish/submit")
async def submit(call: OfficialCall, asked: Submit) -> Submitted | Errcode:
    """Have a draft published."""
    if not call.account.can_publish:
        return Errcode(UNAUTHORISED)
    found = await draft(call.tx, appid=call.account.appid, media_id=asked.media_id)
    if found is None:
        return Errcode(BAD_MEDIA)
    if await under_way(call.tx, appid=call.account.appid, media_id=asked.media_id):
        return Errcode(TOO_SOON)
    if any(not (each.title and each.thumb_media_id) for each in found.articles):
        return Errcode(UNFIT)
    kept = await add_publication(
        call.tx, appid=call.account.appid, media_id=asked.media_id,
        article_id=new_article_id(), articles=as_json(found.articles), state=UNDER_WAY,
    )  # fmt: skip
    assert kept is not None
    await set_alarm(call.tx, PUBLISH_ALARM, str(kept.publish_id), call.now + PUBLISH_AFTER)
    return Submitted(0, "ok", kept.publish_id, kept.publish_id)


@service("POST", "/cgi-bin/freepublish/get")
async def tell(call: OfficialCall, asked: ByPublish) -> Progress | Errcode:
    """Tell how far a publishing is."""
    if not call.account.can_publish:
        return Errcode(UNAUTHORISED)
    publish_id = number(str(asked.publish_id))
    found = publish_id and await publication(call.tx, publish_id=publish_id)
    if not found or found.appid != call.account.appid:
        return Errcode(BAD_PUBLISH)
    if found.state != PUBLISHED:
        failed = _risky(found.articles) if found.state == REVIEW_FAILED else []
        return Progress(found.publish_id, found.state, failed)
    places = await articles_together(call.tx, appid=call.account.appid, article_id=found.article_id)
    urls = [f"{call.world.base_url}/s/{each.slug}" for each in places]
    items = [PublishedUrl(place, url) for place, url in enumerate(urls, start=1)]
    return Progress(found.publish_id, PUBLISHED, [], found.article_id, Detail(len(items), items))


@service("POST", "/cgi-bin/freepublish/delete")
async def delete(call: OfficialCall, asked: Delete) -> Errcode | None:
    """Take articles off, for ever."""
    if not call.account.can_publish:
        return Errcode(UNAUTHORISED)
    appid = call.account.appid
    there = await articles_together(call.tx, appid=appid, article_id=asked.article_id)
    if not there or not 0 <= asked.index <= len(there):
        return Errcode(BAD_ARTICLE)
    await drop_articles(call.tx, appid=appid, article_id=asked.article_id, position=asked.index)
    left = await articles_together(call.tx, appid=appid, article_id=asked.article_id)
    kept = await state_of_article(call.tx, appid=appid, article_id=asked.article_id)
    if kept and all(each.is_deleted for each in left):
        await set_state(call.tx, publish_id=kept.publish_id, state=ALL_DELETED)
    return None


@alarm(PUBLISH_ALARM)
async def publish(world: "World", tx: Tx, subject: str) -> None:
    """Publish a draft, and tell the account how it went."""
    found = await publication(tx, publish_id=int(subject))
    account = await account_of(tx, found.appid) if found else None
    if found is None or account is None:
        return
    failed, urls = _risky(found.articles), list[str]()
    if not failed:
        pieces = await put_articles(
            tx, found.appid, found.article_id, found.articles, world.base_url
        )
        urls = [each.url for each in pieces]
        await drop_draft(tx, appid=found.appid, media_id=found.media_id)
    state = REVIEW_FAILED if failed else PUBLISHED
    await set_state(tx, publish_id=found.publish_id, state=state)
    told: Fields = (("PublishEventInfo", _event(found, state, urls, failed)),)
    await push_event(tx, account, account.original_id, "PUBLISHJOBFINISH", told)


def _event(found: Publication, state: int, urls: list[str], failed: list[int]) -> Fields:
    head: Fields = (("publish_id", found.publish_id), ("publish_status", state))
    if failed:
        return (*head, *(("fail_idx", place) for place in failed))
    rows: tuple[Fields, ...] = tuple(
        (("idx", place), ("article_url", url)) for place, url in enumerate(urls, start=1)
    )
    detail: Fields = (("count", len(urls)), ("item", Rows(rows)))
    return (*head, ("article_id", found.article_id), ("article_detail", detail))


def _risky(articles: list[DraftArticle]) -> list[int]:
    return [
        place
        for place, each in enumerate(articles, start=1)
        if is_risky(f"{each.title} {each.content}")
    ]
