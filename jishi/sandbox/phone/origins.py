"""The WebView's hosts: whatever a person opens has a host of its own on this machine.

`http://127.0.0.1:8000`, opened by person 3, is `http://p3--127-0-0-1--8000.webview.localhost:8001`:
browsers take every name under `localhost` to be this machine, and each person's cookies stay apart.
The phone itself is `phone.webview.localhost`: the same site, so that a shop's cookies count in it.
"""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from msgspec import Struct

from jishi.sandbox.guard import WEBVIEW
from jishi.sandbox.world import World

PHONE = f"phone{WEBVIEW}"
LOOPBACK = ("127.0.0.1", "localhost")
WECHAT = ("open.weixin.qq.com", "mp.weixin.qq.com", "res.wx.qq.com", "res2.wx.qq.com")
"""WeChat's own hosts: what a page asks of them, the sandbox answers."""

LABEL = re.compile(
    r"p(?P<person>[1-9][0-9]{0,17})--(?P<host>[a-z0-9-]+?)--(?P<port>[0-9]{1,5})(?P<tls>--s)?"
)
STANDARD = {"http": 80, "https": 443}
PORT_MAX = 65_535


class Spot(Struct, frozen=True):
    """Where a WebView's host leads, and who holds the phone."""

    person_id: int
    origin: str


class View(Struct, frozen=True):
    """A person's view of the web: `hosts` may be opened, `base` is the sandbox's own origin.

    `port` is the one at which the browser reaches the sandbox, with its colon, or nothing.
    """

    person_id: int
    port: str
    base: str
    hosts: frozenset[str]

    @property
    def phone(self) -> str:
        """Give the origin of the phone's own page."""
        return f"http://{PHONE}{self.port}"

    def shown(self, origin: str) -> str | None:
        """Give the host under which an origin is shown, as an origin; none if it is not."""
        label = self.label(origin)
        return label and f"http://{label}{WEBVIEW}{self.port}"

    def label(self, origin: str) -> str | None:
        """Give the first part of that host's name."""
        parts = urlsplit(origin if "://" in origin else f"http:{origin}")
        host = (parts.hostname or "").lower()
        if host in WECHAT:
            return self.label(self.base)
        port = port_of(origin)
        if parts.scheme not in STANDARD or host not in self.hosts or not port:
            return None
        tls = "--s" if parts.scheme == "https" else ""
        return f"p{self.person_id}--{host.replace('.', '-')}--{port}{tls}"

    def opened(self, url: str) -> str | None:
        """Give a page's address in the WebView; none if it may not be opened there."""
        parts = urlsplit(url)
        shown = self.shown(f"{parts.scheme}://{parts.netloc}") if parts.scheme in STANDARD else None
        rest = url[len(parts.scheme) + 3 + len(parts.netloc) :]
        return shown and f"{shown}{rest if rest.startswith('/') else f'/{rest}'}"

    def meant(self, url: str) -> str:
        """Give the true address of what the WebView shows; another's address stays as it is."""
        parts = urlsplit(url)
        found = spot(parts.hostname or "", self.hosts)
        if found is None or parts.netloc.rpartition(":")[2] != self.port.lstrip(":"):
            return url
        return found.origin + url[len(parts.scheme) + 3 + len(parts.netloc) :]

    def is_ours(self, origin: str) -> bool:
        """Tell whether an origin is the sandbox's own."""
        host, own = urlsplit(origin).hostname, urlsplit(self.base).hostname
        is_here = host == own or (host in LOOPBACK and own in LOOPBACK)
        return is_here and port_of(origin) == port_of(self.base)


def view(world: World, person_id: int, host: str) -> View:
    """Give the view of a person who reaches the sandbox at this host (with its port)."""
    port = host.rpartition(":")[2]
    return View(person_id, f":{port}" if port.isdigit() else "", world.base_url, hosts(world))


def hosts(world: World) -> frozenset[str]:
    """Give what may be opened: this machine, the sandbox, and what accounts registered."""
    registered: Iterable[str] = (
        domain
        for account in world.accounts.values()
        for domain in (*account.web_domains, *account.js_domains)
    )
    return frozenset({*LOOPBACK, urlsplit(world.base_url).hostname or "", *registered} - {""})


def spot(host: str, allowed: frozenset[str]) -> Spot | None:
    """Find where a WebView's host leads (its name alone); none when nobody may go there."""
    if not host.endswith(WEBVIEW):
        return None
    found = LABEL.fullmatch(host.removesuffix(WEBVIEW))
    names = {name.replace(".", "-"): name for name in sorted(allowed)}
    if found is None or found["host"] not in names or not 0 < int(found["port"]) <= PORT_MAX:
        return None
    scheme = "https" if found["tls"] else "http"
    port = int(found["port"])
    tail = "" if port == STANDARD[scheme] else f":{port}"
    return Spot(int(found["person"]), f"{scheme}://{names[found['host']]}{tail}")


def port_of(origin: str) -> int:
    """Give an origin's port; 0 when there is none to be had."""
    try:
        parts = urlsplit(origin if "://" in origin else f"http:{origin}")
        return parts.port or STANDARD.get(parts.scheme, 0)
    except ValueError:
        return 0
