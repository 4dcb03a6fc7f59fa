"""The rules of what is recorded of a visit: plain functions of plain values."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from jishi.gauges.vocabulary import ENTRIES

VISIT_MINUTES = 30
"""A visit is over when nothing was looked at for so long."""

RENEWED_MINUTES = 5
"""The cookie of a visit says again when it was last seen, but not on every page."""

SECONDS_MAX = 120.0
"""A page that took longer was asleep."""

BODY_BYTES_MAX = 512
PATH_CHARACTERS_MAX = 200

SHARED_TO = {"singlemessage": "share_friend", "groupmessage": "group", "timeline": "share_moments"}
"""What WeChat adds to a link as `from` when somebody passes it on: where to."""

OWN_LISTS = ("/orders", "/me", "/purchases")
SEARCHES = re.compile(r"(^|\.)(baidu|bing|google|sogou|so|sm|weixin\.sogou)\.[a-z.]{2,6}$")
ROBOTS = re.compile(
    r"bot\b|bot/|spider|crawl|slurp|preview|monitor|headless|lighthouse|curl/|wget/|python|httpx|"
    r"go-http|java/|okhttp|libwww|facebookexternalhit|^$",
    re.IGNORECASE,
)
"""What programs call themselves; whoever says nothing is one of them."""

PAGES = (
    ("home", re.compile(r"/")),
    ("search", re.compile(r"/search")),
    ("product", re.compile(r"/shops/[^/]+/products/[^/]+")),
    ("category", re.compile(r"/categories|/shops/[^/]+/categories/[^/]+")),
    ("cart", re.compile(r"/cart")),
    ("checkout", re.compile(r"/checkout|/shops/[^/]+/checkout")),
    ("order", re.compile(r"/shops/[^/]+/orders/[^/]+|/purchases/[^/]+")),
    ("orders", re.compile(r"/orders")),
    ("me", re.compile(r"/me(/.*)?|/addresses(/.*)?")),
)


def entry_of(path: str, query: Mapping[str, str], referrer: str) -> str:
    """Give through which door a visit begins: what its link says, else where it comes from."""
    named = query.get("entry", "")
    if named in ENTRIES:
        return named
    if shared := SHARED_TO.get(query.get("from", "")):
        return shared
    if SEARCHES.search(urlsplit(referrer).hostname or "") or path == "/search":
        return "search"
    return "order_history" if path.startswith(OWN_LISTS) else "direct"


def is_named(query: Mapping[str, str]) -> bool:
    """Tell whether a link says itself through which door it leads: a new visit, then."""
    return query.get("entry", "") in ENTRIES or query.get("from", "") in SHARED_TO


def is_robot(agent: str, purpose: str) -> bool:
    """Tell whether a program asks, or a browser that only guesses what its reader may want."""
    return bool(ROBOTS.search(agent)) or "prefetch" in purpose or "prerender" in purpose


def page_of(path: str) -> str:
    """Give which kind of page a path is."""
    return next((name for name, shape in PAGES if shape.fullmatch(path)), "other")


def is_time(seconds: float) -> bool:
    """Tell whether a page may have taken so long."""
    return 0 < seconds <= SECONDS_MAX
