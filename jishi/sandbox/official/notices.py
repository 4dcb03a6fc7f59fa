"""Subscription notices: taken from the library, and sent once for each consent.

Sources: service accounts, "Subscription notice"; mini programs, "Subscription message". A notice
for the long term is open to public services alone in reality; here its consent just lasts.
"""

from msgspec import Struct

from jishi.sandbox.answers import Errcode, Lenient
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.official.chat import NOTICE as NOTICE_CHANNEL
from jishi.sandbox.official.chat import Content, say
from jishi.sandbox.official.consents import spend as spend_consent
from jishi.sandbox.official.fans import reach
from jishi.sandbox.official.push import push_event
from jishi.sandbox.official.push_text import Fields, Rows
from jishi.sandbox.official.quota import spend_call
from jishi.sandbox.official.rights import mini, service
from jishi.sandbox.official.template_rules import reason_against
from jishi.sandbox.official.template_send import Program, Value, filled, texts
from jishi.sandbox.official.templates import NOTICE, Template, template_by_id

SEND_SERVICE, SEND_MINI = "/cgi-bin/message/subscribe/bizsend", "/cgi-bin/message/subscribe/send"
BAD_OPENID, BAD_APPID, BAD_TEMPLATE, BAD_PAGE = 40003, 40013, 40037, 41030
NO_CONSENT, BAD_DATA = 43101, 47003


class Notice(Lenient, frozen=True):
    """A notice to send; `page` leads to a web page, or into the mini program."""

    touser: str = ""
    template_id: str = ""
    data: dict[str, Value] = {}
    page: str = ""
    miniprogram: Program | None = None
    miniprogram_state: str = "formal"
    lang: str = "zh_CN"


class Noticed(Struct, frozen=True):
    """It was sent."""

    errcode: int
    errmsg: str
    msgid: int


@service("POST", SEND_SERVICE)
async def send_from_service(call: OfficialCall, asked: Notice) -> Noticed | Errcode:
    """Send a notice of a service account; it need not be followed."""
    return await _send(call, asked, SEND_SERVICE)


@mini("POST", SEND_MINI)
async def send_from_program(call: OfficialCall, asked: Notice) -> Noticed | Errcode:
    """Send a notice of a mini program."""
    if asked.page.startswith(("/", "http:", "https:")):
        return Errcode(BAD_PAGE)
    return await _send(call, asked, SEND_MINI)


async def _send(call: OfficialCall, asked: Notice, operation: str) -> Noticed | Errcode:  # noqa: PLR0911 - one a reason
    appid = call.account.appid
    whom = await reach(call.tx, appid, asked.touser)
    if whom is None:
        return Errcode(BAD_OPENID)
    template = await template_by_id(
        call.tx, appid=appid, template_id=asked.template_id, kind=NOTICE
    )
    if template is None:
        return Errcode(BAD_TEMPLATE)
    if asked.miniprogram and call.world.accounts.get(asked.miniprogram.appid) is None:
        return Errcode(BAD_APPID)
    if words := reason_against(template.content, texts(asked.data)):
        return Errcode(BAD_DATA, words)
    if refusal := await spend_call(call, operation):
        return Errcode(NO_CONSENT) if operation == SEND_SERVICE else refusal
    if not await spend_consent(call.tx, appid, whom.person_id, asked.template_id):
        return Errcode(NO_CONSENT)
    message_id = await say(
        call.tx, appid, whom.person_id, NOTICE_CHANNEL, "template", _content(asked, template),
        about=asked.template_id,
    )  # fmt: skip
    await _tell(call, asked, message_id)
    return Noticed(0, "ok", message_id)


def _content(asked: Notice, template: Template) -> Content:
    program = asked.miniprogram or Program()
    is_url = asked.page.startswith("http")
    return Content(
        title=template.title,
        url=asked.page if is_url else "",
        appid=program.appid,
        page=program.pagepath or ("" if is_url else asked.page),
        fields=filled(template.content, asked.data),
    )


async def _tell(call: OfficialCall, asked: Notice, message_id: int) -> None:
    row: Fields = (
        ("TemplateId", asked.template_id), ("MsgID", str(message_id)), ("ErrorCode", "0"),
        ("ErrorStatus", "success"),
    )  # fmt: skip
    rows: Fields = (("List", Rows((row,))),)
    is_service = call.account.kind == "service"
    told: Fields = (("SubscribeMsgSentEvent", rows),) if is_service else rows
    await push_event(call.tx, call.account, asked.touser, "subscribe_msg_sent_event", told)
