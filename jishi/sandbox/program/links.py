"""Ways into a page of a mini program: its codes, schemes and links.

Sources: mini programs, "QR code", "URL Scheme", "URL Link". A code here is a QR code that a phone
of the sandbox reads; WeChat draws its round ones, which nothing else reads.
"""

import re
import secrets
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.answers import Download, Errcode, Lenient
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.official.qr import picture
from jishi.sandbox.official.quota import spend_call
from jishi.sandbox.official.rights import mini

UNLIMITED = "/wxa/getwxacodeunlimit"
BAD_PAGE, BAD_SCENE, BAD_PARAMETER = 41030, 40169, 40097
SCENE = re.compile(r"[0-9a-zA-Z!#$&'()*+,/:;=?@\-._~]{1,32}")
PATH_BYTES_MAX, QUERY_BYTES_MAX, WIDTH_MIN, WIDTH_MAX = 1024, 1024, 280, 1280
DAYS_MAX, AT_A_MOMENT, AFTER_DAYS = 30, 0, 1
CODE, SCHEME, LINK = "code", "scheme", "link"
PREFIX = {
    CODE: "https://weixin.qq.com/wxa/",
    SCHEME: "weixin://dl/business/?t=",
    LINK: "https://wxaurl.cn/",
}


class AskCode(Lenient, frozen=True):
    """A code for a page; one of the unlimited kind has a scene instead of a query."""

    path: str = ""
    page: str = ""
    scene: str = ""
    width: int = 430
    env_version: str = "release"
    check_path: bool = True


class JumpWxa(Lenient, frozen=True):
    """The page that a scheme leads to."""

    path: str = ""
    query: str = ""
    env_version: str = "release"


class AskScheme(Lenient, frozen=True):
    """A scheme, until a moment or for some days."""

    jump_wxa: JumpWxa | None = None
    is_expire: bool = True
    expire_type: int = 0
    expire_time: int = 0
    expire_interval: int = 0


class SchemeMade(Struct, frozen=True):
    """A scheme."""

    errcode: int
    errmsg: str
    openlink: str


class AskLink(Lenient, frozen=True):
    """A link, until a moment or for some days."""

    path: str = ""
    query: str = ""
    env_version: str = "release"
    expire_type: int = 0
    expire_time: int = 0
    expire_interval: int = 0


class LinkMade(Struct, frozen=True):
    """A link."""

    errcode: int
    errmsg: str
    url_link: str


class Way(Struct, frozen=True):
    """Where a code or a link leads."""

    appid: str
    path: str
    query: str
    expires_at: datetime | None

    @property
    def page(self) -> str:
        """Give the page with its query."""
        return f"{self.path}?{self.query}" if self.query else self.path


sql = queries(__file__)
add_link = sql.run("add_link")
way_of = sql.one("way_of", Way)


@mini("POST", "/wxa/getwxacode")
async def make_code(call: OfficialCall, asked: AskCode) -> Download | Errcode:
    """Draw a code for a page; there may be a hundred thousand of them."""
    path, _, query = asked.path.partition("?")
    if not path or len(asked.path.encode()) > PATH_BYTES_MAX or is_rooted(path):
        return Errcode(BAD_PAGE)
    return await _drawn(call, asked, path, query)


@mini("POST", UNLIMITED)
async def make_unlimited(call: OfficialCall, asked: AskCode) -> Download | Errcode:
    """Draw a code with a scene of up to 32 letters."""
    if not SCENE.fullmatch(asked.scene):
        return Errcode(BAD_SCENE)
    if is_rooted(asked.page) or "?" in asked.page:
        return Errcode(BAD_PAGE)
    if refusal := await spend_call(call, UNLIMITED):
        return refusal
    return await _drawn(call, asked, asked.page or "pages/index/index", f"scene={asked.scene}")


@mini("POST", "/wxa/generatescheme")
async def make_scheme(call: OfficialCall, asked: AskScheme) -> SchemeMade | Errcode:
    """Make a scheme that opens a page from outside WeChat."""
    jump = asked.jump_wxa or JumpWxa()
    until = _until(call, asked.expire_type, asked.expire_time, asked.expire_interval)
    if until is None or len(jump.query.encode()) > QUERY_BYTES_MAX:
        return Errcode(BAD_PARAMETER)
    link = await _keep(call, SCHEME, jump.path.removeprefix("/"), jump.query, until)
    return SchemeMade(0, "ok", link)


@mini("POST", "/wxa/generate_urllink")
async def make_link(call: OfficialCall, asked: AskLink) -> LinkMade | Errcode:
    """Make a link that opens a page from a browser."""
    until = _until(call, asked.expire_type, asked.expire_time, asked.expire_interval)
    if until is None or len(asked.query.encode()) > QUERY_BYTES_MAX:
        return Errcode(BAD_PARAMETER)
    link = await _keep(call, LINK, asked.path.removeprefix("/"), asked.query, until)
    return LinkMade(0, "ok", link)


async def link_scanned(tx: Tx, text: str) -> Way | None:
    """Find where a code or a link leads, if it is one of ours and not over."""
    if not text.startswith(tuple(PREFIX.values())):
        return None
    found = await way_of(tx, link=text)
    is_over = found and found.expires_at is not None and found.expires_at <= tx.now
    return None if is_over else found


def is_rooted(path: str) -> bool:
    """Tell whether a page is written with a slash before it, which WeChat refuses."""
    return path.startswith("/")


async def _drawn(call: OfficialCall, asked: AskCode, path: str, query: str) -> Download | Errcode:
    if not WIDTH_MIN <= asked.width <= WIDTH_MAX:
        return Errcode(BAD_PARAMETER)
    link = await _keep(call, CODE, path, query, None)
    return Download(picture(link), "image/png", "wxacode.png")


async def _keep(
    call: OfficialCall, kind: str, path: str, query: str, until: datetime | None
) -> str:
    link = PREFIX[kind] + secrets.token_urlsafe(8)
    await add_link(
        call.tx, link=link, appid=call.account.appid, kind=kind, path=path, query=query,
        expires_at=until,
    )  # fmt: skip
    return link


def _until(call: OfficialCall, kind: int, moment: int, days: int) -> datetime | None:
    if kind == AFTER_DAYS:
        return call.now + timedelta(days=days) if 1 <= days <= DAYS_MAX else None
    if kind != AT_A_MOMENT or not 0 <= moment < 2**33:
        return None
    until = datetime.fromtimestamp(moment, UTC) if moment else call.now + timedelta(days=DAYS_MAX)
    return until if call.now < until <= call.now + timedelta(days=DAYS_MAX) else None
