"""A reader inside WeChat: WeChat runs here, and says who holds his phone."""

from html import unescape
from typing import Any
from urllib.parse import urlsplit

import httpx

from jishi.sandbox.holder import HEADER
from tests.web.reader import Reader

WECHAT = "Mozilla/5.0 (iPhone) Mobile/15E148 MicroMessenger/8.0.50"
DOMAINS = ["127.0.0.1", "localhost", "market.example"]


def account_of(wechat: str) -> Any:
    """Give the service account, which may send people back to the market of the tests."""
    known = httpx.get(f"{wechat}/sandbox/credentials").json()
    account = next(each for each in known["accounts"] if each["kind"] == "service")
    path = f"{wechat}/sandbox/accounts/{account['appid']}"
    assert httpx.put(path, json={"web_domains": DOMAINS}).is_success
    return account


def somebody(wechat: str, **how: object) -> int:
    """Make somebody with a phone."""
    born = httpx.post(f"{wechat}/sandbox/people", json={"name": "阿禾"}).json()
    person = int(born["person_id"])
    if how:
        assert httpx.put(f"{wechat}/sandbox/people/{person}", json=how).is_success
    return person


def way_of(reader: Reader, back: str = "/orders") -> str:
    """Give the address at WeChat that a page leads to by itself."""
    page = reader.get(f"/sign-in/wechat?back={back}")
    assert page.status_code == 200, page.text[-500:]
    return unescape(page.text.partition("0;url=")[2].partition('"')[0])


def allowed(way: str, person: int) -> str:
    """Let WeChat say who holds this phone; give where it leads back, without the host."""
    headers = {"user-agent": WECHAT, HEADER: str(person)}
    answer = httpx.get(way.partition("#")[0], headers=headers)
    assert answer.is_redirect, answer.text
    back = urlsplit(answer.headers["location"])
    return f"{back.path}?{back.query}"


def enter(reader: Reader, person: int, back: str = "/orders") -> httpx.Response:
    """Be known by WeChat, in silence."""
    reader.client.headers["user-agent"] = WECHAT
    return reader.get(allowed(way_of(reader, back), person))
