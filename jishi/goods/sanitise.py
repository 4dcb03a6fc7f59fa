"""Merchants' HTML, made harmless: text, lists, tables and safe links; no style, no picture.

A picture by address would tell its owner who reads the page, so it is taken out, and the importer
lists it among what is to be uploaded. nh3 (Rust's ammonia) does the work.
"""

import re
from html import escape

import nh3

TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "strong", "b", "em", "i", "u", "s",
    "small", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "a", "span", "div",
    "dl", "dt", "dd", "sub", "sup",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
_IMAGE = re.compile(r"""<img\b[^>]*?\bsrc\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_EMPTY = re.compile(r"<(p|div|span)>(?:\s|&nbsp;|<br ?/?>)*</\1>", re.IGNORECASE)


def sanitise(html: str) -> str:
    """Give the same text with nothing in it that could act, load or deceive."""
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"https"},
        # Otherwise //evil.example would pass: it has no scheme to refuse.
        attribute_filter=_only_https,
        link_rel="noopener nofollow ugc",
        strip_comments=True,
    )
    while (shorter := _EMPTY.sub("", clean)) != clean:
        clean = shorter
    return clean.strip()


def images_in(html: str) -> list[str]:
    """Give the addresses of the pictures that sanitising takes out."""
    return list(dict.fromkeys(_IMAGE.findall(html)))


def as_html(text: str) -> str:
    """Give a body as HTML: one without any tag is plain text, in paragraphs."""
    if "<" in text:
        return sanitise(text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _only_https(tag: str, attribute: str, value: str) -> str | None:
    if (tag, attribute) == ("a", "href") and not value.strip().lower().startswith("https://"):
        return None
    return value
