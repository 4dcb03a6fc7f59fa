"""Pushes to a developer's server: their form, their signature, their tries, and the reply."""

import msgspec
import pytest

from jishi.ports.wechat.sealing import wrap_push
from jishi.ports.wechat.signing import push_signature
from jishi.sandbox.cast import Account as Known
from jishi.sandbox.official.chat import Content, Piece
from jishi.sandbox.official.push_text import Fields, Rows, as_json, as_xml
from jishi.sandbox.official.replies import NOTHING, Reply, read_reply

URL = "http://shop.test/wechat?shop=7"
KNOWN = Known(
    "wx1", "service", "gh_1", "secret", "集市", "token", "a" * 43, "", is_push_safe=False,
    can_publish=True, web_domains=[], js_domains=[],
)  # fmt: skip
SAFE = msgspec.structs.replace(KNOWN, is_push_safe=True)


def reply(body: str, to: str = "oA", by: str = "gh_1") -> bytes:
    head = f"<ToUserName>{to}</ToUserName><FromUserName>{by}</FromUserName>"
    return f"<xml>{head}<CreateTime>1</CreateTime>{body}</xml>".encode()


def text(words: str) -> str:
    return f"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{words}]]></Content>"


def item(title: str) -> str:
    return f"<item><Title>{title}</Title><Url>https://a.test/</Url></item>"


def news(count: int, items: int) -> str:
    articles = "".join(item(str(each)) for each in range(items))
    return (
        f"<MsgType>news</MsgType><ArticleCount>{count}</ArticleCount>"
        f"<Articles>{articles}</Articles>"
    )


def test_texts_are_in_cdata_and_numbers_bare() -> None:
    row: Fields = (("A", "x"), ("B", 1))
    fields: Fields = (("T", "a]]>b"), ("N", 5), ("L", Rows((row, row))), ("O", row))
    row_xml = "<A><![CDATA[x]]></A><B>1</B>"
    assert as_xml(fields) == (
        "<xml><T><![CDATA[a]]]]><![CDATA[>b]]></T><N>5</N>"
        f"<L>{row_xml}</L><L>{row_xml}</L><O>{row_xml}</O></xml>"
    )
    assert as_json(fields) == (
        '{"T":"a]]>b","N":5,"L":[{"A":"x","B":1},{"A":"x","B":1}],"O":{"A":"x","B":1}}'
    )


@pytest.mark.parametrize("answer", [b"", b"success", b" success\n"])
def test_an_empty_answer_is_no_reply(answer: bytes) -> None:
    assert read_reply(KNOWN, "oA", answer, 1) is NOTHING


@pytest.mark.parametrize(
    ("body", "made"),
    [
        (text("你好"), Reply("text", Content(text="你好"))),
        (
            "<MsgType>image</MsgType><Image><MediaId>m1</MediaId></Image>",
            Reply("image", Content(media_id="m1")),
        ),
        (
            "<MsgType>video</MsgType><Video><MediaId>m</MediaId><Title>t</Title></Video>",
            Reply("video", Content(media_id="m", title="t")),
        ),
        (
            "<MsgType>music</MsgType><Music><ThumbMediaId>m</ThumbMediaId></Music>",
            Reply("music", Content(media_id="m")),
        ),
        (
            news(2, 2),
            Reply("news", Content(pieces=[Piece("0", "", "", "https://a.test/")])),
        ),
        ("<MsgType>transfer_customer_service</MsgType>", NOTHING),
    ],
)
def test_a_reply_is_read(body: str, made: object) -> None:
    assert read_reply(KNOWN, "oA", reply(body), 1) == made


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"ok", "it is no XML"),
        (b'{"a":1}', "it is no XML"),
        (b"<xml/>", "it has no ToUserName"),
        (b"<x/>", "its root is x, not xml"),
        (b'<!DOCTYPE x [<!ENTITY e "e">]><xml>&e;</xml>', "it is no XML"),
        (reply(text("x"), to="oB"), "its ToUserName is not the person's openid"),
        (reply(text("x"), by="gh_2"), "its FromUserName is not the account's original id"),
        (reply("<MsgType>hologram</MsgType>"), "its MsgType is hologram"),
        (reply("<MsgType>text</MsgType>"), "it has no Content"),
        (reply(text("长" * 683)), "its Content is longer than 2048 bytes"),
        (reply("<MsgType>image</MsgType>"), "it has no Image/MediaId"),
        (reply(news(2, 1)), "its ArticleCount is not the number of its articles"),
        (b"<xml>" + b"x" * 200_000 + b"</xml>", "it is too long"),
    ],
)
def test_a_bad_reply_says_why(answer: bytes, why: str) -> None:
    told = read_reply(KNOWN, "oA", answer, 8)
    assert isinstance(told, str)
    assert told.startswith(why)


def sealed(words: str, *, appid: str = "wx1", signature: str = "") -> bytes:
    wrapped = wrap_push("a" * 43, appid, b"0" * 16, reply(text(words)).decode())
    signature = signature or push_signature("token", "1", "2", wrapped)
    return as_xml(
        (("Encrypt", wrapped), ("MsgSignature", signature), ("TimeStamp", 1), ("Nonce", "2"))
    ).encode()


def test_in_safe_mode_a_reply_is_sealed_and_signed() -> None:
    assert read_reply(SAFE, "oA", sealed("你好"), 1) == Reply("text", Content(text="你好"))
    assert read_reply(SAFE, "oA", reply(text("你好")), 1) == "it has no Encrypt"
    assert read_reply(SAFE, "oA", sealed("x", signature="0"), 1) == "its MsgSignature is wrong"
    told = read_reply(SAFE, "oA", sealed("x", appid="wx2"), 1)
    assert told == "it does not open: the message is not for this account"
