"""Doors, robots and pages: what is recorded of a visit, by plain rules."""

import pytest

from jishi.evidence import rules
from jishi.gauges.vocabulary import ENTRIES

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
    " Gecko) Mobile/15E148 MicroMessenger/8.0.50(0x1800323a) NetType/WIFI Language/zh_CN"
)


@pytest.mark.parametrize(
    ("path", "query", "referrer", "entry"),
    [
        ("/", {}, "", "direct"),
        ("/", {"entry": "menu"}, "", "menu"),
        ("/", {"entry": "elsewhere"}, "", "direct"),
        ("/shops/a/products/b", {"from": "singlemessage"}, "", "share_friend"),
        ("/shops/a/products/b", {"from": "timeline"}, "", "share_moments"),
        ("/shops/a/products/b", {"from": "groupmessage"}, "", "group"),
        ("/", {"entry": "msg", "from": "timeline"}, "", "msg"),
        ("/shops/a/products/b", {}, "https://www.baidu.com/link?url=x", "search"),
        ("/shops/a/products/b", {}, "https://notbaidu.example/", "direct"),
        ("/search", {"q": "茶"}, "", "search"),
        ("/orders", {}, "", "order_history"),
    ],
)
def test_a_visit_comes_through_the_door_its_link_names(
    path: str, query: dict[str, str], referrer: str, entry: str
) -> None:
    assert rules.entry_of(path, query, referrer) == entry
    assert entry in ENTRIES


@pytest.mark.parametrize(
    ("agent", "purpose", "is_robot"),
    [
        (PHONE, "", False),
        (PHONE, "prefetch;prerender", True),
        (PHONE, " prefetch", True),
        ("Mozilla/5.0 (compatible; Baiduspider/2.0)", "", True),
        ("Mozilla/5.0 (compatible; Googlebot/2.1)", "", True),
        ("python-httpx/0.28", "", True),
        ("curl/8.5", "", True),
        ("", "", True),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0", "", False),
    ],
)
def test_robots_and_guessing_browsers_are_told_apart(
    agent: str, purpose: str, *, is_robot: bool
) -> None:
    assert rules.is_robot(agent, purpose) is is_robot


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/", "home"), ("/search", "search"), ("/shops/a/products/b", "product"),
        ("/shops/a/orders/b", "order"), ("/cart", "cart"), ("/me/privacy", "me"),
        ("/shops/a/about", "other"), ("nonsense", "other"),
    ],
)  # fmt: skip
def test_a_path_is_of_one_kind_of_page(path: str, page: str) -> None:
    assert rules.page_of(path) == page


def test_a_page_that_slept_says_nothing_of_speed() -> None:
    assert rules.is_time(0.4)
    assert not rules.is_time(0)
    assert not rules.is_time(-1)
    assert not rules.is_time(121)
    assert not rules.is_time(float("nan"))
