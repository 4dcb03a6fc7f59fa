"""Merchants' HTML, made harmless: text, lists, tables and safe links; no style, no picture.

A picture by address would tell its owner who reads the page, so it is taken out, and the importer
lists it among what is to be uploaded. nh3 (Rust's ammonia) does the work.
"""

import re
from html import escape, unescape

import nh3

CHARACTERS_MAX = 200_000
TAGS_MAX = 2_000
"""Badly nested tags cost the square of their number: two thousand cost a third of a second."""

TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "strong", "b", "em", "i", "u", "s",
    "small", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "a", "span", "div",
    "dl", "dt", "dd", "sub", "sup",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
_TAG = re.compile(r"(<[^>]*>)")
_EMPTY = re.compile(r"<(p|div|span)>(?:\s|&nbsp;|<br>)*</\1>")
_OPENING = {"</p>": "<p>", "</div>": "<div>", "</span>": "<span>"}


def is_bearable(html: str) -> bool:
    """Say whether the body is short and plain enough to be read at all."""
    return len(html) <= CHARACTERS_MAX and html.count("<") <= TAGS_MAX


def sanitise(html: str) -> str:
    """Give the same text with nothing in it that could act, load or deceive."""
    if not html:
        return ""
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
    return _without_empty(clean).strip()


def images_in(html: str) -> list[str]:
    """Give the addresses of the pictures that sanitising takes out, each once.

    A picture written into its own address (`data:`) has none.
    """
    found: dict[str, None] = {}

    def see(_tag: str, _attribute: str, value: str) -> None:
        if source := value.strip():
            found.setdefault(source)

    nh3.clean(
        html,
        tags={"img"},
        attributes={"img": {"src"}},
        url_schemes={"http", "https"},
        attribute_filter=see,
    )
    return list(found)


def as_html(text: str) -> str:
    """Give a body as HTML: one without any tag is plain text, in paragraphs."""
    if "<" in text:
        return sanitise(text)
    lines = [line.strip() for line in unescape(text).splitlines() if line.strip()]
    return sanitise("".join(f"<p>{escape(line, quote=False)}</p>" for line in lines))


def _only_https(tag: str, attribute: str, value: str) -> str | None:
    if (tag, attribute) == ("a", "href") and not value.strip().lower().startswith("https://"):
        return None
    return value


def _without_empty(html: str) -> str:
    """Drop the paragraphs that a picture left empty, inner before outer, in one pass."""
    if not _EMPTY.search(html):
        return html
    kept: list[str] = []
    for part in _TAG.split(html):
        start = len(kept)
        if part in _OPENING:
            while start and _is_blank(kept[start - 1]):
                start -= 1
            if start and kept[start - 1] == _OPENING[part]:
                del kept[start - 1 :]
                continue
        kept.append(part)
    return "".join(kept)


def _is_blank(part: str) -> bool:
    return part == "<br>" or not part.replace("&nbsp;", "").strip()
