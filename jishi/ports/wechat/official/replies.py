"""What an account answers to a push at once: words, media, articles, or a person at the desk.

Source: official accounts, "Passive replies", "Message encryption and decryption"; mini programs,
"Forwarding messages to customer service". The answer must be there within 5 seconds.
"""

from datetime import datetime
from typing import ClassVar, TypeAlias

from msgspec import Struct

from jishi.ports.wechat.official.limits import within
from jishi.ports.wechat.official.push import Gate, Push
from jishi.ports.wechat.official.trees import Branch, Tree, write_json, write_xml
from jishi.ports.wechat.sealing import wrap_push
from jishi.ports.wechat.signing import push_signature

TEXT_BYTES_MAX = 2_048
ARTICLES_MAX = 8
SALT_BYTES = 16


class Words(Struct, frozen=True):
    """A text of up to 2,048 bytes."""

    kind: ClassVar[str] = "text"

    content: str

    def body(self) -> Tree:
        within("content", len(self.content.encode()), TEXT_BYTES_MAX)
        return {"Content": self.content}


class Picture(Struct, frozen=True):
    """An image of the account's media."""

    kind: ClassVar[str] = "image"

    media_id: str

    def body(self) -> Tree:
        return {"Image": {"MediaId": self.media_id}}


class Sound(Struct, frozen=True):
    """A voice message of the account's media."""

    kind: ClassVar[str] = "voice"

    media_id: str

    def body(self) -> Tree:
        return {"Voice": {"MediaId": self.media_id}}


class Film(Struct, frozen=True):
    """A video of the account's media."""

    kind: ClassVar[str] = "video"

    media_id: str
    title: str = ""
    description: str = ""

    def body(self) -> Tree:
        said = {"Title": self.title, "Description": self.description}
        return {"Video": {"MediaId": self.media_id, **said}}


class Music(Struct, frozen=True):
    """A piece of music; `hq_music_url` is used on Wi-Fi."""

    kind: ClassVar[str] = "music"

    thumb_media_id: str
    title: str = ""
    description: str = ""
    music_url: str = ""
    hq_music_url: str = ""

    def body(self) -> Tree:
        return {
            "Music": {
                "Title": self.title,
                "Description": self.description,
                "MusicUrl": self.music_url,
                "HQMusicUrl": self.hq_music_url,
                "ThumbMediaId": self.thumb_media_id,
            }
        }


class Card(Struct, frozen=True):
    """One article of a reply: a link with a picture."""

    title: str
    description: str
    pic_url: str
    url: str


class News(Struct, frozen=True):
    """Articles; WeChat shows one to somebody who just wrote, up to 8 elsewhere."""

    kind: ClassVar[str] = "news"

    articles: tuple[Card, ...]

    def body(self) -> Tree:
        within("articles", len(self.articles), ARTICLES_MAX, 1)
        items: list[Branch] = [
            {
                "Title": card.title,
                "Description": card.description,
                "PicUrl": card.pic_url,
                "Url": card.url,
            }
            for card in self.articles
        ]
        return {"ArticleCount": len(items), "Articles": {"item": items}}


class ToTheDesk(Struct, frozen=True):
    """Hand the person over to customer service, to one desk where `kf_account` names it."""

    kind: ClassVar[str] = "transfer_customer_service"

    kf_account: str = ""

    def body(self) -> Tree:
        return {"TransInfo": {"KfAccount": self.kf_account}} if self.kf_account else {}


Reply: TypeAlias = Words | Picture | Sound | Film | Music | News | ToTheDesk


class Replied(Struct, frozen=True):
    """What goes back over HTTP, with status 200."""

    body: str
    media_type: str


NOTHING = Replied("success", "text/plain")
"""The push was taken, and there is nothing to say."""


class Envelope(Struct, frozen=True):
    """What luck and the clock give to one answer: its moment, a nonce, and 16 random bytes."""

    now: datetime
    nonce: str
    salt: bytes


def answer(gate: Gate, push: Push, reply: Reply | None, envelope: Envelope) -> Replied:
    """Answer a push in the push's own form, sealed where the account is in safe mode.

    What XML cannot carry in a text becomes the replacement character. Raises OverLimit.
    """
    if reply is None:
        return NOTHING
    timestamp = int(envelope.now.timestamp())
    tree: Tree = {
        "ToUserName": push.openid,
        "FromUserName": push.account,
        "CreateTime": timestamp,
        "MsgType": reply.kind,
        **reply.body(),
    }
    write = write_json if push.is_json else write_xml
    if gate.aes_key:
        assert len(envelope.salt) == SALT_BYTES
        sealed = wrap_push(gate.aes_key, gate.appid, envelope.salt, write(tree))
        tree = {
            "Encrypt": sealed,
            "MsgSignature": push_signature(gate.token, str(timestamp), envelope.nonce, sealed),
            "TimeStamp": timestamp,
            "Nonce": envelope.nonce,
        }
    return Replied(write(tree), "application/json" if push.is_json else "application/xml")
