"""Template messages: what an account tells a fan about something the fan did; never marketing.

Source: official accounts, "Template message interface". The same `client_msg_id` for the same
person within ten minutes sends one message. Whether it arrived is told by an event.
"""

from datetime import timedelta

from msgspec import Struct

from jishi.kernel import queries
from jishi.sandbox.answers import Errcode, Lenient
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.official.chat import TEMPLATE, Content, Field, say
from jishi.sandbox.official.push import push_event
from jishi.sandbox.official.push_text import Fields
from jishi.sandbox.official.quota import spend_call
from jishi.sandbox.official.rights import service
from jishi.sandbox.official.template_rules import lines, reason_against

SEND = "/cgi-bin/message/template/send"
BAD_OPENID, BAD_APPID, BAD_TEMPLATE, BAD_URL = 40003, 40013, 40037, 40039
NOT_FOLLOWING, BLOCKED, BAD_DATA, TOO_LONG = 43004, 43019, 47003, 40035
REPEAT_WITHIN = timedelta(minutes=10)
CLIENT_ID_MAX, URL_BYTES_MAX = 32, 2048
UNSEEN = 2**54


class Value(Lenient, frozen=True):
    """What a field holds; colours are shown no more."""

    value: str | int | float = ""
    color: str = ""


class Program(Lenient, frozen=True):
    """The page of a mini program that the message leads to."""

    appid: str = ""
    pagepath: str = ""
    path: str = ""


class TemplateMessage(Lenient, frozen=True):
    """A message to send."""

    touser: str = ""
    template_id: str = ""
    data: dict[str, Value] = {}
    url: str = ""
    miniprogram: Program | None = None
    client_msg_id: str = ""


class Sent(Struct, frozen=True):
    """It is on its way."""

    errcode: int
    errmsg: str
    msgid: int


class Target(Struct, frozen=True):
    """Whom the message is for, and the template; `repeated_id` is the same message, sent before."""

    person_id: int
    is_following: bool
    is_blocked: bool
    has_muted: bool
    title: str | None
    content: str | None
    repeated_id: int | None


sql = queries(__file__)
target = sql.one("target", Target)
one_by_one = sql.run("one_by_one")


@service("POST", SEND)
async def send(call: OfficialCall, asked: TemplateMessage) -> Sent | Errcode:
    """Send a template message."""
    if asked.client_msg_id:
        await one_by_one(call.tx, key=f"{asked.touser} {asked.client_msg_id}")
    found = await target(
        call.tx, appid=call.account.appid, openid=asked.touser, template_id=asked.template_id,
        client_id=asked.client_msg_id, repeated_since=call.now - REPEAT_WITHIN,
    )  # fmt: skip
    if refused := reason_against_message(asked, found):
        return refused
    assert found is not None
    program = asked.miniprogram
    if program and call.world.accounts.get(program.appid) is None:
        return Errcode(BAD_APPID)
    if found.repeated_id is not None:
        return Sent(0, "ok", found.repeated_id)
    if refusal := await spend_call(call, SEND):
        return refusal
    message_id = await _deliver(call, asked, found)
    status = "failed:user block" if found.has_muted else "success"
    told: Fields = (("MsgID", message_id), ("Status", status))
    await push_event(call.tx, call.account, asked.touser, "TEMPLATESENDJOBFINISH", told)
    return Sent(0, "ok", message_id)


async def _deliver(call: OfficialCall, asked: TemplateMessage, found: Target) -> int:
    if found.has_muted:
        # Accepted, numbered, and seen by nobody.
        return UNSEEN + int(call.now.timestamp() * 1_000_000)
    return await say(
        call.tx, call.account.appid, found.person_id, TEMPLATE, "template",
        _content(asked, found), about=asked.template_id, client_id=asked.client_msg_id,
    )  # fmt: skip


def reason_against_message(asked: TemplateMessage, found: Target | None) -> Errcode | None:  # noqa: PLR0911 - one a reason
    """Give the first reason not to send it, or none."""
    if found is None:
        return Errcode(BAD_OPENID)
    if found.content is None:
        return Errcode(BAD_TEMPLATE)
    if not found.is_following:
        return Errcode(NOT_FOLLOWING)
    if found.is_blocked:
        return Errcode(BLOCKED)
    if len(asked.client_msg_id) > CLIENT_ID_MAX:
        return Errcode(TOO_LONG)
    if len(asked.url.encode()) > URL_BYTES_MAX:
        return Errcode(BAD_URL)
    if words := reason_against(found.content, texts(asked.data)):
        return Errcode(BAD_DATA, words)
    return None


def texts(data: dict[str, Value]) -> dict[str, str]:
    """Give what the fields hold, as text."""
    return {name: str(each.value) for name, each in data.items()}


def filled(content: str, data: dict[str, Value]) -> list[Field]:
    """Fill a template's lines in."""
    given = texts(data)
    return [
        Field(line.name, given.get(line.field, ""), data[line.field].color)
        for line in lines(content)
        if line.field in data
    ]


def _content(asked: TemplateMessage, found: Target) -> Content:
    program = asked.miniprogram or Program()
    return Content(
        title=found.title or "",
        url=asked.url,
        appid=program.appid,
        page=program.pagepath or program.path,
        fields=filled(found.content or "", asked.data),
    )
