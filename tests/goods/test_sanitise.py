"""Merchants' HTML: what is harmless stays, what could act, load or deceive goes."""

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishi.goods.sanitise import (
    CHARACTERS_MAX,
    TAGS_MAX,
    as_html,
    images_in,
    is_bearable,
    sanitise,
)

PARTS = ("<p>", "</p>", "<div>", "</div>", "<span>", "</span>", "<br>", "&nbsp;", " ", "x", "<b>")


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>", "<iframe src=//evil.example></iframe>",
        "<p onclick=alert(1)>x</p>", "<p style='background:url(//evil.example)'>x</p>",
        "<a href='//evil.example'>x</a>", "<a href='http://evil.example'>x</a>",
        "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>", "<object data=x></object>",
        "<form action=//evil.example><input name=a></form>", "<base href=//evil.example>",
        "<!--<img src=x>--><noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<a href='&#x6A;avascript:alert(1)'>x</a>", "<style>@import '//evil.example'</style>",
    ],
)  # fmt: skip
def test_what_could_act_or_load_is_gone(attack: str) -> None:
    clean = sanitise(f"<p>好茶</p>{attack}")
    assert "好茶" in clean
    for word in ("alert(1)>", "evil.example", "<script", "onerror=", "style=", "<img", "<form"):
        assert word not in clean
    assert "javascript:" not in clean


def test_text_lists_and_safe_links_stay() -> None:
    html = (
        '<h3>冲泡</h3><ul><li>水温 80 度</li></ul><p><a href="https://jishi.example/t">了解</a></p>'
    )
    assert sanitise(html) == html.replace(
        'href="https://jishi.example/t"',
        'href="https://jishi.example/t" rel="noopener nofollow ugc"',
    )


def test_pictures_are_taken_out_and_named() -> None:
    html = '<p>茶</p><p><img src="http://a.example/1.jpg" style=""/></p><p><br></p>'
    assert sanitise(html) == "<p>茶</p>"
    assert images_in(html) == ["http://a.example/1.jpg"]


def test_plain_text_becomes_paragraphs() -> None:
    assert as_html("一 & 二\n\n三") == "<p>一 &amp; 二</p><p>三</p>"
    assert as_html("一 &amp; 二") == "<p>一 &amp; 二</p>"


def test_an_address_is_read_as_a_browser_reads_it() -> None:
    html = """<img alt="a > b" src='https://a.example/a b.jpg?c=1&amp;d=2'><img src=1.jpg>
    <img src="data:image/png;base64,AAAA"><script><img src=2.jpg></script><img src=1.jpg>"""
    assert images_in(html) == ["https://a.example/a b.jpg?c=1&d=2", "1.jpg"]


@pytest.mark.parametrize(
    "html",
    ["<div>" * TAGS_MAX, "<img " * TAGS_MAX, "<p>" + " " * CHARACTERS_MAX, "<p> " * TAGS_MAX,
     "".join(f"<b a{n}><p>" for n in range(TAGS_MAX // 2)), "<a><table>" * (TAGS_MAX // 2)],
)  # fmt: skip
def test_the_worst_body_costs_little(html: str) -> None:
    began = process_time()
    sanitise(html[:CHARACTERS_MAX])
    images_in(html[:CHARACTERS_MAX])
    assert process_time() - began < 3


def test_a_body_that_would_cost_much_is_not_bearable() -> None:
    assert is_bearable("<p>" * TAGS_MAX)
    assert not is_bearable("<p>" * (TAGS_MAX + 1))
    assert not is_bearable("茶" * (CHARACTERS_MAX + 1))


@given(parts=st.lists(st.sampled_from(PARTS), max_size=12))
def test_no_empty_paragraph_is_left(parts: list[str]) -> None:
    clean = sanitise("".join(parts))
    assert not re.search(r"<(p|div|span)>(\s|&nbsp;|<br>)*</\1>", clean)
    assert clean.count("x") == parts.count("x")
