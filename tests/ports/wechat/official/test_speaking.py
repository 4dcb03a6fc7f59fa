"""Customer-service messages and broadcasts: requests and answers as documented."""

from typing import Any

from jishi.ports.wechat.official import broadcasts, customer_messages
from jishi.ports.wechat.official import customer_messages as said
from jishi.ports.wechat.official.broadcasts import Accepted, Broadcast, Progress, Speed
from tests.ports.wechat.official.stage import Case, check, over_limit

CONTENTS: list[tuple[said.Content, str, dict[str, Any]]] = [
    (said.Text("你好"), "text", {"content": "你好"}),
    (said.Image("m"), "image", {"media_id": "m"}),
    (said.Voice("m"), "voice", {"media_id": "m"}),
    (
        said.Video("m", "th", "t", "d"),
        "video",
        {"media_id": "m", "thumb_media_id": "th", "title": "t", "description": "d"},
    ),
    (
        said.Music("u", "hq", "th", "t"),
        "music",
        {"musicurl": "u", "hqmusicurl": "hq", "thumb_media_id": "th", "title": "t"},
    ),
    (
        said.News((said.Card("t", "d", "u", "p"),)),
        "news",
        {"articles": [{"title": "t", "description": "d", "url": "u", "picurl": "p"}]},
    ),
    (said.Article("A1"), "mpnewsarticle", {"article_id": "A1"}),
    (
        said.Menu("满意吗", (said.Choice("101", "满意"), said.Choice("102", "不满意")), "再见"),
        "msgmenu",
        {
            "head_content": "满意吗", "tail_content": "再见",
            "list": [{"id": "101", "content": "满意"}, {"id": "102", "content": "不满意"}],
        },
    ),
    (said.Coupon("c"), "wxcard", {"card_id": "c"}),
    (
        said.MiniProgramCard("t", "p", "th", "wx2"),
        "miniprogrampage",
        {"title": "t", "appid": "wx2", "pagepath": "p", "thumb_media_id": "th"},
    ),
    (
        said.Link("t", "d", "u", "th"),
        "link",
        {"title": "t", "description": "d", "url": "u", "thumb_url": "th"},
    ),
]  # fmt: skip
WORDS = Broadcast(content=broadcasts.Text("春天来了"), client_id="spring-1")
TAKEN = {"errcode": 0, "errmsg": "ok", "msg_id": 34182, "msg_data_id": 206227730}


def test_each_kind_of_customer_message_is_sent(database_url: str) -> None:
    path = "/cgi-bin/message/custom/send"

    def case(content: said.Content, kind: str, inside: dict[str, Any]) -> Case:
        body = {"touser": "o1", "msgtype": kind, kind: inside}
        return Case(
            lambda account: customer_messages.send(account, "o1", content),
            ("POST", path, {}, body),
        )

    desk = {"customservice": {"kf_account": "test1@kftest"}}
    check(
        database_url,
        *(case(*each) for each in CONTENTS),
        Case(
            lambda account: customer_messages.send(
                account, "o1", said.Text("hi"), desk="test1@kftest"
            ),
            (
                "POST",
                path,
                {},
                {"touser": "o1", "msgtype": "text", "text": {"content": "hi"}} | desk,
            ),
        ),
        typing(is_typing=True, word="Typing"),
        typing(is_typing=False, word="CancelTyping"),
    )


def typing(*, is_typing: bool, word: str) -> Case:
    return Case(
        lambda account: customer_messages.show_typing(account, "o1", is_typing=is_typing),
        ("POST", "/cgi-bin/message/custom/typing", {}, {"touser": "o1", "command": word}),
    )


def mass(**to: Any) -> dict[str, Any]:
    return to | {
        "msgtype": "text", "text": {"content": "春天来了"}, "send_ignore_reprint": 0,
        "clientmsgid": "spring-1",
    }  # fmt: skip


def test_broadcasts_go_to_all_to_a_tag_and_to_some(database_url: str) -> None:
    accepted = Accepted(34182, 206227730)
    path = "/cgi-bin/message/mass/sendall"
    check(
        database_url,
        Case(
            lambda account: broadcasts.send_to_all(account, WORDS),
            ("POST", path, {}, mass(filter={"is_to_all": True})),
            TAKEN,
            accepted,
        ),
        Case(
            lambda account: broadcasts.send_to_tag(account, WORDS, 2),
            ("POST", path, {}, mass(filter={"is_to_all": False, "tag_id": 2})),
            TAKEN,
            accepted,
        ),
        Case(
            lambda account: broadcasts.send_to(account, WORDS, ["o1", "o2"]),
            ("POST", "/cgi-bin/message/mass/send", {}, mass(touser=["o1", "o2"])),
            TAKEN,
            accepted,
        ),
        Case(
            lambda account: broadcasts.send_to_all(account, WORDS),
            ("POST", path, {}, mass(filter={"is_to_all": True})),
            {"errcode": 45065, "errmsg": "clientmsgid exist", "msg_id": 34182},
            Accepted(34182, errcode=45065),
        ),
    )
    assert not accepted.is_repeated
    assert Accepted(34182, errcode=45065).is_repeated


def test_each_kind_of_broadcast_has_its_documented_form(database_url: str) -> None:
    kinds: list[tuple[broadcasts.Content, dict[str, Any]]] = [
        (broadcasts.Articles("m"), {"msgtype": "mpnews", "mpnews": {"media_id": "m"}}),
        (broadcasts.Voice("m"), {"msgtype": "voice", "voice": {"media_id": "m"}}),
        (
            broadcasts.Images(("m1", "m2"), "看", 1),
            {
                "msgtype": "image",
                "images": {"media_ids": ["m1", "m2"], "recommend": "看", "need_open_comment": 1},
            },
        ),
        (
            broadcasts.Video("m", "t", "d"),
            {
                "msgtype": "mpvideo",
                "mpvideo": {"media_id": "m", "title": "t", "description": "d"},
            },
        ),
    ]
    check(
        database_url,
        *(previewing(*each) for each in kinds),
    )


def previewing(content: broadcasts.Content, inside: dict[str, Any]) -> Case:
    return Case(
        lambda account: broadcasts.preview(account, content, "o1"),
        ("POST", "/cgi-bin/message/mass/preview", {}, {"touser": "o1"} | inside),
    )


def test_broadcasts_are_followed_slowed_and_taken_back(database_url: str) -> None:
    check(
        database_url,
        Case(
            lambda account: broadcasts.delete(account, 30124, 2),
            ("POST", "/cgi-bin/message/mass/delete", {}, {"msg_id": 30124, "article_idx": 2}),
        ),
        Case(
            lambda account: broadcasts.delete(account, 30124),
            ("POST", "/cgi-bin/message/mass/delete", {}, {"msg_id": 30124}),
        ),
        Case(
            lambda account: broadcasts.progress(account, 201053012),
            ("POST", "/cgi-bin/message/mass/get", {}, {"msg_id": "201053012"}),
            {"msg_id": 201053012, "msg_status": "SEND_SUCCESS"},
            Progress("SEND_SUCCESS"),
        ),
        Case(
            broadcasts.speed,
            ("POST", "/cgi-bin/message/mass/speed/get", {}, {}),
            {"speed": 3, "realspeed": 15},
            Speed(3, 15),
        ),
        Case(
            lambda account: broadcasts.set_speed(account, 1),
            ("POST", "/cgi-bin/message/mass/speed/set", {}, {"speed": 1}),
        ),
    )


def test_messages_outside_their_limits_are_not_sent(database_url: str) -> None:
    card = said.Card("t", "d", "u")
    nameless = Broadcast(content=WORDS.content, client_id="")
    long_named = Broadcast(content=WORDS.content, client_id="x" * 33)
    over_limit(
        database_url,
        lambda account: customer_messages.send(account, "o1", said.News((card, card))),
        lambda account: broadcasts.send_to_all(account, nameless),
        lambda account: broadcasts.send_to_all(account, long_named),
        lambda account: broadcasts.send_to(account, WORDS, ["o1"]),
        lambda account: broadcasts.send_to(account, WORDS, ["o1"] * 10_001),
        lambda account: broadcasts.set_speed(account, 5),
    )
