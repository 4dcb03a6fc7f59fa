"""Customer-service messages: answers within the hours after a person did something.

Source: official accounts, "Customer service messages"; mini programs, "Sending customer service
messages". 5 in 48 hours after somebody wrote, 3 in a minute after a tap, a scan or a follow, any
number in 48 hours after a payment.
"""

from typing import ClassVar, TypeAlias

from msgspec import Struct

from jishi.ports.wechat.official.account import Account
from jishi.ports.wechat.official.answers import Done
from jishi.ports.wechat.official.limits import within

ARTICLES_MAX = 1


class _Content(Struct, frozen=True, omit_defaults=True):
    kind: ClassVar[str]


class Text(_Content, frozen=True):
    """Words; links to a mini program's page are written as HTML."""

    kind: ClassVar[str] = "text"

    content: str


class Image(_Content, frozen=True):
    """A picture of the account's media."""

    kind: ClassVar[str] = "image"

    media_id: str


class Voice(_Content, frozen=True):
    """A voice message of the account's media."""

    kind: ClassVar[str] = "voice"

    media_id: str


class Video(_Content, frozen=True):
    """A film of the account's media."""

    kind: ClassVar[str] = "video"

    media_id: str
    thumb_media_id: str
    title: str = ""
    description: str = ""


class Music(_Content, frozen=True):
    """A piece of music; `hqmusicurl` is used on Wi-Fi."""

    kind: ClassVar[str] = "music"

    musicurl: str
    hqmusicurl: str
    thumb_media_id: str
    title: str = ""
    description: str = ""


class Card(Struct, frozen=True, omit_defaults=True):
    """A link with a picture."""

    title: str
    description: str
    url: str
    picurl: str = ""


class News(_Content, frozen=True):
    """One card."""

    kind: ClassVar[str] = "news"

    articles: tuple[Card, ...]


class Article(_Content, frozen=True):
    """An article that the account published."""

    kind: ClassVar[str] = "mpnewsarticle"

    article_id: str


class Choice(Struct, frozen=True):
    """One item of a menu; its id comes back with the text of whoever taps it."""

    id: str
    content: str


class Menu(_Content, frozen=True):
    """A question with answers to tap."""

    kind: ClassVar[str] = "msgmenu"

    head_content: str
    list: tuple[Choice, ...]
    tail_content: str


class Coupon(_Content, frozen=True):
    """A card of WeChat's card wallet."""

    kind: ClassVar[str] = "wxcard"

    card_id: str


class MiniProgramCard(_Content, frozen=True):
    """A page of a mini program that is bound to the account."""

    kind: ClassVar[str] = "miniprogrampage"

    title: str
    pagepath: str
    thumb_media_id: str
    appid: str = ""


class Link(_Content, frozen=True):
    """A link with a picture; mini programs only."""

    kind: ClassVar[str] = "link"

    title: str
    description: str
    url: str
    thumb_url: str


Content: TypeAlias = (
    Text | Image | Voice | Video | Music | News | Article | Menu | Coupon | MiniProgramCard | Link
)


class _Typing(Struct, frozen=True):
    touser: str
    command: str


async def send(account: Account, openid: str, content: Content, *, desk: str = "") -> None:
    """Send a message, as one of the account's desks when it is named; never repeated.

    ErrcodeAnswered: 45015 too long since the person did something, 45047 as many as allowed are
    sent, 48001 not this account's right, 48002 the person wants none.
    """
    if isinstance(content, News):
        within("articles", len(content.articles), ARTICLES_MAX, 1)
    body: dict[str, object] = {"touser": openid, "msgtype": content.kind, content.kind: content}
    if desk:
        body["customservice"] = {"kf_account": desk}
    await account.post("/cgi-bin/message/custom/send", body, Done)


async def show_typing(account: Account, openid: str, *, is_typing: bool) -> None:
    """Show the person that an answer is being typed, or no more.

    ErrcodeAnswered: 45080 nobody wrote within 30 seconds, 45081 it is shown already.
    """
    body = _Typing(openid, "Typing" if is_typing else "CancelTyping")
    await account.post("/cgi-bin/message/custom/typing", body, Done)
