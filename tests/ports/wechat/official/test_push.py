"""Pushes: who sent them, when, what they say, and which are one and the same."""

import json
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishi.ports.wechat.official import BadPush, Gate, Push, echo, open_push
from jishi.ports.wechat.official.events import EVENTS, Unknown
from jishi.ports.wechat.official.messages import MESSAGES, Text
from jishi.ports.wechat.official.push import read_push
from jishi.ports.wechat.official.trees import write_xml
from jishi.ports.wechat.signing import push_signature
from tests.ports.wechat.official.pushes import (
    AES_KEY,
    NOW,
    PLAIN,
    SAFE,
    event,
    message,
    query,
    sealed,
)
from tests.ports.wechat.reference import VECTORS

HELLO = message("text", "<Content><![CDATA[你好]]></Content>")


def vectors(*names: str) -> list[dict[str, Any]]:
    found = json.loads(VECTORS.read_text("utf-8"))
    return [each for each in found if each["name"] in names]


def test_the_first_check_of_our_address_is_echoed() -> None:
    assert echo(PLAIN, query(PLAIN) | {"echostr": "5927782489442352469"}, NOW) == (
        "5927782489442352469"
    )
    assert echo(SAFE, query(SAFE) | {"echostr": "1"}, NOW) == "1"


@pytest.mark.parametrize("late", [-301, 301, 10**9])
def test_a_signature_that_was_seen_once_is_not_good_for_ever(late: int) -> None:
    given = query(PLAIN, at=NOW + timedelta(seconds=late))
    with pytest.raises(BadPush, match="stale"):
        open_push(PLAIN, given, HELLO, NOW)
    with pytest.raises(BadPush, match="stale"):
        echo(PLAIN, given | {"echostr": "1"}, NOW)


@pytest.mark.parametrize("late", [-300, 0, 300])
def test_a_push_may_be_a_little_late_or_early(late: int) -> None:
    given = query(PLAIN, at=NOW + timedelta(seconds=late))
    assert open_push(PLAIN, given, HELLO, NOW).content == Text("你好")


@pytest.mark.parametrize("timestamp", ["", "x", "1e9", "１２３", "-1", "9" * 40])
def test_a_time_that_is_none_is_refused_though_it_be_signed(timestamp: str) -> None:
    given = {"timestamp": timestamp, "nonce": "n"}
    given["signature"] = push_signature(PLAIN.token, timestamp, "n")
    with pytest.raises(BadPush, match="stale"):
        open_push(PLAIN, given, HELLO, NOW)


@pytest.mark.parametrize("signature", ["", "0" * 40, "ä", "\ud800"])
def test_a_push_without_the_right_signature_is_refused(signature: str) -> None:
    with pytest.raises(BadPush, match="bad_signature"):
        open_push(PLAIN, query(PLAIN) | {"signature": signature}, HELLO, NOW)
    with pytest.raises(BadPush, match="bad_signature"):
        echo(PLAIN, {}, NOW)


def test_a_push_in_safe_mode_is_opened() -> None:
    asked, body = sealed(SAFE, HELLO.decode())
    push = open_push(SAFE, asked, body, NOW)
    assert (push.account, push.openid, push.kind, push.event) == ("gh_1", "o1", "text", "")
    assert push.content == Text("你好")
    assert (push.key, push.sent_at.isoformat()) == (
        "1234567890123456",
        "2012-09-28T11:31:00+00:00",
    )


def test_in_compatible_mode_only_the_sealed_part_counts() -> None:
    asked, body = sealed(SAFE, HELLO.decode())
    lie = body.replace(b"<xml>", b"<xml><Content>lie</Content><MsgType>text</MsgType>")
    assert open_push(SAFE, asked, lie, NOW).content == Text("你好")


def test_an_account_in_safe_mode_takes_no_plain_push() -> None:
    with pytest.raises(BadPush, match="not_sealed"):
        open_push(SAFE, query(SAFE), HELLO, NOW)


def test_a_sealed_push_that_is_changed_or_for_another_is_refused() -> None:
    asked, body = sealed(SAFE, HELLO.decode())
    with pytest.raises(BadPush, match="bad_signature"):
        open_push(SAFE, asked, body.replace(b"<Encrypt><![CDATA[", b"<Encrypt><![CDATA[A"), NOW)
    with pytest.raises(BadPush, match="bad_signature"):
        open_push(SAFE, asked | {"msg_signature": asked["signature"]}, body, NOW)
    other = Gate("wx0000000000000000", SAFE.token, AES_KEY)
    with pytest.raises(BadPush, match="not_for_us"):
        open_push(other, asked, body, NOW)


@pytest.mark.parametrize("vector", vectors("msg_aes_signature_decrypt"))
def test_a_published_sealed_push_is_opened(vector: dict[str, Any]) -> None:
    gate = Gate(vector["receiver_id"], vector["token"], vector["encoding_aes_key"])
    asked = {name: vector[name] for name in ("timestamp", "nonce", "msg_signature")}
    body = write_xml({"ToUserName": "x", "Encrypt": vector["encrypt"]}).encode()
    at = NOW.fromtimestamp(int(vector["timestamp"]), NOW.tzinfo)
    push = open_push(gate, asked, body, at)
    assert push.content == Text("test")
    assert push.key == "4363689963896700987"
    assert push.fields["AgentID"] == "1"


@pytest.mark.parametrize("vector", vectors("wxbizmsgcrypt_2"))
def test_a_published_plaintext_with_nested_fields_is_read(vector: dict[str, Any]) -> None:
    push = read_push(vector["plaintext"].encode())
    assert push.fields["Video.Title"] == "testCallBackReplyVideo"


def test_a_message_is_the_same_by_its_id_and_an_event_by_who_when_what() -> None:
    assert read_push(HELLO).key == "1234567890123456"
    assert read_push(event("CLICK", seconds=123456789)).key == "o1:123456789:CLICK"
    keys = {
        read_push(event(name, inside, seconds=seconds)).key
        for name, inside, seconds in [
            ("CLICK", "", 1),
            ("CLICK", "", 2),
            ("VIEW", "", 1),
            ("TEMPLATESENDJOBFINISH", "<MsgID>1</MsgID>", 1),
            ("TEMPLATESENDJOBFINISH", "<MsgID>2</MsgID>", 1),
            ("user_authorization_revoke", "<OpenID>a</OpenID>", 1),
            ("user_authorization_revoke", "<OpenID>b</OpenID>", 1),
            ("trade_manage_remind_shipping", "<transaction_id>4</transaction_id>", 1),
            ("trade_manage_remind_shipping", "<transaction_id>5</transaction_id>", 1),
        ]
    }
    assert len(keys) == 9


def test_what_has_no_type_here_keeps_its_fields() -> None:
    push = read_push(event("card_pass_check", "<CardId>c</CardId><A><B>1</B><B>2</B></A>"))
    assert push.content == Unknown()
    assert push.event == "card_pass_check"
    assert (push.fields["CardId"], push.fields["A.B.1"]) == ("c", "2")
    assert read_push(message("hologram", "<X>1</X>")).content == Unknown()


def test_an_event_whose_fields_are_of_no_use_keeps_them_untyped() -> None:
    push = read_push(event("LOCATION", "<Latitude>north</Latitude>"))
    assert push.content == Unknown()
    assert push.fields["Latitude"] == "north"


@pytest.mark.parametrize(
    "body",
    [
        b"<xml><MsgType>text</MsgType></xml>",
        b"<xml><CreateTime>1</CreateTime></xml>",
        b"<xml><CreateTime>-1</CreateTime><MsgType>text</MsgType></xml>",
        b"<xml><CreateTime>99999999999</CreateTime><MsgType>text</MsgType></xml>",
        b"<xml><CreateTime><a>1</a></CreateTime><MsgType>text</MsgType></xml>",
    ],
)
def test_a_push_without_a_kind_or_a_time_is_refused(body: bytes) -> None:
    with pytest.raises(BadPush, match="malformed"):
        read_push(body)


FIELDS = st.sampled_from([
    "EventKey", "Ticket", "MsgId", "MsgID", "Content", "Location_X", "ScanCodeInfo", "SendPicsInfo",
    "PicList", "item", "Count", "List", "SubscribeMsgPopupEvent", "PublishEventInfo", "fail_idx",
    "article_detail", "publish_status", "pay_time", "Status", "TotalCount", "OpenID", "Latitude",
])  # fmt: skip
VALUES: Any = st.recursive(
    st.text(max_size=5) | st.integers().map(str) | st.none() | st.floats() | st.booleans(),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(FIELDS, below, max_size=3),
    max_leaves=8,
)


@given(
    st.sampled_from([*EVENTS, "other"]) | st.text(max_size=4),
    st.sampled_from([*MESSAGES, "event", "other"]),
    st.dictionaries(FIELDS, VALUES, max_size=6),
)
def test_reading_any_fields_gives_a_push(name: str, kind: str, fields: dict[str, Any]) -> None:
    head = {"ToUserName": "gh_1", "FromUserName": "o1", "CreateTime": 1, "MsgType": kind}
    try:
        body = json.dumps({**head, "Event": name, **fields}, allow_nan=False).encode()
    except ValueError:
        return
    assert isinstance(read_push(body), Push)


@given(st.binary(max_size=300), st.dictionaries(st.text(max_size=10), st.text(max_size=20)))
def test_opening_anything_is_refused(body: bytes, given_query: dict[str, str]) -> None:
    for gate in (PLAIN, SAFE):
        with pytest.raises(BadPush):
            open_push(gate, given_query, body, NOW)


@given(st.binary(max_size=300))
def test_opening_anything_that_is_signed_gives_a_push_or_refuses(body: bytes) -> None:
    with suppress(BadPush):
        assert isinstance(open_push(PLAIN, query(PLAIN), body, NOW), Push)


@given(st.text(max_size=200))
def test_any_envelope_that_is_signed_is_opened_or_refused(envelope: str) -> None:
    body = write_xml({"Encrypt": envelope or "-"}).encode()
    with pytest.raises(BadPush):
        open_push(SAFE, query(SAFE, envelope or "-"), body, NOW)


def test_a_gate_does_not_show_its_secrets() -> None:
    assert AES_KEY not in repr(SAFE)
    assert SAFE.token not in repr(SAFE)
