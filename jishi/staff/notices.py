"""What a shop's staff were told, as a member sees it. Read with `book=` the shop's."""

from datetime import datetime

import msgspec

from jishi.kernel import queries


class NewsCount(msgspec.Struct, frozen=True):
    """How many notices a member has not read, up to a bound."""

    notices: int


class NoticeRow(msgspec.Struct, frozen=True):
    """A notice: what kind, about which id, and whether the member has read it."""

    number: int
    kind: str
    about_id: int
    told_at: datetime
    is_seen: bool


sql = queries(__file__)
news_count = sql.one("news_count", NewsCount)
notices = sql.many("notices", NoticeRow)
