"""One-time subscription: a person confirms on WeChat's page, and one message may be sent.

Source: official accounts, "One-time subscription message": the person need not follow; each
confirmation of a scene is worth one message.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.response import Redirect
from msgspec import Struct

from jishi.sandbox.answers import Errcode, Lenient
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.cast import Account, Person, account_of, openid_of
from jishi.sandbox.official.chat import ONCE, Content, Field, say
from jishi.sandbox.official.consents import consent
from jishi.sandbox.official.consents import spend as spend_consent
from jishi.sandbox.official.fans import reach
from jishi.sandbox.official.html import (
    BAD_APPID,
    BAD_DOMAIN,
    ONLY_IN_WECHAT,
    Asked,
    Page,
    consent_page,
    is_in_domains,
    message,
    visitor,
    world_of,
)
from jishi.sandbox.official.rights import service
from jishi.sandbox.official.template_send import Program, Value

PATH = "/mp/subscribemsg"
SCENE_MAX, TITLE_MAX, CONTENT_MAX, RESERVED_BYTES_MAX = 10_000, 15, 200, 128
BAD_OPENID, BAD_TEMPLATE, TITLE_TOO_LONG, TOO_LONG = 40003, 40037, 45003, 45002
BAD_SCENE, NO_CONSENT, EMPTY, BAD_PROGRAM = 40129, 43101, 44004, 40013
GIVEN = ("action", "appid", "scene", "template_id", "redirect_url", "reserved")


class OneTimeMessage(Lenient, frozen=True):
    """A message to send; its data has one field, `content`."""

    touser: str = ""
    template_id: str = ""
    scene: str | int = ""
    title: str = ""
    url: str = ""
    data: dict[str, Value] = {}
    miniprogram: Program | None = None


class Confirmation(Struct, frozen=True):
    """What a page asked a person to confirm."""

    account: Account
    person: Person
    scene: str
    template_id: str
    redirect_url: str
    reserved: str

    def answer(self, openid: str, action: str) -> str:
        """Give where the person goes on, with the answer."""
        told = {
            "openid": openid, "template_id": self.template_id, "action": action,
            "scene": self.scene, "reserved": self.reserved,
        }  # fmt: skip
        mark = "&" if "?" in self.redirect_url else "?"
        return f"{self.redirect_url}{mark}{urlencode(told)}"


def template_of(account: Account) -> str:
    """Give the id of the account's one template for one-time subscriptions."""
    digest = hmac.digest(account.secret.encode(), b"one-time subscription", "sha256")
    return urlsafe_b64encode(digest).decode().rstrip("=")


@get(PATH)
async def ask(request: Asked) -> Page:
    """Show WeChat's page that asks for the confirmation."""
    found = await _read(request, request.query_params)
    if not isinstance(found, Confirmation):
        return found
    lines = [f"{found.account.name} 申请向你发送一条消息", "仅可发送一次"]
    given = {name: str(request.query_params.get(name, "")) for name in GIVEN}
    return consent_page(found.account, "一次性订阅消息", lines, given)


@post(PATH, status_code=302)
async def answer(request: Asked) -> Response[object]:
    """Take the answer, and go on to the developer's page."""
    form = await request.form()
    found = await _read(request, form)
    if not isinstance(found, Confirmation):
        return Response(found.content, media_type=found.media_type, status_code=200)
    async with world_of(request).transaction() as tx:
        openid = await openid_of(tx, found.account.appid, found.person.person_id)
        is_allowed = form.get("decision") == "allow"
        if is_allowed:
            await consent(
                tx, found.account.appid, found.person.person_id, [found.template_id], found.scene
            )
    return Redirect(found.answer(openid, "confirm" if is_allowed else "cancel"))


@service("POST", "/cgi-bin/message/template/subscribe")
async def send(call: OfficialCall, asked: OneTimeMessage) -> Errcode | None:
    """Send the one message."""
    whom = await reach(call.tx, call.account.appid, asked.touser)
    if whom is None:
        return Errcode(BAD_OPENID)
    content = asked.data.get("content", Value())
    if refused := _reason_against(call, asked, str(content.value)):
        return Errcode(refused)
    if not await spend_consent(
        call.tx, call.account.appid, whom.person_id, asked.template_id, str(asked.scene)
    ):
        return Errcode(NO_CONSENT)
    program = asked.miniprogram or Program()
    shown = Content(
        title=asked.title, url=asked.url, appid=program.appid, page=program.pagepath,
        fields=[Field("", str(content.value), content.color)],
    )  # fmt: skip
    await say(
        call.tx, call.account.appid, whom.person_id, ONCE, "template", shown,
        about=asked.template_id,
    )  # fmt: skip
    return None


def _reason_against(call: OfficialCall, asked: OneTimeMessage, content: str) -> int | None:  # noqa: PLR0911 - one a reason
    if asked.template_id != template_of(call.account):
        return BAD_TEMPLATE
    if not is_scene(str(asked.scene)):
        return BAD_SCENE
    if not 1 <= len(asked.title) <= TITLE_MAX:
        return TITLE_TOO_LONG
    if not content:
        return EMPTY
    if len(content) > CONTENT_MAX:
        return TOO_LONG
    if asked.miniprogram and call.world.accounts.get(asked.miniprogram.appid) is None:
        return BAD_PROGRAM
    return None


def is_scene(text: str) -> bool:
    """Tell whether this is a scene: a number from 0 to 10,000."""
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(SCENE_MAX))
    return is_number and int(text) <= SCENE_MAX


async def _read(request: Asked, given: Mapping[str, object]) -> Confirmation | Page:
    asked = {name: str(given.get(name, "")).replace("\x00", "") for name in GIVEN}
    person = await visitor(request)
    if person is None:
        return message(ONLY_IN_WECHAT)
    async with world_of(request).transaction() as tx:
        account = await account_of(tx, asked.get("appid", ""))
    if account is None or account.kind != "service":
        return message(BAD_APPID)
    reserved = asked.get("reserved", "")
    is_asked = asked.get("action") == "get_confirm" and is_scene(asked.get("scene", ""))
    if not is_asked or len(reserved.encode()) > RESERVED_BYTES_MAX:
        return message("参数错误")
    if asked.get("template_id") != template_of(account):
        return message("template_id 参数错误")
    redirect_url = asked.get("redirect_url", "")
    if not is_in_domains(redirect_url, account.web_domains):
        return message(BAD_DOMAIN)
    return Confirmation(
        account, person, asked["scene"], asked["template_id"], redirect_url, reserved
    )
