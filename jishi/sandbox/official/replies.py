"""A developer's answer to a push, read as strictly as WeChat reads it.

Source: official accounts, "Passive reply": the answer is the XML of one message from the account
to the person who wrote; in safe mode it comes encrypted and signed.
"""

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from msgspec import Struct

from jishi.ports.wechat.sealing import CannotOpen, unwrap_push
from jishi.ports.wechat.signing import push_signature
from jishi.sandbox.official.chat import Content, Piece

if TYPE_CHECKING:
    from jishi.sandbox.cast import Account

BYTES_MAX, TEXT_BYTES_MAX = 200_000, 2048


class Nothing(Enum):
    """No reply is wanted."""

    NOTHING = 0


NOTHING: Final = Nothing.NOTHING


class Reply(Struct, frozen=True):
    """A message that is the answer."""

    kind: str
    content: Content


class Unreadable(Exception):
    """The answer is no reply; its words say why."""


def read_reply(
    account: "Account", openid: str, answer: bytes, pieces_max: int
) -> Reply | Nothing | str:
    """Give the reply, or nothing, or why it is none; more articles than allowed are left out."""
    text = answer.decode("utf-8", "replace").strip()
    if text in {"", "success"} or account.kind != "service":
        return NOTHING
    if len(answer) > BYTES_MAX:
        return "it is too long"
    try:
        root = _root(text)
        if account.is_push_safe:
            root = _opened(account, root)
        return _message(account, openid, root, pieces_max)
    except Unreadable as error:
        return str(error)


def _root(text: str) -> Element:
    try:
        root: Element = fromstring(text)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Unreadable(f"it is no XML: {error}") from error
    if root.tag != "xml":
        raise Unreadable(f"its root is {root.tag}, not xml")
    return root


def _opened(account: "Account", root: Element) -> Element:
    wrapped = _text(root, "Encrypt")
    signature = push_signature(
        account.token, _text(root, "TimeStamp"), _text(root, "Nonce"), wrapped
    )
    if signature != _text(root, "MsgSignature"):
        raise Unreadable("its MsgSignature is wrong")
    try:
        return _root(unwrap_push(account.aes_key, account.appid, wrapped))
    except CannotOpen as error:
        raise Unreadable(f"it does not open: {error}") from error


def _message(account: "Account", openid: str, root: Element, pieces_max: int) -> Reply | Nothing:
    if _text(root, "ToUserName") != openid:
        raise Unreadable("its ToUserName is not the person's openid")
    if _text(root, "FromUserName") != account.original_id:
        raise Unreadable("its FromUserName is not the account's original id")
    if not _text(root, "CreateTime").isdigit():
        raise Unreadable("its CreateTime is no number")
    kind = _text(root, "MsgType")
    if kind == "transfer_customer_service":
        return NOTHING
    if kind == "news":
        return Reply(kind, _news(root, pieces_max))
    if kind not in _KINDS:
        raise Unreadable(f"its MsgType is {kind}")
    return Reply(kind, _KINDS[kind](root))


def _words(root: Element) -> Content:
    text = _text(root, "Content")
    if len(text.encode()) > TEXT_BYTES_MAX:
        raise Unreadable(f"its Content is longer than {TEXT_BYTES_MAX} bytes")
    return Content(text=text)


def _picture(root: Element) -> Content:
    return Content(media_id=_text(root, "Image/MediaId"))


def _voice(root: Element) -> Content:
    return Content(media_id=_text(root, "Voice/MediaId"))


def _video(root: Element) -> Content:
    return Content(
        media_id=_text(root, "Video/MediaId"),
        title=_text(root, "Video/Title", ""),
        description=_text(root, "Video/Description", ""),
    )


def _music(root: Element) -> Content:
    return Content(
        media_id=_text(root, "Music/ThumbMediaId"),
        title=_text(root, "Music/Title", ""),
        description=_text(root, "Music/Description", ""),
        url=_text(root, "Music/MusicUrl", ""),
    )


def _news(root: Element, pieces_max: int) -> Content:
    items = root.findall("Articles/item")
    if not items or str(len(items)) != _text(root, "ArticleCount"):
        raise Unreadable("its ArticleCount is not the number of its articles")
    pieces = [
        Piece(
            _text(item, "Title"), _text(item, "Description", ""), _text(item, "PicUrl", ""),
            _text(item, "Url", ""),
        )
        for item in items
    ]  # fmt: skip
    return Content(pieces=pieces[:pieces_max])


def _text(root: Element, path: str, otherwise: str | None = None) -> str:
    found = (root.findtext(path) or "").strip()
    if not found and otherwise is None:
        raise Unreadable(f"it has no {path}")
    return found or otherwise or ""


_KINDS: dict[str, Callable[[Element], Content]] = {
    "text": _words,
    "image": _picture,
    "voice": _voice,
    "video": _video,
    "music": _music,
}
