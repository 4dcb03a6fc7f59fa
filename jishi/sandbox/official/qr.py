"""Codes with a parameter: made by an account, shown as a picture, found again when scanned.

Source: official accounts, "Generating a parametric QR code".
"""

import io
import secrets
from datetime import datetime, timedelta

import segno
from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.answers import Answered, Errcode, Lenient
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.official.limits import amount
from jishi.sandbox.official.quota import spend_call
from jishi.sandbox.official.rights import service

CREATE = "/cgi-bin/qrcode/create"
BAD_NAME, BAD_INFO, TOO_MANY = 40052, 40053, 45029
SECONDS_OTHERWISE, SECONDS_MAX = 60, 2_592_000
TEMPORARY_ID_MAX, PERMANENT_ID_MAX, LETTERS_MAX = 2**32 - 1, 100_000, 64
TEMPORARY, PERMANENT = {"QR_SCENE", "QR_STR_SCENE"}, {"QR_LIMIT_SCENE", "QR_LIMIT_STR_SCENE"}
PIXELS = 12
"""A module of the picture; a small code is about 430 pixels wide, as WeChat's are."""


class Scene(Lenient, frozen=True):
    """The parameter: a number or a text."""

    scene_id: int | None = None
    scene_str: str | None = None


class Info(Lenient, frozen=True):
    """What the code carries."""

    scene: Scene


class AskCode(Lenient, frozen=True):
    """Ask for a code."""

    action_name: str = ""
    action_info: Info | None = None
    expire_seconds: int | None = None


class CodeMade(Answered, frozen=True):
    """A code; a permanent one has no end."""

    ticket: str
    url: str
    expire_seconds: int | None = None


class Code(Struct, frozen=True):
    """A code as it is kept."""

    ticket: str
    appid: str
    url: str
    action: str
    scene_id: int
    scene_str: str
    expires_at: datetime | None

    @property
    def parameter(self) -> str:
        """Give the parameter as pushes carry it."""
        return self.scene_str or str(self.scene_id)


class Count(Struct, frozen=True):
    """How many."""

    codes: int


sql = queries(__file__)
add_code = sql.run("add_code")
permanent = sql.one("permanent", Code)
permanent_count = sql.one("permanent_count", Count)
code_by_ticket = sql.one("code_by_ticket", Code)
code_by_url = sql.one("code_by_url", Code)


@service("POST", CREATE)
async def create(call: OfficialCall, asked: AskCode) -> CodeMade | Errcode:
    """Make a code; a permanent one of the same parameter is given again."""
    if refused := reason_against(asked):
        return Errcode(refused)
    if refusal := await spend_call(call, CREATE):
        return refusal
    scene = asked.action_info.scene if asked.action_info else Scene()
    number, text = scene.scene_id or 0, scene.scene_str or ""
    if "STR" not in asked.action_name:
        text = ""
    else:
        number = 0
    if asked.action_name in PERMANENT:
        kept = await permanent(call.tx, appid=call.account.appid, scene_id=number, scene_str=text)
        if kept is not None:
            return CodeMade(kept.ticket, kept.url)
        count = await permanent_count(call.tx, appid=call.account.appid)
        if count and count.codes >= amount("permanent_codes", call.now):
            return Errcode(TOO_MANY)
    seconds = asked.expire_seconds or SECONDS_OTHERWISE
    expires_at = call.now + timedelta(seconds=seconds)
    is_temporary = asked.action_name in TEMPORARY
    ticket, url = f"gQ{secrets.token_urlsafe(66)}==", f"http://weixin.qq.com/q/02{_letters()}"
    await add_code(
        call.tx, ticket=ticket, appid=call.account.appid, url=url, action=asked.action_name,
        scene_id=number, scene_str=text, expires_at=expires_at if is_temporary else None,
    )  # fmt: skip
    return CodeMade(ticket, url, seconds if is_temporary else None)


def reason_against(asked: AskCode) -> int | None:
    """Give the number of the first reason not to make this code, or none."""
    if asked.action_name not in TEMPORARY | PERMANENT:
        return BAD_NAME
    scene = asked.action_info.scene if asked.action_info else Scene()
    is_permanent = asked.action_name in PERMANENT
    if "STR" in asked.action_name:
        if not 1 <= len(scene.scene_str or "") <= LETTERS_MAX:
            return BAD_INFO
    elif not 1 <= (scene.scene_id or 0) <= (PERMANENT_ID_MAX if is_permanent else TEMPORARY_ID_MAX):
        return BAD_INFO
    seconds = asked.expire_seconds
    if not is_permanent and seconds is not None and not 1 <= seconds <= SECONDS_MAX:
        return BAD_INFO
    return None


async def scanned_code(tx: Tx, text: str) -> Code | None:
    """Find the code that reads so and is not over."""
    code = await code_by_url(tx, url=text)
    is_over = code and code.expires_at is not None and code.expires_at <= tx.now
    return None if is_over else code


def picture(text: str) -> bytes:
    """Draw a code as PNG."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="png", scale=PIXELS, border=2)
    return drawn.getvalue()


def _letters() -> str:
    return secrets.token_urlsafe(27)
