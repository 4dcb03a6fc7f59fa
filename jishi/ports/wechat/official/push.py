"""Pushes of WeChat: the first check of our address, then messages and events, plain or sealed.

Sources: official accounts, "Getting started" (signature), "Message encryption and decryption"
(safe mode), "Receiving standard messages" (5 seconds, 3 retries, what makes a push the same).
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from hmac import compare_digest
from typing import TypeAlias

from msgspec import Struct, ValidationError, convert

from jishi.ports.wechat.official import trees
from jishi.ports.wechat.official.events import EVENTS, Event, Unknown
from jishi.ports.wechat.official.messages import MESSAGES, Message
from jishi.ports.wechat.official.trees import BadPush, Branch, Tree, text_at
from jishi.ports.wechat.sealing import CannotOpen, unwrap_push
from jishi.ports.wechat.signing import push_signature

Content: TypeAlias = Message | Event | Unknown

WINDOW_SECONDS = 300
"""How old a push may be, or ahead of us: a signature seen once is not good for ever."""

_DIGITS_MAX = len("9999999999")
_REPEATED = ("item", "List", "fail_idx")
# In XML the list of these events stands in an element of its own, in JSON it does not.
_WRAPPERS = ("SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent", "SubscribeMsgSentEvent")
# Who or what an event is about, where its sender is WeChat itself or a second is too coarse.
_TOLD_APART_BY = ("MsgID", "OpenID", "transaction_id", "punish_id")


class Gate(Struct, frozen=True):
    """What an account's pushes are checked with.

    An account with an `aes_key` (the 43 letters of EncodingAESKey) is in safe mode: its plain
    pushes are refused, for their signature does not cover their body.
    """

    appid: str
    token: str
    aes_key: str = ""

    def __repr__(self) -> str:
        return f"Gate({self.appid})"


class Push(Struct, frozen=True):
    """A message or an event.

    `account` is the account's original id (gh_...), `openid` who it is from, `kind` its MsgType
    and `event` its Event; `key` is the same each time WeChat pushes it again, and another for
    another push of this account; `fields` is all that came, nested names joined by dots.
    """

    account: str
    openid: str
    sent_at: datetime
    kind: str
    event: str
    key: str
    content: Content
    fields: dict[str, str]
    is_json: bool


def echo(gate: Gate, query: Mapping[str, str], now: datetime) -> str:
    """Give what the first GET of WeChat wants to hear: its `echostr`. Raises BadPush."""
    _check(gate, query, now, query.get("signature", ""))
    return query.get("echostr", "")


def open_push(gate: Gate, query: Mapping[str, str], body: bytes, now: datetime) -> Push:
    """Check a push and read it; `query` is that of its address. Raises BadPush."""
    envelope = None
    if not gate.aes_key:
        _check(gate, query, now, query.get("signature", ""))
    else:
        envelope = text_at(trees.read(body), "Encrypt")
        if not envelope:
            raise BadPush("not_sealed")
        _check(gate, query, now, query.get("msg_signature", ""), envelope)
        try:
            body = unwrap_push(gate.aes_key, gate.appid, envelope).encode()
        except CannotOpen as error:
            raise BadPush("not_for_us") from error
    return read_push(body)


def read_push(body: bytes) -> Push:
    """Read a push whose sender is certain. Raises BadPush."""
    tree = trees.read(body)
    kind, event = text_at(tree, "MsgType").lower(), text_at(tree, "Event")
    seconds = text_at(tree, "CreateTime")
    if not (kind and seconds.isascii() and seconds.isdigit() and len(seconds) <= _DIGITS_MAX):
        raise BadPush("malformed")
    return Push(
        account=text_at(tree, "ToUserName"),
        openid=text_at(tree, "FromUserName"),
        sent_at=datetime.fromtimestamp(int(seconds), UTC),
        kind=kind,
        event=event,
        key=_key(tree, event),
        content=_content(tree, EVENTS.get(event) if kind == "event" else MESSAGES.get(kind)),
        fields=dict(_flat("", tree)),
        is_json=body.lstrip()[:1] == b"{",
    )


def _check(gate: Gate, query: Mapping[str, str], now: datetime, signed: str, *sealed: str) -> None:
    timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
    expected = push_signature(gate.token, timestamp, nonce, *sealed)
    if not compare_digest(expected.encode(), signed.encode("utf-8", "replace")):
        raise BadPush("bad_signature")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _DIGITS_MAX):
        raise BadPush("stale")
    if abs(now.timestamp() - int(timestamp)) > WINDOW_SECONDS:
        raise BadPush("stale")


def _key(tree: Tree, event: str) -> str:
    """Give the message's id; for an event, who, when and what ("Receiving standard messages")."""
    if message_id := text_at(tree, "MsgId"):
        return message_id
    parts = [text_at(tree, "FromUserName"), text_at(tree, "CreateTime"), event]
    return ":".join([*parts, *filter(None, (text_at(tree, name) for name in _TOLD_APART_BY))])


def _content(tree: Tree, kind: type[Message | Event] | None) -> Content:
    if kind is None:
        return Unknown()
    wrapped = next((tree[name] for name in _WRAPPERS if name in tree), tree)
    try:
        content: Content = convert(_tidied(wrapped), kind, strict=False)
    except ValidationError:
        return Unknown()
    return content


def _tidied(branch: Branch) -> Branch:
    """Leave empty texts out, so that they count as absent, and make a list of a lone item."""
    match branch:
        case dict():
            kept = {name: _tidied(each) for name, each in branch.items() if each != ""}
            for name in _REPEATED:
                if name in kept and not isinstance(kept[name], list):
                    kept[name] = [kept[name]]
            return kept
        case list():
            return [_tidied(each) for each in branch]
        case _:
            return branch


def _flat(path: str, branch: Branch) -> list[tuple[str, str]]:
    match branch:
        case dict():
            inside = [(f"{path}.{name}".lstrip("."), each) for name, each in branch.items()]
        case list():
            inside = [(f"{path}.{number}", each) for number, each in enumerate(branch)]
        case _:
            return [(path, str(branch))]
    return [leaf for name, each in inside for leaf in _flat(name, each)]
