"""The HTML of articles, filtered as WeChat filters it.

No script; pictures only from WeChat; links only to other articles and into mini programs, all
other links lose their address (official accounts, "Adding a draft").
"""

import re

import nh3

TAGS = {
    "p", "br", "hr", "section", "div", "span", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "b",
    "em", "i", "u", "s", "del", "sub", "sup", "small", "blockquote", "pre", "code", "ul", "ol",
    "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption",
    "col", "colgroup", "img", "a", "figure", "figcaption", "mp-common-product",
    "mp-miniprogram", "mp-common-profile",
}  # fmt: skip
STYLE = {"style", "class"}
PROGRAM = {
    "data-miniprogram-appid", "data-miniprogram-path", "data-miniprogram-title",
    "data-miniprogram-imageurl", "data-miniprogram-type", "data-miniprogram-nickname",
}  # fmt: skip
ATTRIBUTES = {
    "*": STYLE,
    "img": {"src", "data-src", "alt", "width", "height", "data-ratio", "data-w"},
    "a": {"href"} | PROGRAM,
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "mp-miniprogram": PROGRAM,
    "mp-common-product": {"data-windowproduct", "data-goodssouce", "data-pid"},
    "mp-common-profile": {"data-id", "data-nickname"},
}
PROPERTIES = {
    "color", "background-color", "font-size", "font-weight", "font-style", "line-height",
    "letter-spacing", "text-align", "text-indent", "text-decoration", "margin", "margin-top",
    "margin-bottom", "margin-left", "margin-right", "padding", "padding-top", "padding-bottom",
    "padding-left", "padding-right", "border", "border-radius", "border-left", "border-bottom",
    "width", "max-width", "height", "display", "vertical-align", "box-sizing", "white-space",
}  # fmt: skip
HOSTS = ("https://mp.weixin.qq.com/", "http://mp.weixin.qq.com/")
PICTURES = ("https://mmbiz.qpic.cn/", "http://mmbiz.qpic.cn/")
_SOURCELESS = re.compile(r"<img(?![^>]*\ssrc=)[^>]*>")


def filtered(html: str, base_url: str) -> str:
    """Give an article's HTML as it will be shown."""

    def keep(tag: str, attribute: str, value: str) -> str | None:
        if (tag, attribute) == ("a", "href"):
            return value if value.startswith((*HOSTS, f"{base_url}/s/")) else None
        if tag == "img" and attribute in {"src", "data-src"}:
            return value if value.startswith((*PICTURES, f"{base_url}/mmbiz/")) else None
        return value

    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https"},
        attribute_filter=keep,
        filter_style_properties=PROPERTIES,
        strip_comments=True,
        link_rel=None,
    )
    return _SOURCELESS.sub("", clean)
