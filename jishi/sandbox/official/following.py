"""A person follows an account, leaves it, or scans one of its codes."""

import re
from urllib.parse import urlsplit

from msgspec import Struct

from jishi.kernel import Tx
from jishi.sandbox.official import fans
from jishi.sandbox.official.meeting import Meeting, Undone, meet
from jishi.sandbox.official.push import IN_CHAT, push_event
from jishi.sandbox.official.push_text import Fields
from jishi.sandbox.official.qr import Code, code_by_ticket, scanned_code
from jishi.sandbox.official.windows import FOLLOW, SCAN, open_window
from jishi.sandbox.program.links import link_scanned

BY_CODE = "ADD_SCENE_QR_CODE"
QR_PREFIX = "qrscene_"
PAYMENT = re.compile(r"weixin://(wxpay|pay\.weixin\.qq\.com)/")
CODE_PREFIX = "http://weixin.qq.com/q/"


class Followed(Struct, frozen=True):
    """A person follows an account now."""

    openid: str
    scene: str


class Scanned(Struct, frozen=True):
    """What a code leads to.

    `kind` is `account`, `program`, `payment`, `url`, `over` (a code whose time has passed) or
    `text`; `ticket` is the account's code, to follow by.
    """

    kind: str
    text: str
    appid: str = ""
    ticket: str = ""
    page: str = ""
    is_following: bool = False


async def follow(
    tx: Tx, person_id: int, appid: str, scene: str = "ADD_SCENE_SEARCH", scene_value: str = ""
) -> Followed | Undone:
    """Follow an account; `scene_value` is the ticket or the text of the code that led there."""
    found = await meet(tx, person_id, appid)
    if isinstance(found, Undone):
        return found
    if found.account.kind != "service":
        return Undone("no_account")
    if found.is_following:
        return Undone("is_following")
    code = await _code(tx, appid, scene_value)
    scene = BY_CODE if code else scene
    if scene not in fans.SCENES:
        return Undone("refused")
    await fans.follow(
        tx, appid=appid, person_id=person_id, scene=scene,
        qr_scene=code.scene_id if code else 0, qr_scene_str=code.scene_str if code else "",
    )  # fmt: skip
    await fans.note_follow(tx, appid=appid, person_id=person_id, is_follow=True, scene=scene)
    await open_window(tx, found.account, person_id, FOLLOW)
    await _tell(tx, found, "subscribe", _parameter(code, QR_PREFIX))
    return Followed(found.openid, scene)


async def unfollow(tx: Tx, person_id: int, appid: str) -> Followed | Undone:
    """Leave an account."""
    found = await meet(tx, person_id, appid)
    if isinstance(found, Undone):
        return found
    if not found.is_following:
        return Undone("not_following")
    await fans.unfollow(tx, appid=appid, person_id=person_id)
    await fans.note_follow(tx, appid=appid, person_id=person_id, is_follow=False, scene="")
    fields: Fields = (("EventKey", ""),)
    await push_event(tx, found.account, found.openid, "unsubscribe", fields, person_id=person_id)
    return Followed(found.openid, "")


async def scan(tx: Tx, person_id: int, text: str, *, will_follow: bool = True) -> Scanned | Undone:
    """Scan a code; at an account's code a person follows, unless only looking."""
    code = await scanned_code(tx, text)
    if code is not None:
        return await _scan_account(tx, person_id, code, will_follow=will_follow)
    if text.startswith(CODE_PREFIX):
        return Scanned("over", text)
    if link := await link_scanned(tx, text):
        return Scanned("program", text, link.appid, page=link.page)
    if PAYMENT.match(text):
        return Scanned("payment", text)
    is_page = urlsplit(text).scheme in {"http", "https"}
    return Scanned("url" if is_page else "text", text)


async def _scan_account(
    tx: Tx, person_id: int, code: Code, *, will_follow: bool
) -> Scanned | Undone:
    found = await meet(tx, person_id, code.appid)
    if isinstance(found, Undone):
        return found
    is_following = found.is_following
    if found.is_following:
        await open_window(tx, found.account, person_id, SCAN)
        await _tell(tx, found, "SCAN", _parameter(code, ""))
    elif will_follow:
        await follow(tx, person_id, code.appid, BY_CODE, code.ticket)
        is_following = True
    return Scanned("account", code.url, code.appid, code.ticket, is_following=is_following)


async def _code(tx: Tx, appid: str, scene_value: str) -> Code | None:
    if not scene_value:
        return None
    code = await code_by_ticket(tx, ticket=scene_value) or await scanned_code(tx, scene_value)
    return code if code and code.appid == appid else None


def _parameter(code: Code | None, prefix: str) -> Fields:
    if code is None:
        return (("EventKey", ""),)
    return (("EventKey", prefix + code.parameter), ("Ticket", code.ticket))


async def _tell(tx: Tx, found: Meeting, event: str, fields: Fields) -> None:
    await push_event(
        tx, found.account, found.openid, event, fields, person_id=found.person_id, where=IN_CHAT
    )
