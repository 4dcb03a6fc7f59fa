"""What the WebView changes in an answer, and what it leaves alone."""

import pytest

from jishi.sandbox.phone.origins import View
from jishi.sandbox.phone.policies import nonce_of, relaxed
from jishi.sandbox.phone.rewriting import destination, mapped_headers, mapped_page, with_bridge

VIEW = View(3, ":8001", "http://127.0.0.1:8001", frozenset({"127.0.0.1"}))
SHOP = "http://p3--127-0-0-1--8000.webview.localhost:8001"
WECHAT = "http://p3--127-0-0-1--8001.webview.localhost:8001"
BRIDGE = f"{SHOP}/__wechat__/bridge.js"
PHONE = "http://phone.webview.localhost:8001"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<a href="http://127.0.0.1:8000/p?a=1">', f'<a href="{SHOP}/p?a=1">'),
        ("<a href='http://127.0.0.1:8000'>", f"<a href='{SHOP}'>"),
        ("<form action=http://127.0.0.1:8000/go>", f"<form action={SHOP}/go>"),
        ('<img srcset="http://127.0.0.1:8000/a 1x, http://127.0.0.1:8000/b 2x">',
         f'<img srcset="{SHOP}/a 1x, {SHOP}/b 2x">'),
        ('<a href="https://open.weixin.qq.com/connect/x">', f'<a href="{WECHAT}/connect/x">'),
        ('<script src="https://res.wx.qq.com/open/js/jweixin-1.6.0.js"></script>',
         '<script src="/__wechat__/jweixin.js"></script>'),
        ('<script src="//res2.wx.qq.com/open/js/jweixin-1.4.0.js"></script>',
         '<script src="/__wechat__/jweixin.js"></script>'),
        ('<meta http-equiv="refresh" content="0;url=http://127.0.0.1:8000/x">',
         f'<meta http-equiv="refresh" content="0;url={SHOP}/x">'),
    ],
)  # fmt: skip
def test_addresses_in_tags_are_mapped(before: str, after: str) -> None:
    assert mapped_page(before, VIEW) == after


@pytest.mark.parametrize(
    "text",
    [
        '<script>location.href="http://127.0.0.1:8000/"</script>',
        "<p>http://127.0.0.1:8000/ is where it runs</p>",
        '<a href="https://example.com/?to=x">away</a>',
        '<a href="/own">own</a>',
        '<input value="http://127.0.0.1:8000/">',
        "<script>const a = '<a href=\"http://127.0.0.1:8000/\">';</script>",
    ],
)
def test_scripts_and_words_are_left_alone(text: str) -> None:
    assert mapped_page(text, VIEW) == text


@pytest.mark.parametrize(
    ("page", "begins"),
    [
        ("<!doctype html><html><head><title>", "<!doctype html><html><head><script src="),
        ("<!DOCTYPE html><p>x", "<!DOCTYPE html><script src="),
        ("<p>x", "<script src="),
    ],
)
def test_the_bridge_is_the_first_script(page: str, begins: str) -> None:
    text = with_bridge(page, VIEW, "")
    assert text.startswith(f'{begins}"/__wechat__/bridge.js" data-person="3"')
    assert f'data-wechat="{WECHAT}"' in text


def test_redirects_lead_inside_or_say_that_they_lead_out() -> None:
    assert destination("/own", VIEW) == "/own"
    assert destination("http://127.0.0.1:8000/a#b", VIEW) == f"{SHOP}/a#b"
    assert destination("https://open.weixin.qq.com/connect/a?b", VIEW) == f"{WECHAT}/connect/a?b"
    out = destination("https://example.com/a?b=c&d", VIEW)
    assert out == "/__wechat__/outside?url=https%3A%2F%2Fexample%2Ecom%2Fa%3Fb%3Dc%26d"


def test_headers_forget_domains_and_frames() -> None:
    given = [
        (b"Set-Cookie", b"a=1; Domain=127.0.0.1; Path=/; HttpOnly"),
        (b"Set-Cookie", b"b=2"),
        (b"X-Frame-Options", b"DENY"),
        (b"Strict-Transport-Security", b"max-age=1"),
        (b"Location", b"http://127.0.0.1:8000/x"),
        (b"Access-Control-Allow-Origin", b"http://127.0.0.1:8000"),
        (b"Content-Type", b"text/plain"),
    ]
    assert mapped_headers(given, VIEW, SHOP, "n") == [
        (b"set-cookie", b"a=1; Path=/; HttpOnly"),
        (b"set-cookie", b"b=2"),
        (b"location", f"{SHOP}/x".encode()),
        (b"access-control-allow-origin", SHOP.encode()),
        (b"content-type", b"text/plain"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("default-src 'self'; frame-ancestors 'none'", "default-src 'self'"),
        ("default-src 'none'; script-src 'none'; img-src *",
         f"default-src 'none'; script-src {SHOP}/__wechat__/bridge.js; img-src *"),
        ("script-src 'nonce-abc'",
         f"script-src 'nonce-abc' {SHOP}/__wechat__/bridge.js"),
        ("script-src 'sha256-x' 'strict-dynamic'; upgrade-insecure-requests",
         f"script-src 'sha256-x' 'strict-dynamic' {SHOP}/__wechat__/bridge.js 'nonce-n'"),
        ("script-src https://res.wx.qq.com 'unsafe-inline'",
         f"script-src https://res.wx.qq.com 'unsafe-inline' {BRIDGE} {SHOP}/__wechat__/jweixin.js"),
        ("img-src 'self'", "img-src 'self'"),
    ],
)  # fmt: skip
def test_a_policy_is_relaxed_for_the_frame_and_the_bridge_alone(before: str, after: str) -> None:
    assert relaxed(before, VIEW, SHOP, "n") == f"{after}; frame-ancestors {PHONE}"


def test_the_bridge_bears_the_nonce_of_the_page() -> None:
    assert nonce_of(["default-src 'self'", "script-src 'nonce-abc=='"]) == "abc=="
    assert nonce_of(["default-src 'self'"]) == ""
    assert '<script src="/__wechat__/bridge.js" nonce="abc==" ' in with_bridge("", VIEW, "abc==")
