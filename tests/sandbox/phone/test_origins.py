"""The WebView's hosts: what they lead to, and what they do not."""

import pytest

from jishi.sandbox.phone.origins import View, spot

HOSTS = frozenset({"127.0.0.1", "localhost", "shop.example.test"})
VIEW = View(3, ":8001", "http://127.0.0.1:8001", HOSTS)


@pytest.mark.parametrize(
    ("origin", "label"),
    [
        ("http://127.0.0.1:8000", "p3--127-0-0-1--8000"),
        ("http://localhost", "p3--localhost--80"),
        ("https://shop.example.test", "p3--shop-example-test--443--s"),
        ("https://open.weixin.qq.com", "p3--127-0-0-1--8001"),
        ("//mp.weixin.qq.com", "p3--127-0-0-1--8001"),
    ],
)
def test_an_origin_has_a_host_of_its_own_for_each_person(origin: str, label: str) -> None:
    assert VIEW.shown(origin) == f"http://{label}.webview.localhost:8001"


@pytest.mark.parametrize("origin", ["http://10.0.0.1", "https://example.com", "ftp://localhost"])
def test_what_is_outside_is_not_shown(origin: str) -> None:
    assert VIEW.shown(origin) is None
    assert VIEW.opened(f"{origin}/page") is None


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000/", "http://127.0.0.1:8000/a/b?c=d#e", "http://localhost/x%20y",
        "https://shop.example.test/?q=%E8%8C%B6", "http://localhost:9/?a=/b",
    ],
)  # fmt: skip
def test_an_address_comes_back_as_it_was_meant(url: str) -> None:
    opened = VIEW.opened(url)
    assert opened is not None
    assert VIEW.meant(opened) == url


def test_an_address_without_a_path_opens_the_root() -> None:
    expected = "http://p3--127-0-0-1--8000.webview.localhost:8001/"
    assert VIEW.opened("http://127.0.0.1:8000") == expected


@pytest.mark.parametrize(
    "url",
    ["http://example.com/a", "http://p3--127-0-0-1--8000.webview.localhost:9999/a", "about:x"],
)
def test_what_is_not_shown_by_us_stays_as_it_is(url: str) -> None:
    assert VIEW.meant(url) == url


@pytest.mark.parametrize(
    "host",
    [
        "p3--10-0-0-1--80.webview.localhost", "p0--127-0-0-1--80.webview.localhost",
        "p3--127-0-0-1--99999.webview.localhost", "p3--127-0-0-1--0.webview.localhost",
        "p3--127-0-0-1.webview.localhost", "p3--evil-com--80.webview.localhost",
        "phone.webview.localhost", "p3--127-0-0-1--80.webview.localhost.evil.com",
        "p-3--127-0-0-1--80.webview.localhost", "x.p3--127-0-0-1--80.webview.localhost",
    ],
)  # fmt: skip
def test_a_host_that_nobody_made_leads_nowhere(host: str) -> None:
    assert spot(host, HOSTS) is None


def test_a_host_leads_back_to_its_person_and_origin() -> None:
    found = spot("p3--shop-example-test--443--s.webview.localhost", HOSTS)
    assert found is not None
    assert (found.person_id, found.origin) == (3, "https://shop.example.test")


@pytest.mark.parametrize(
    ("origin", "is_ours"),
    [
        ("http://127.0.0.1:8001", True), ("http://localhost:8001", True),
        ("http://127.0.0.1:8000", False), ("http://shop.example.test:8001", False),
    ],
)  # fmt: skip
def test_the_sandbox_knows_its_own_origin_by_either_name(origin: str, is_ours: bool) -> None:
    assert VIEW.is_ours(origin) is is_ours
