"""Merchants' HTML: what is harmless stays, what could act, load or deceive goes."""

import pytest

from jishi.goods.sanitise import as_html, images_in, sanitise


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
