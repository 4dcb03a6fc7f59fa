"""The data cube: what happened, a day later, counted from what really happened here.

Source: official accounts, "Statistics": figures are there the day after; a query spans so many
days at most.
"""

from datetime import date, datetime, time, timedelta

from msgspec import Struct

from jishi.kernel import queries
from jishi.sandbox.answers import Errcode, Lenient
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.official.limits import BEIJING
from jishi.sandbox.official.rights import service

BAD_FORMAT, BAD_RANGE = 61500, 61501
USER_DAYS_MAX, ARTICLE_DAYS_MAX, READ_DAYS_MAX, SHARE_DAYS_MAX = 7, 1, 3, 7
MESSAGE_DAYS_MAX = 7
SOURCES = {
    "ADD_SCENE_SEARCH": 1, "ADD_SCENE_PROFILE_CARD": 17, "ADD_SCENE_QR_CODE": 30,
    "ADD_SCENE_OTHERS": 0, "ADD_SCENE_PAID": 51, "ADD_SCENE_PROFILE_LINK": 57,
    "ADD_SCENE_REPRINT": 100, "ADD_SCENE_WECHAT_ADVERTISEMENT": 161,
}  # fmt: skip
"""The figures number the ways to an account differently from `subscribe_scene`."""


class Span(Lenient, frozen=True):
    """From a day to another, both counted, as 2026-11-22."""

    begin_date: str = ""
    end_date: str = ""


class Days(Struct, frozen=True):
    """The moments at which a span begins and ends (UTC)."""

    begins_at: datetime
    ends_at: datetime


class UserSummary(Struct, frozen=True):
    """Who came and went on a day, by the way they came."""

    ref_date: str
    user_source: int
    new_user: int
    cancel_user: int


class UserCumulate(Struct, frozen=True):
    """How many follow at the end of a day."""

    ref_date: str
    user_source: int
    cumulate_user: int


class ReadSummary(Struct, frozen=True):
    """How often articles were read and shared on a day."""

    ref_date: str
    msgid: str
    title: str
    int_page_read_user: int
    int_page_read_count: int
    ori_page_read_user: int
    ori_page_read_count: int
    share_user: int
    share_count: int
    add_to_fav_user: int
    add_to_fav_count: int


class UserRead(Struct, frozen=True):
    """How often all articles were read on a day."""

    ref_date: str
    int_page_read_user: int
    int_page_read_count: int
    share_user: int
    share_count: int


class UserShare(Struct, frozen=True):
    """How often articles were shared on a day: to friends (1), moments (2), elsewhere (255)."""

    ref_date: str
    share_scene: int
    share_count: int
    share_user: int


class Upstream(Struct, frozen=True):
    """How many people sent how many messages of a kind on a day."""

    ref_date: str
    msg_type: int
    msg_user: int
    msg_count: int


class Summaries(Struct, frozen=True):
    """The figures."""

    list: list[UserSummary]


class Cumulates(Struct, frozen=True):
    """The figures."""

    list: list[UserCumulate]


class ReadSummaries(Struct, frozen=True):
    """The figures."""

    list: list[ReadSummary]


class UserReads(Struct, frozen=True):
    """The figures."""

    list: list[UserRead]


class UserShares(Struct, frozen=True):
    """The figures."""

    list: list[UserShare]


class Upstreams(Struct, frozen=True):
    """The figures."""

    list: list[Upstream]


class CameAndWent(Struct, frozen=True):
    """Who came and went, as it is counted."""

    ref_date: str
    scene: str
    new_user: int
    cancel_user: int


sql = queries(__file__)
came_and_went = sql.many("came_and_went", CameAndWent)
cumulated = sql.many("cumulated", UserCumulate)
article_figures = sql.many("article_figures", ReadSummary)
read_figures = sql.many("read_figures", UserRead)
share_figures = sql.many("share_figures", UserShare)
upstream_figures = sql.many("upstream_figures", Upstream)


@service("POST", "/datacube/getusersummary")
async def user_summary(call: OfficialCall, asked: Span) -> Summaries | Errcode:
    """Tell who came and went."""
    days = span(asked, call.now, USER_DAYS_MAX)
    if isinstance(days, Errcode):
        return days
    found = await came_and_went(call.tx, appid=call.account.appid, **_moments(days))
    return Summaries(
        [
            UserSummary(each.ref_date, SOURCES.get(each.scene, 0), each.new_user, each.cancel_user)
            for each in found
        ]
    )


@service("POST", "/datacube/getusercumulate")
async def user_cumulate(call: OfficialCall, asked: Span) -> Cumulates | Errcode:
    """Tell how many follow."""
    days = span(asked, call.now, USER_DAYS_MAX)
    if isinstance(days, Errcode):
        return days
    return Cumulates(await cumulated(call.tx, appid=call.account.appid, **_moments(days)))


@service("POST", "/datacube/getarticlesummary")
async def article_summary(call: OfficialCall, asked: Span) -> ReadSummaries | Errcode:
    """Tell how often each article was read on a day."""
    days = span(asked, call.now, ARTICLE_DAYS_MAX)
    if isinstance(days, Errcode):
        return days
    return ReadSummaries(await article_figures(call.tx, appid=call.account.appid, **_moments(days)))


@service("POST", "/datacube/getuserread")
async def user_read(call: OfficialCall, asked: Span) -> UserReads | Errcode:
    """Tell how often articles were read."""
    days = span(asked, call.now, READ_DAYS_MAX)
    if isinstance(days, Errcode):
        return days
    return UserReads(await read_figures(call.tx, appid=call.account.appid, **_moments(days)))


@service("POST", "/datacube/getusershare")
async def user_share(call: OfficialCall, asked: Span) -> UserShares | Errcode:
    """Tell how often articles were shared."""
    days = span(asked, call.now, SHARE_DAYS_MAX)
    if isinstance(days, Errcode):
        return days
    return UserShares(await share_figures(call.tx, appid=call.account.appid, **_moments(days)))


@service("POST", "/datacube/getupstreammsg")
async def upstream(call: OfficialCall, asked: Span) -> Upstreams | Errcode:
    """Tell how much people wrote."""
    days = span(asked, call.now, MESSAGE_DAYS_MAX)
    if isinstance(days, Errcode):
        return days
    return Upstreams(await upstream_figures(call.tx, appid=call.account.appid, **_moments(days)))


def span(asked: Span, now: datetime, days_max: int) -> Days | Errcode:
    """Read a span; it ends before today, and is not too long."""
    try:
        first, last = date.fromisoformat(asked.begin_date), date.fromisoformat(asked.end_date)
    except ValueError:
        return Errcode(BAD_FORMAT)
    today = now.astimezone(BEIJING).date()
    if not first <= last < today or (last - first).days >= days_max:
        return Errcode(BAD_RANGE)
    after = last + timedelta(days=1)
    return Days(
        datetime.combine(first, time(), tzinfo=BEIJING),
        datetime.combine(after, time(), tzinfo=BEIJING),
    )


def _moments(days: Days) -> dict[str, datetime]:
    return {"begins_at": days.begins_at, "ends_at": days.ends_at}
