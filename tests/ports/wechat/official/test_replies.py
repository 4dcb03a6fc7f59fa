"""Replies: whatever is said arrives, plain or sealed, in XML or JSON."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishi.ports.wechat.official import Gate, OverLimit, replies, trees
from jishi.ports.wechat.official.push import Push, read_push
from jishi.ports.wechat.official.replies import Envelope, Reply, answer
from jishi.ports.wechat.sealing import unwrap_push, wrap_push
from jishi.ports.wechat.signing import push_signature
from tests.ports.wechat.official.pushes import NOW, PLAIN, SAFE, event, json_event
from tests.ports.wechat.official.test_push import vectors
from tests.ports.wechat.official.test_trees import SPEAKABLE

ENVELOPE = Envelope(NOW, "nonce", b"1234567890123456")
PUSH, JSON_PUSH = read_push(event("CLICK")), read_push(json_event("CLICK"))


def heard(gate: Gate, push: Push, reply: Reply) -> dict[str, Any]:
    """Read an answer as WeChat does: check its signature, open it, parse it."""
    replied = answer(gate, push, reply, ENVELOPE)
    tree = trees.read(replied.body.encode())
    if gate.aes_key:
        signed = push_signature(
            gate.token, str(tree["TimeStamp"]), str(tree["Nonce"]), str(tree["Encrypt"])
        )
        assert tree["MsgSignature"] == signed
        assert tree["TimeStamp"] == str(int(NOW.timestamp()))
        tree = trees.read(unwrap_push(gate.aes_key, gate.appid, str(tree["Encrypt"])).encode())
    head = [tree.pop(name) for name in ("ToUserName", "FromUserName", "CreateTime")]
    assert head == ["o1", "gh_1", str(int(NOW.timestamp()))]
    return tree


def test_having_nothing_to_say_is_success() -> None:
    for gate in (PLAIN, SAFE):
        assert answer(gate, PUSH, None, ENVELOPE).body == "success"


REPLIES: list[tuple[Reply, dict[str, Any]]] = [
    (replies.Words("你好"), {"MsgType": "text", "Content": "你好"}),
    (replies.Picture("m"), {"MsgType": "image", "Image": {"MediaId": "m"}}),
    (replies.Sound("m"), {"MsgType": "voice", "Voice": {"MediaId": "m"}}),
    (
        replies.Film("m", "t", "d"),
        {"MsgType": "video", "Video": {"MediaId": "m", "Title": "t", "Description": "d"}},
    ),
    (
        replies.Music("th", "t", "d", "u", "hq"),
        {
            "MsgType": "music",
            "Music": {
                "Title": "t", "Description": "d", "MusicUrl": "u", "HQMusicUrl": "hq",
                "ThumbMediaId": "th",
            },
        },
    ),
    (
        replies.News((replies.Card("t", "d", "p", "u"), replies.Card("t2", "d", "p", "u"))),
        {
            "MsgType": "news",
            "ArticleCount": "2",
            "Articles": {
                "item": [
                    {"Title": "t", "Description": "d", "PicUrl": "p", "Url": "u"},
                    {"Title": "t2", "Description": "d", "PicUrl": "p", "Url": "u"},
                ]
            },
        },
    ),
    (replies.ToTheDesk(), {"MsgType": "transfer_customer_service"}),
    (
        replies.ToTheDesk("test1@test"),
        {"MsgType": "transfer_customer_service", "TransInfo": {"KfAccount": "test1@test"}},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("reply", "said"), REPLIES)
@pytest.mark.parametrize("gate", [PLAIN, SAFE])
@pytest.mark.parametrize("push", [PUSH, JSON_PUSH])
def test_each_kind_of_reply_has_its_documented_form(
    gate: Gate, push: Push, reply: Reply, said: dict[str, Any]
) -> None:
    assert heard(gate, push, reply) == said


@given(SPEAKABLE.filter(bool), st.sampled_from([PLAIN, SAFE]), st.sampled_from([PUSH, JSON_PUSH]))
def test_any_text_survives_a_reply(text: str, gate: Gate, push: Push) -> None:
    assert heard(gate, push, replies.Words(text)) == {"MsgType": "text", "Content": text}


@given(SPEAKABLE.filter(bool), SPEAKABLE.filter(bool))
def test_any_text_survives_an_article(title: str, url: str) -> None:
    said = heard(SAFE, PUSH, replies.News((replies.Card(title, "d", "p", url),)))
    assert said["Articles"] == {
        "item": {"Title": title, "Description": "d", "PicUrl": "p", "Url": url}
    }


def test_a_text_cannot_break_out_of_its_place() -> None:
    evil = "]]></Content><MsgType>event</MsgType><Content><![CDATA["
    assert heard(PLAIN, PUSH, replies.Words(evil)) == {"MsgType": "text", "Content": evil}


def test_a_person_named_like_markup_cannot_break_out_either() -> None:
    push = read_push(
        b"<xml><FromUserName>&lt;/ToUserName&gt;]]&gt;</FromUserName><CreateTime>1</CreateTime>"
        b"<MsgType>text</MsgType></xml>"
    )
    tree = trees.read(answer(PLAIN, push, replies.Words("x"), ENVELOPE).body.encode())
    assert tree["ToUserName"] == "</ToUserName>]]>"


def test_a_reply_that_is_too_long_is_not_written() -> None:
    assert heard(PLAIN, PUSH, replies.Words("字" * 682))["Content"] == "字" * 682
    with pytest.raises(OverLimit, match="content: 2049 is outside the limit of 2048"):
        answer(PLAIN, PUSH, replies.Words("字" * 683), ENVELOPE)
    with pytest.raises(OverLimit, match="articles"):
        answer(PLAIN, PUSH, replies.News(()), ENVELOPE)
    with pytest.raises(OverLimit, match="articles"):
        answer(PLAIN, PUSH, replies.News((replies.Card("t", "d", "p", "u"),) * 9), ENVELOPE)


def test_the_form_of_an_answer_is_that_of_its_push() -> None:
    assert answer(PLAIN, PUSH, replies.Words("x"), ENVELOPE).media_type == "application/xml"
    in_json = answer(SAFE, JSON_PUSH, replies.Words("x"), ENVELOPE)
    assert in_json.media_type == "application/json"
    assert set(json.loads(in_json.body)) == {"Encrypt", "MsgSignature", "TimeStamp", "Nonce"}


@pytest.mark.parametrize("vector", vectors("msg_aes_encrypt_reply"))
def test_a_published_reply_is_sealed_and_signed_alike(vector: dict[str, Any]) -> None:
    salt = vector["random16"].encode()
    sealed = wrap_push(vector["encoding_aes_key"], vector["receiver_id"], salt, vector["plaintext"])
    assert sealed == vector["encrypt"]
    signed = push_signature(vector["token"], vector["timestamp"], vector["nonce"], sealed)
    assert signed == vector["msg_signature"]
