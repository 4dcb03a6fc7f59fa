"""Broadcasts: the same to many followers; 4 a month reach each of them, however they were sent.

Source: official accounts, "Broadcasts". 60 calls a minute. The end of one is told by the event
`BroadcastSent`; where broadcasts are guarded, an administrator has 30 minutes to agree.
"""

from collections.abc import Sequence
from typing import ClassVar, TypeAlias

from msgspec import Struct, field

from jishi.ports.wechat.official.account import Account
from jishi.ports.wechat.official.answers import Done
from jishi.ports.wechat.official.limits import within

SENT_ALREADY = 45065
CLIENT_ID_BYTES_MAX = 32
"""WeChat documents 64, but was seen to answer 45067 to 36 (its developers' forum, 2023-09)."""

OPENIDS_MIN, OPENIDS_MAX = 2, 10_000
SPEED_MAX = 4


class _Content(Struct, frozen=True, omit_defaults=True):
    kind: ClassVar[str]
    name: ClassVar[str]


class Articles(_Content, frozen=True):
    """The articles of a draft."""

    kind: ClassVar[str] = "mpnews"
    name: ClassVar[str] = "mpnews"

    media_id: str


class Text(_Content, frozen=True):
    """Words."""

    kind: ClassVar[str] = "text"
    name: ClassVar[str] = "text"

    content: str


class Voice(_Content, frozen=True):
    """A voice message of the account's media."""

    kind: ClassVar[str] = "voice"
    name: ClassVar[str] = "voice"

    media_id: str


class Images(_Content, frozen=True):
    """Up to 20 pictures with a recommendation; truths are 0 or 1."""

    kind: ClassVar[str] = "image"
    name: ClassVar[str] = "images"

    media_ids: tuple[str, ...]
    recommend: str = ""
    need_open_comment: int = 0
    only_fans_can_comment: int = 0


class Video(_Content, frozen=True):
    """A film of the account's media."""

    kind: ClassVar[str] = "mpvideo"
    name: ClassVar[str] = "mpvideo"

    media_id: str
    title: str = ""
    description: str = ""


Content: TypeAlias = Articles | Text | Voice | Images | Video


class Broadcast(Struct, frozen=True, kw_only=True):
    """What to send, and the number that makes it one broadcast however often it is asked.

    `may_repeat_others` lets articles go out that WeChat finds to be copied from somebody.
    """

    content: Content
    client_id: str
    may_repeat_others: bool = False


class Accepted(Struct, frozen=True):
    """WeChat took it on, or had already; `data_id` finds its figures in the data cube."""

    message_id: int = field(name="msg_id")
    data_id: int = field(default=0, name="msg_data_id")
    errcode: int = 0

    @property
    def is_repeated(self) -> bool:
        """Tell whether it had been taken on before."""
        return self.errcode == SENT_ALREADY


class Progress(Struct, frozen=True):
    """How far it is: SENDING, SEND_SUCCESS, SEND_FAIL or DELETE."""

    status: str = field(name="msg_status")


class Speed(Struct, frozen=True):
    """0 is 800,000 a minute, 4 is 100,000; `real` is what comes of it, in 10,000 a minute."""

    speed: int
    real: int = field(default=0, name="realspeed")


class _Filter(Struct, frozen=True, omit_defaults=True):
    is_to_all: bool
    tag_id: int = 0


class _Deleting(Struct, frozen=True, omit_defaults=True):
    msg_id: int
    article_idx: int = 0


class _Asking(Struct, frozen=True):
    msg_id: str


class _Setting(Struct, frozen=True):
    speed: int


async def send_to_all(account: Account, broadcast: Broadcast) -> Accepted:
    """Send to every follower. ErrcodeAnswered: 45028 none left this month, 48001 no right."""
    return await _send(account, "/sendall", {"filter": _Filter(is_to_all=True)}, broadcast)


async def send_to_tag(account: Account, broadcast: Broadcast, tag_id: int) -> Accepted:
    """Send to everybody who has a tag."""
    to = _Filter(is_to_all=False, tag_id=tag_id)
    return await _send(account, "/sendall", {"filter": to}, broadcast)


async def send_to(account: Account, broadcast: Broadcast, openids: Sequence[str]) -> Accepted:
    """Send to 2 to 10,000 people."""
    within("openids", len(openids), OPENIDS_MAX, OPENIDS_MIN)
    return await _send(account, "/send", {"touser": openids}, broadcast)


async def preview(account: Account, content: Content, openid: str) -> None:
    """Show one person how it would look; 100 a day."""
    body = {"touser": openid, "msgtype": content.kind, content.name: content}
    await account.post("/cgi-bin/message/mass/preview", body, Done)


async def delete(account: Account, message_id: int, article: int = 0) -> None:
    """Make an article of a broadcast unreadable (counted from 1; 0: all of them)."""
    body = _Deleting(message_id, article)
    await account.post("/cgi-bin/message/mass/delete", body, Done)


async def progress(account: Account, message_id: int) -> Progress:
    """Tell how far a broadcast is."""
    body = _Asking(str(message_id))
    return await account.post("/cgi-bin/message/mass/get", body, Progress, is_repeatable=True)


async def speed(account: Account) -> Speed:
    """Tell how fast broadcasts go out. ErrcodeAnswered: 45084 it was never set."""
    return await account.post("/cgi-bin/message/mass/speed/get", {}, Speed, is_repeatable=True)


async def set_speed(account: Account, level: int) -> None:
    """Set how fast broadcasts go out, from 0 (fast) to 4."""
    within("speed", level, SPEED_MAX)
    path = "/cgi-bin/message/mass/speed/set"
    await account.post(path, _Setting(level), Done, is_repeatable=True)


async def _send(
    account: Account, verb: str, to: dict[str, object], broadcast: Broadcast
) -> Accepted:
    """Send under the broadcast's own number: repeated where no answer comes.

    WeChat answers 45066 (`Meaning.RATE`) to a repetition within a minute: ask once more later.
    """
    within("client_id", len(broadcast.client_id.encode()), CLIENT_ID_BYTES_MAX, 1)
    content = broadcast.content
    body = to | {
        "msgtype": content.kind,
        content.name: content,
        "send_ignore_reprint": int(broadcast.may_repeat_others),
        "clientmsgid": broadcast.client_id,
    }
    return await account.post(
        f"/cgi-bin/message/mass{verb}", body, Accepted,
        is_repeatable=True, accepts=frozenset({SENT_ALREADY}),
    )  # fmt: skip
