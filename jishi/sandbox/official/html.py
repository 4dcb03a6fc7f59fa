"""WeChat's own pages, in WeChat's words: articles, consents, and why a page does not open."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from litestar import Request, Response
from litestar.datastructures import State

from jishi.pages.engine import Engine
from jishi.pages.words import CHINESE
from jishi.sandbox.cast import Account, Person, person_of
from jishi.sandbox.holder import holder
from jishi.sandbox.world import World

ENGINE = Engine([Path(__file__).parent / "pages"], {})
HTML = "text/html; charset=utf-8"
Page = Response[str]
Asked = Request[object, object, State]
WORDS = {"more": "阅读原文", "allow": "允许", "refuse": "拒绝"}
ONLY_IN_WECHAT = "请在微信客户端打开链接"
BAD_DOMAIN = "redirect_uri域名与后台配置不一致，错误码:10003"
BAD_SCOPE = "Scope参数错误或没有Scope权限，错误码:10005"
NO_REDIRECT = "redirect_uri 参数错误，错误码:10011"
BAD_APPID = "appid 参数错误，错误码:10013"
BAD_ORDER = "链接参数顺序错误，请严格按照文档拼接授权链接"


def page(template: str, title: str, *, status: int = 200, **shown: object) -> Page:
    """Show a page."""
    told = {"title": title, "words": WORDS, "detail": "", **shown}
    return Response(ENGINE.render(CHINESE, template, told), media_type=HTML, status_code=status)


def message(title: str, detail: str = "", *, status: int = 200) -> Page:
    """Show a page with nothing but some words."""
    return page("message.html", title, detail=detail, status=status)


def consent_page(account: Account, title: str, lines: list[str], given: Mapping[str, str]) -> Page:
    """Ask a person to allow or refuse something."""
    return page(
        "consent.html", title, account=account.name, face=account.name[:1], lines=lines,
        given=list(given.items()), yes="allow", no="refuse",
    )  # fmt: skip


def world_of(request: Asked) -> World:
    """Give the world that a page is in."""
    world: World = request.app.state["world"]
    return world


def is_in_wechat(request: Asked) -> bool:
    """Tell whether the browser calls itself WeChat's."""
    return "MicroMessenger" in request.headers.get("user-agent", "")


async def visitor(request: Asked) -> Person | None:
    """Find who holds the phone; nobody outside WeChat."""
    person_id = holder(request.headers)
    if person_id is None or not is_in_wechat(request):
        return None
    async with world_of(request).transaction() as tx:
        return await person_of(tx, person_id)


def is_in_domains(url: str, domains: list[str]) -> bool:
    """Tell whether a page is in one of these domains; a domain has no port."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and host in domains
