"""Pushes as WeChat sends them: the samples of its documentation, plain or sealed."""

import json
import time
from datetime import UTC, datetime

from jishi.ports.wechat.official import Gate
from jishi.ports.wechat.official.trees import Tree, write_json, write_xml
from jishi.ports.wechat.sealing import wrap_push
from jishi.ports.wechat.signing import push_signature

AES_KEY = "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR"
PLAIN = Gate("wx49f0ab532d5d035a", "the-token")
SAFE = Gate("wx49f0ab532d5d035a", "the-token", AES_KEY)
NOW = datetime.fromtimestamp(1_790_000_000, UTC)


def query(gate: Gate, *sealed: str, at: datetime = NOW) -> dict[str, str]:
    """Give the query of a push that is right."""
    timestamp = str(int(at.timestamp()))
    given = {
        "timestamp": timestamp,
        "nonce": "nonce",
        "signature": push_signature(gate.token, timestamp, "nonce"),
        "openid": "o1",
    }
    if sealed:
        signature = push_signature(gate.token, timestamp, "nonce", *sealed)
        given |= {"encrypt_type": "aes", "msg_signature": signature}
    return given


def sealed(gate: Gate, text: str, *, is_json: bool = False) -> tuple[dict[str, str], bytes]:
    """Give query and body of a push in safe mode."""
    envelope = wrap_push(gate.aes_key, gate.appid, b"0123456789abcdef", text)
    tree: Tree = {"ToUserName": "gh_1", "Encrypt": envelope}
    body = write_json(tree) if is_json else write_xml(tree)
    return query(gate, envelope), body.encode()


def event(name: str, inside: str = "", *, seconds: int | None = None) -> bytes:
    """Give the XML of an event."""
    at = int(time.time()) if seconds is None else seconds
    return (
        "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName>"
        f"<CreateTime>{at}</CreateTime><MsgType><![CDATA[event]]></MsgType>"
        f"<Event><![CDATA[{name}]]></Event>{inside}</xml>"
    ).encode()


def message(kind: str, inside: str) -> bytes:
    """Give the XML of a message."""
    return (
        "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName>"
        f"<CreateTime>1348831860</CreateTime><MsgType><![CDATA[{kind}]]></MsgType>{inside}"
        "<MsgId>1234567890123456</MsgId></xml>"
    ).encode()


def json_event(name: str, **fields: object) -> bytes:
    """Give the JSON of an event, as mini programs may have it."""
    head = {"ToUserName": "gh_1", "FromUserName": "o1", "CreateTime": 1_627_359_464}
    return json.dumps({**head, "MsgType": "event", "Event": name, **fields}).encode()
