"""One-time subscription: somebody agrees on a page of WeChat, and gets one message, no more.

Source: official accounts, "One-time subscription messages". Works for people who do not follow.
"""

from urllib.parse import urlencode

from msgspec import Struct, field

from jishi.ports.wechat.official.account import Account, Hosts
from jishi.ports.wechat.official.answers import Done
from jishi.ports.wechat.official.limits import within
from jishi.ports.wechat.official.templates import MiniProgramPage, Value

SCENE_MAX = 10_000
TITLE_CHARACTERS_MAX = 15
CONTENT_CHARACTERS_MAX = 200
RESERVED_BYTES_MAX = 128


class Question(Struct, frozen=True):
    """What is asked: a scene (0 to 10,000), the template, where to go afterwards.

    WeChat leads back with openid, template_id, action ("confirm" or "cancel"), scene and
    `reserved`, which is ours: make it hard to guess, against forged returns.
    """

    scene: int
    template_id: str
    redirect_url: str
    reserved: str


class Content(Struct, frozen=True):
    """The words of the message."""

    content: Value


class OneTimeMessage(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The one message; `title` up to 15 characters, its words up to 200."""

    openid: str = field(name="touser")
    template_id: str
    scene: str
    title: str
    data: Content
    url: str = ""
    miniprogram: MiniProgramPage | None = None


def question_url(hosts: Hosts, appid: str, question: Question) -> str:
    """Give the address where WeChat asks the person."""
    within("scene", question.scene, SCENE_MAX)
    within("reserved", len(question.reserved.encode()), RESERVED_BYTES_MAX)
    query = {
        "action": "get_confirm",
        "appid": appid,
        "scene": question.scene,
        "template_id": question.template_id,
        "redirect_url": question.redirect_url,
        "reserved": question.reserved,
    }
    return f"{hosts.pages}/mp/subscribemsg?{urlencode(query)}#wechat_redirect"


async def send(account: Account, message: OneTimeMessage) -> None:
    """Send it; never repeated, for one consent is one message.

    ErrcodeAnswered: 43101 there is no consent, or it is used up.
    """
    within("title", len(message.title), TITLE_CHARACTERS_MAX, 1)
    within("content", len(message.data.content.value), CONTENT_CHARACTERS_MAX, 1)
    await account.post("/cgi-bin/message/template/subscribe", message, Done)
