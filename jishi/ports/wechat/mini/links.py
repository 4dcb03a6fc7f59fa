"""Links that open the mini program: schemes from messages, URL links from anywhere, short links.

Source: mini programs, "URL Scheme", "URL Link", "Short Link". A link lives up to 30 days.
"""

from datetime import datetime

from msgspec import Struct

from jishi.ports.wechat.official.account import Account
from jishi.ports.wechat.official.limits import within

QUERY_CHARACTERS_MAX = 1_024
DAYS_MAX = 30
AT, AFTER = 0, 1


class Target(Struct, frozen=True, omit_defaults=True):
    """The page to open, its query, and of which version of the program."""

    path: str
    query: str = ""
    env_version: str = ""


class Life(Struct, frozen=True):
    """How long a link lives: so many days, or until a moment."""

    days: int = DAYS_MAX
    until: datetime | None = None


class _Scheme(Struct, frozen=True, omit_defaults=True, kw_only=True):
    jump_wxa: Target
    is_expire: bool
    expire_type: int
    expire_time: int = 0
    expire_interval: int = 0


class _UrlLink(Struct, frozen=True, omit_defaults=True, kw_only=True):
    path: str
    query: str = ""
    env_version: str = ""
    expire_type: int
    expire_time: int = 0
    expire_interval: int = 0


class _ShortLink(Struct, frozen=True, omit_defaults=True):
    page_url: str
    page_title: str = ""
    is_permanent: bool = False


class _OpenLink(Struct, frozen=True):
    openlink: str


class _UrlLinkGiven(Struct, frozen=True):
    url_link: str


class _Link(Struct, frozen=True):
    link: str


async def scheme(account: Account, target: Target, life: Life) -> str:
    """Make a weixin:// scheme; each opens for one person alone.

    ErrcodeAnswered: 40165 no such page, 44990 too often, 85079 the program is not published.
    """
    kind, moment, days = _end(target, life)
    body = _Scheme(
        jump_wxa=target, is_expire=True, expire_type=kind, expire_time=moment,
        expire_interval=days,
    )  # fmt: skip
    return (await account.post("/wxa/generatescheme", body, _OpenLink)).openlink


async def url_link(account: Account, target: Target, life: Life) -> str:
    """Make an https link that opens the program from any page; each for one person alone."""
    kind, moment, days = _end(target, life)
    body = _UrlLink(
        path=target.path, query=target.query, env_version=target.env_version,
        expire_type=kind, expire_time=moment, expire_interval=days,
    )  # fmt: skip
    return (await account.post("/wxa/generate_urllink", body, _UrlLinkGiven)).url_link


async def short_link(
    account: Account, page_url: str, title: str = "", *, is_permanent: bool = False
) -> str:
    """Make a link that opens inside WeChat; `page_url` is path and query."""
    body = _ShortLink(page_url, title, is_permanent)
    return (await account.post("/wxa/genwxashortlink", body, _Link)).link


def _end(target: Target, life: Life) -> tuple[int, int, int]:
    """Give how the link ends: the kind, the moment (seconds since 1970), the days."""
    within("query", len(target.query), QUERY_CHARACTERS_MAX)
    if life.until is not None:
        return AT, int(life.until.timestamp()), 0
    within("days", life.days, DAYS_MAX, 1)
    return AFTER, 0, life.days
