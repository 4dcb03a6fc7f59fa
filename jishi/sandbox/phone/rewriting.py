"""What the WebView changes in an answer: addresses, cookies' domains, and what forbids frames."""

import re
from collections.abc import Iterable
from html import escape

from jishi.sandbox.phone.origins import View
from jishi.sandbox.phone.policies import BRIDGE, JWEIXIN, NAMES, relaxed

Headers = list[tuple[bytes, bytes]]

OUTSIDE = "/__wechat__/outside"
DROPPED = {
    b"x-frame-options", b"strict-transport-security", b"connection", b"keep-alive",
    b"transfer-encoding", b"alt-svc", b"date", b"server",
}  # fmt: skip
MAPPED = {b"access-control-allow-origin", b"refresh", b"link"}

ABSOLUTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
ORIGIN = re.compile(r"(?:https?:)?//[A-Za-z0-9.\-]+(?::[0-9]{1,5})?(?=[/?#\s\"';,)]|$)")
SDK = re.compile(r"(?:https?:)?//res2?\.wx\.qq\.com/[\w./\-]*jweixin-[\w.\-]+\.js")
SCRIPT = re.compile(r"(<script\b[^>]*>)(.*?)(?=</script)", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"<[a-z][^>]*>", re.IGNORECASE)
ADDRESSED = re.compile(
    r"(?<=\s)(?:href|src|action|formaction|poster|srcset|content|data-src)\s*=\s*"
    r"(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+)",
    re.IGNORECASE,
)
OPENINGS = tuple(
    re.compile(tag, re.IGNORECASE) for tag in (r"<head\b[^>]*>", r"<html\b[^>]*>", r"<![^>]*>")
)
OPENING_MAX = 4_096
COOKIE_DOMAIN = re.compile(r";\s*domain=[^;]*", re.IGNORECASE)


def mapped_headers(
    headers: Iterable[tuple[bytes, bytes]], view: View, host: str, nonce: str
) -> Headers:
    """Give an answer's headers as the WebView's host would send them."""
    found: Headers = []
    for raw, value in headers:
        name, text = raw.lower(), value.decode("latin-1")
        if name in DROPPED:
            continue
        if name == b"location":
            text = destination(text, view)
        elif name == b"set-cookie":
            text = COOKIE_DOMAIN.sub("", text)
        elif name in NAMES:
            text = mapped_text(relaxed(text, view, host, nonce), view)
        elif name in MAPPED:
            text = mapped_text(text, view)
        found.append((name, text.encode("latin-1")))
    return found


def destination(location: str, view: View) -> str:
    """Give where a redirect leads in the WebView: a page there, or the word that it leads out."""
    if not ABSOLUTE.match(location):
        return location
    url = location if "://" in location else f"http:{location}"
    return view.opened(url) or f"{OUTSIDE}?url={quoted(url)}"


def quoted(url: str) -> str:
    """Quote an address that came byte for byte in a header."""
    return re.sub(rb"[^A-Za-z0-9]", lambda byte: b"%%%02X" % ord(byte[0]), url.encode("latin-1")
                  ).decode()  # fmt: skip


def mapped_text(text: str, view: View) -> str:
    """Map every absolute origin in a text that is shown in the WebView too."""

    def shown(found: re.Match[str]) -> str:
        return view.shown(found[0]) or found[0]

    return ORIGIN.sub(shown, text)


def mapped_page(text: str, view: View) -> str:
    """Map the addresses in a page's tags; what its scripts say is left to the bridge."""
    parts, end = list[str](), 0
    for script in SCRIPT.finditer(text):
        parts += [_mapped_tags(text[end : script.end(1)], view), script[2]]
        end = script.end()
    return "".join([*parts, _mapped_tags(text[end:], view)])


def _mapped_tags(text: str, view: View) -> str:
    def attribute(found: re.Match[str]) -> str:
        return mapped_text(SDK.sub(JWEIXIN, found[0]), view)

    return TAG.sub(lambda tag: ADDRESSED.sub(attribute, tag[0]), text)


def with_bridge(text: str, view: View, nonce: str) -> str:
    """Put the bridge first, before any script of the page."""
    given = {
        "nonce": nonce,
        "data-person": str(view.person_id),
        "data-wechat": view.shown(view.base) or "",
        "data-hosts": " ".join(sorted(view.hosts)),
    }
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in given.items() if value)
    tag = f'<script src="{BRIDGE}"{attributes}></script>'
    opening = text[:OPENING_MAX]
    found = next((tags for each in OPENINGS if (tags := each.search(opening))), None)
    place = found.end() if found else 0
    return text[:place] + tag + text[place:]
