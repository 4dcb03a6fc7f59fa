"""The data cube: what WeChat counted of the day before, by the day.

Sources: official accounts, "User analysis", "Article analysis", "Message analysis", "Interface
analysis". A day is ready at 8 o'clock (Asia/Shanghai) of the next; each figure has a longest span.
"""

from collections.abc import Sequence
from datetime import date
from typing import Generic, TypeVar

from msgspec import Struct, field

from jishi.ports.wechat.official.account import Account
from jishi.ports.wechat.official.limits import within

F = TypeVar("F", bound=Struct)


class Followers(Struct, frozen=True):
    """How many began and ceased to follow on a day, by where they came from."""

    day: date = field(name="ref_date")
    source: int = field(default=0, name="user_source")
    new: int = field(default=0, name="new_user")
    gone: int = field(default=0, name="cancel_user")


class FollowersInAll(Struct, frozen=True):
    """How many follow at the end of a day."""

    day: date = field(name="ref_date")
    followers: int = field(default=0, name="cumulate_user")


class _Read(Struct, frozen=True):
    readers: int = field(default=0, name="int_page_read_user")
    reads: int = field(default=0, name="int_page_read_count")
    original_readers: int = field(default=0, name="ori_page_read_user")
    original_reads: int = field(default=0, name="ori_page_read_count")
    sharers: int = field(default=0, name="share_user")
    shares: int = field(default=0, name="share_count")
    keepers: int = field(default=0, name="add_to_fav_user")
    keeps: int = field(default=0, name="add_to_fav_count")


class ArticleDay(_Read, frozen=True, kw_only=True):
    """What became of an article on one day; `article` is message id and position, "10000_1"."""

    day: date = field(name="ref_date")
    article: str = field(default="", name="msgid")
    title: str = ""


class ArticleUntil(_Read, frozen=True, kw_only=True):
    """What had become of an article by the end of a day."""

    day: date = field(name="stat_date")
    addressees: int = field(default=0, name="target_user")


class ArticleInAll(Struct, frozen=True, kw_only=True):
    """What became of an article in the seven days after its broadcast."""

    day: date = field(name="ref_date")
    article: str = field(default="", name="msgid")
    title: str = ""
    until: tuple[ArticleUntil, ...] = field(default=(), name="details")


class Reading(_Read, frozen=True, kw_only=True):
    """How much was read on a day; `source` is where from, by hours `hour` is 0, 100 ... 2300."""

    day: date = field(name="ref_date")
    hour: int = field(default=0, name="ref_hour")
    source: int = field(default=0, name="user_source")


class Sharing(Struct, frozen=True):
    """How much was shared on a day; `scene` 1 to friends, 2 in Moments, 255 otherwise."""

    day: date = field(name="ref_date")
    hour: int = field(default=0, name="ref_hour")
    scene: int = field(default=0, name="share_scene")
    sharers: int = field(default=0, name="share_user")
    shares: int = field(default=0, name="share_count")


class Messages(Struct, frozen=True):
    """What people sent to the account; `kind` 1 words, 2 pictures, 3 voices, 4 films, 6 links."""

    day: date = field(name="ref_date")
    hour: int = field(default=0, name="ref_hour")
    kind: int = field(default=0, name="msg_type")
    senders: int = field(default=0, name="msg_user")
    messages: int = field(default=0, name="msg_count")


class Pushes(Struct, frozen=True):
    """How our answers to pushes went, in milliseconds."""

    day: date = field(name="ref_date")
    hour: int = field(default=0, name="ref_hour")
    pushes: int = field(default=0, name="callback_count")
    failures: int = field(default=0, name="fail_count")
    milliseconds: int = field(default=0, name="total_time_cost")
    milliseconds_longest: int = field(default=0, name="max_time_cost")


class _Rows(Struct, Generic[F], frozen=True):
    list: tuple[F, ...] = ()


class Figure(Struct, Generic[F], frozen=True):
    """One of the figures: its interface, what its rows are, and the longest span in days."""

    name: str
    rows: type[_Rows[F]]
    days_max: int


class Span(Struct, frozen=True):
    """From a day to another, both included."""

    first: date = field(name="begin_date")
    last: date = field(name="end_date")


FOLLOWERS = Figure("getusersummary", _Rows[Followers], 7)
FOLLOWERS_IN_ALL = Figure("getusercumulate", _Rows[FollowersInAll], 7)
ARTICLE_DAY = Figure("getarticlesummary", _Rows[ArticleDay], 1)
ARTICLE_IN_ALL = Figure("getarticletotal", _Rows[ArticleInAll], 1)
READING = Figure("getuserread", _Rows[Reading], 3)
READING_BY_HOUR = Figure("getuserreadhour", _Rows[Reading], 1)
SHARING = Figure("getusershare", _Rows[Sharing], 7)
SHARING_BY_HOUR = Figure("getusersharehour", _Rows[Sharing], 1)
MESSAGES = Figure("getupstreammsg", _Rows[Messages], 7)
MESSAGES_BY_HOUR = Figure("getupstreammsghour", _Rows[Messages], 1)
MESSAGES_BY_WEEK = Figure("getupstreammsgweek", _Rows[Messages], 30)
MESSAGES_BY_MONTH = Figure("getupstreammsgmonth", _Rows[Messages], 30)
PUSHES = Figure("getinterfacesummary", _Rows[Pushes], 30)
PUSHES_BY_HOUR = Figure("getinterfacesummaryhour", _Rows[Pushes], 1)


async def count(account: Account, figure: Figure[F], span: Span) -> Sequence[F]:
    """Give a figure for a span of days that are over. ErrcodeAnswered: 61500, 61501 wrong days."""
    days = (span.last - span.first).days + 1
    within("days", days, figure.days_max, 1)
    path = f"/datacube/{figure.name}"
    return (await account.post(path, span, figure.rows, is_repeatable=True)).list
