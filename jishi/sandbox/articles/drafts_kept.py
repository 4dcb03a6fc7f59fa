"""Where drafts are kept."""

from datetime import datetime

from msgspec import Struct

from jishi.kernel import queries


class DraftArticle(Struct, frozen=True):
    """An article of a draft; its content is filtered already."""

    title: str
    author: str = ""
    digest: str = ""
    content: str = ""
    content_source_url: str = ""
    thumb_media_id: str = ""
    article_type: str = "news"
    need_open_comment: int = 0
    only_fans_can_comment: int = 0


class Draft(Struct, frozen=True):
    """A draft: up to eight articles."""

    media_id: str
    articles: list[DraftArticle]
    made_at: datetime
    changed_at: datetime


class Count(Struct, frozen=True):
    """How many drafts there are."""

    drafts: int


class Name(Struct, frozen=True):
    """A draft's id."""

    media_id: str


sql = queries(__file__)
add_draft = sql.run("add_draft")
draft = sql.one("draft", Draft)
drafts = sql.many("drafts", Draft)
draft_count = sql.one("draft_count", Count)
change_draft = sql.run("change_draft")
drop_draft = sql.one("drop_draft", Name)
