"""wechatpy reads pushes, plain and encrypted, and what it replies stands in the chat."""

import io
from collections.abc import Iterator
from typing import Any

import pytest

from tests.ports.conformance.clients import (
    BadAppid,
    BadSignature,
    PushCrypto,
    check_signature,
    parse_message,
    replies,
)
from tests.ports.conformance.official.visit import Somebody, Visit
from tests.ports.conformance.receiver import Came, Said

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(32))


class Developer:
    """A developer's server on wechatpy: it opens pushes, and replies what a test wants."""

    def __init__(self, visit: Visit, *, is_safe: bool) -> None:
        self.visit, self.is_safe = visit, is_safe
        self.token = visit.account["token"]
        self.crypto = PushCrypto(self.token, visit.account["aes_key"], visit.appid)
        self.messages: list[Any] = []
        self.reply: Any = None
        visit.inbox.answer = self.answer

    def answer(self, came: Came) -> Said:
        """Answer a verification with its echo, and a push with the reply."""
        asked = came.query
        try:
            check_signature(self.token, asked["signature"], asked["timestamp"], asked["nonce"])
        except BadSignature:
            return Said(403)
        if came.method == "GET":
            return Said(200, asked["echostr"])
        message = parse_message(self.opened(came))
        self.messages.append(message)
        if self.reply is None:
            return Said(200, "success")
        reply = replies.create_reply(self.reply, message)
        text = reply.render()
        if self.is_safe:
            text = self.crypto.encrypt_message(text, asked["nonce"], asked["timestamp"])
        return Said(200, text)

    def opened(self, came: Came) -> str:
        """Open what is encrypted."""
        if not self.is_safe:
            return came.body.decode()
        asked = came.query
        return str(
            self.crypto.decrypt_message(
                came.body, asked["msg_signature"], asked["timestamp"], asked["nonce"]
            )
        )

    def told(self, deed: str, person: Somebody, **asked: object) -> Any:
        """Let a person do something, and give the one message that tells of it."""
        self.visit.do(deed, person, **asked)
        (message,) = self.taken()
        return message

    def taken(self) -> list[Any]:
        """Have brought what is due; give the messages since the last time."""
        self.visit.hands.settle()
        messages, self.messages = self.messages, []
        return messages


@pytest.fixture(params=[False, True], ids=["plain", "safe"])
def developer(request: pytest.FixtureRequest, visit: Visit) -> Iterator[Developer]:
    """Lend a developer's server that WeChat has verified."""
    made = Developer(visit, is_safe=request.param)
    asked = {"push_url": visit.inbox.url, "is_push_safe": request.param}
    visit.hands.do("PUT", f"/accounts/{visit.appid}/server", asked)
    yield made
    visit.hands.advance(20)


def test_the_server_is_verified_before_anything_is_pushed(developer: Developer) -> None:
    (came,) = developer.visit.inbox.taken()
    assert came.method == "GET"
    asked = {**came.query, "nonce": "0"}
    with pytest.raises(BadSignature):
        check_signature(developer.token, asked["signature"], asked["timestamp"], asked["nonce"])


def test_following_and_leaving_are_told(developer: Developer) -> None:
    visit, person = developer.visit, developer.visit.somebody()
    follow = developer.told("follow", person)
    assert (follow.type, follow.event, follow.source) == ("event", "subscribe", person.openid)
    assert follow.target == visit.account["original_id"]
    assert developer.told("unfollow", person).event == "unsubscribe"
    code = visit.client.qrcode.create(
        {"action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": "poster"}}}
    )
    visit.hands.deed("scan", person_id=person.person_id, text=code["url"])
    (scanned,) = developer.taken()
    assert (scanned.event, scanned.scene_id, scanned.ticket) == (
        "subscribe_scan", "poster", code["ticket"],
    )  # fmt: skip
    visit.hands.deed("scan", person_id=person.person_id, text=code["url"])
    (again,) = developer.taken()
    assert (again.event, again.scene_id) == ("scan", "poster")


def test_what_a_person_says_shows_or_taps_is_read(developer: Developer) -> None:
    visit, person = developer.visit, developer.visit.fan()
    developer.taken()
    said = developer.told("say", person, text="在吗 <>&]]>")
    assert (said.type, said.content) == ("text", "在吗 <>&]]>")
    assert said.id > 0
    shown = developer.told("picture", person)
    assert shown.type == "image"
    assert visit.client.media.download(shown.media_id).content.startswith(b"\x89PNG")
    place = developer.told("place", person, latitude="30.2741", longitude="120.1551", label="西湖")
    assert (place.location_x, place.location_y, place.label) == ("30.2741", "120.1551", "西湖")
    reported = developer.told("location", person, latitude="30.2", longitude="120.1")
    assert (reported.event, float(reported.latitude)) == ("location", 30.2)
    menu = [{"type": "click", "name": "签到", "key": "SIGN"},
            {"type": "view", "name": "逛逛", "url": "http://127.0.0.1/"}]  # fmt: skip
    visit.client.menu.create({"button": menu})
    tapped = developer.told("menu", person, button="0")
    assert (tapped.event, tapped.key) == ("click", "SIGN")
    viewed = developer.told("menu", person, button="1")
    assert (viewed.event, viewed.url) == ("view", "http://127.0.0.1/")


def test_how_a_template_and_a_broadcast_went_is_told(developer: Developer) -> None:
    visit, person = developer.visit, developer.visit.fan()
    developer.taken()
    template = visit.client.template.add("46241")
    data = {"character_string1": {"value": "8812"}, "thing2": {"value": "门店"},
            "time3": {"value": "2026年11月22日"}}  # fmt: skip
    sent = visit.client.message.send_template(person.openid, template, data)
    (told,) = developer.taken()
    assert (told.event, told.id, told.status) == ("templatesendjobfinish", sent["msgid"], "success")
    sent = visit.client.message.send_mass_text(None, "新茶", is_to_all=True)
    visit.hands.advance(5)
    (told,) = developer.taken()
    assert (told.event, told.id, told.sent_count) == ("masssendjobfinish", sent["msg_id"], 1)
    assert told.status == "send success"


def test_a_reply_of_words_a_picture_or_news_stands_in_the_chat(developer: Developer) -> None:
    visit, person = developer.visit, developer.visit.fan()
    developer.taken()
    picture = visit.client.media.upload("image", ("p.png", io.BytesIO(PNG)))["media_id"]
    news = [{"title": "新茶", "description": "到了", "image": "", "url": "http://127.0.0.1/9"}]
    for reply in ("在的 <b>&]]", replies.ImageReply(media_id=picture), news):
        developer.reply = reply
        developer.told("say", person, text="在吗")
    said = [each for each in visit.chat(person) if not each["is_from_person"]]
    assert [(each["channel"], each["kind"]) for each in said] == [
        ("reply", "text"), ("reply", "image"), ("reply", "news"),
    ]  # fmt: skip
    assert said[0]["content"]["text"] == "在的 <b>&]]"
    assert said[1]["content"]["media_id"] == picture
    assert said[2]["content"]["pieces"][0]["url"] == "http://127.0.0.1/9"


def test_a_reply_is_not_needed_and_may_be_handed_to_people(developer: Developer) -> None:
    visit, person = developer.visit, developer.visit.fan()
    developer.taken()
    for reply in (replies.EmptyReply(), replies.TransferCustomerServiceReply()):
        developer.reply = reply
        if not (developer.is_safe and isinstance(reply, replies.EmptyReply)):
            developer.told("say", person, text="在吗")
    assert all(each["is_from_person"] for each in visit.chat(person))


def test_a_reply_to_somebody_else_breaks_the_chat(developer: Developer) -> None:
    visit, person = developer.visit, developer.visit.fan()
    developer.taken()
    wrong = replies.TextReply(content="在的", source="gh_other", target=person.openid).render()
    sent = developer.crypto.encrypt_message(wrong, "1") if developer.is_safe else wrong
    visit.inbox.answer = lambda _: Said(200, sent)
    visit.do("say", person, text="在吗")
    visit.hands.settle()
    assert visit.last_word(person)["channel"] == "system"


def test_a_push_that_is_not_answered_comes_three_times_more_with_the_same_id(
    developer: Developer,
) -> None:
    visit, person = developer.visit, developer.visit.fan()
    developer.taken()
    visit.inbox.answer = lambda _: Said(500)
    visit.inbox.taken()
    visit.do("say", person, text="在吗")
    visit.hands.advance(30)
    came = [parse_message(developer.opened(each)) for each in visit.inbox.taken()]
    assert len(came) == 4
    assert len({each.id for each in came}) == 1
    assert visit.last_word(person)["channel"] == "system"


def test_a_push_is_opened_only_by_whom_it_is_for(developer: Developer) -> None:
    visit, person = developer.visit, developer.visit.fan()
    visit.hands.settle()
    visit.inbox.taken()
    visit.do("say", person, text="在吗")
    visit.hands.settle()
    (came,) = visit.inbox.taken()
    if not developer.is_safe:
        assert "Encrypt" not in came.body.decode()
        return
    assert "在吗" not in came.body.decode()
    asked = came.query
    told = came.body, asked["msg_signature"], asked["timestamp"], asked["nonce"]
    stranger = PushCrypto(developer.token, visit.account["aes_key"], "wx0000000000000000")
    with pytest.raises(BadAppid):
        stranger.decrypt_message(*told)
    with pytest.raises(BadSignature):
        developer.crypto.decrypt_message(*told[:3], "0")
