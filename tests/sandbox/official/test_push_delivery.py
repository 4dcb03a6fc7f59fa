"""Pushes on their way: signed, sealed, tried again, answered in the chat."""

import re

import msgspec
import pytest

from jishi.ports.wechat.sealing import unwrap_push
from jishi.ports.wechat.signing import push_signature
from jishi.sandbox.official.chat import BROKEN
from tests.sandbox.official.conftest import Perform
from tests.sandbox.official.stage import Account, Stage
from tests.sandbox.official.test_push import reply, text

URL = "http://shop.test/wechat?shop=7"


async def fan_of(stage: Stage, kind: str = "service") -> tuple[Account, int]:
    account = await stage.account(kind, URL)
    person = await (stage.fan(account) if kind == "service" else stage.person())
    await stage.due()
    stage.receiver.came.clear()
    return account, person


async def say(stage: Stage, account: Account, person: int, words: str = "在吗") -> None:
    await stage.do("say", appid=account.appid, person_id=person, text=words)
    await stage.due()


def test_a_plain_push_is_signed_and_answered_in_the_chat(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account, person = await fan_of(stage)
        openid = await account.openid(person)
        original_id = account.known["original_id"]
        stage.receiver.answer = reply(text("在的"), to=openid, by=original_id)
        await say(stage, account, person)
        asked = stage.receiver.asked()
        assert asked["shop"] == "7"
        assert asked["openid"] == openid
        assert set(asked) == {"shop", "signature", "timestamp", "nonce", "openid"}
        signature = push_signature(account.known["token"], asked["timestamp"], asked["nonce"])
        assert asked["signature"] == signature
        chat = await account.chat(person)
        assert [(each["channel"], each["content"]) for each in chat] == [
            ("person", {"text": "在吗"}),
            ("reply", {"text": "在的"}),
        ]
        said = chat[0]["message_id"]
        assert said > 2**53
        assert re.fullmatch(
            rf"<xml><ToUserName><!\[CDATA\[{original_id}\]\]></ToUserName>"
            rf"<FromUserName><!\[CDATA\[{openid}\]\]></FromUserName><CreateTime>\d{{10}}"
            r"</CreateTime><MsgType><!\[CDATA\[text\]\]></MsgType>"
            rf"<Content><!\[CDATA\[在吗\]\]></Content><MsgId>{said}</MsgId></xml>",
            stage.receiver.text(),
        )

    perform(play)


def test_a_safe_push_is_sealed_for_the_account(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account, person = await fan_of(stage)
        await stage.scene.control(
            "PUT", f"/sandbox/accounts/{account.appid}", {"is_push_safe": True}
        )
        await say(stage, account, person)
        asked = stage.receiver.asked()
        assert asked["encrypt_type"] == "aes"
        found = re.search(r"<Encrypt><!\[CDATA\[(.*?)\]\]></Encrypt>", stage.receiver.text())
        assert found is not None
        token = account.known["token"]
        assert asked["msg_signature"] == push_signature(
            token, asked["timestamp"], asked["nonce"], found[1]
        )
        assert asked["signature"] == push_signature(token, asked["timestamp"], asked["nonce"])
        opened = unwrap_push(account.known["aes_key"], account.appid, found[1])
        assert "<Content><![CDATA[在吗]]></Content>" in opened

    perform(play)


def test_a_mini_program_is_pushed_json(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        program, person = await fan_of(stage, "mini")
        await say(stage, program, person, "hi")
        came = msgspec.json.decode(stage.receiver.text())
        assert came | {"CreateTime": 0, "MsgId": 0} == {
            "ToUserName": program.known["original_id"],
            "FromUserName": await program.openid(person),
            "CreateTime": 0,
            "MsgType": "text",
            "Content": "hi",
            "MsgId": 0,
        }
        await stage.do(
            "service-chat", appid=program.appid, person_id=person, session_from="order/1"
        )
        await stage.due()
        came = msgspec.json.decode(stage.receiver.text())
        assert (came["Event"], came["SessionFrom"]) == ("user_enter_tempsession", "order/1")

    perform(play)


def test_a_silent_server_is_tried_three_times_more_with_the_same_words(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account, person = await fan_of(stage)
        stage.receiver.status = 503
        await say(stage, account, person)
        await stage.advance(minutes=1)
        assert len(stage.receiver.came) == 4
        assert len({request.content for request in stage.receiver.came}) == 1
        nonces = {stage.receiver.asked(number)["nonce"] for number in range(4)}
        assert len(nonces) == 4
        chat = await account.chat(person)
        assert [(each["channel"], each["content"]["text"]) for each in chat] == [
            ("person", "在吗"),
            ("system", BROKEN),
        ]

    perform(play)


def test_a_server_has_five_seconds(perform: Perform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jishi.sandbox.official.push.ANSWER_SECONDS_MAX", 0.05)

    async def play(stage: Stage) -> None:
        account, person = await fan_of(stage)
        stage.receiver.seconds = 0.2
        await say(stage, account, person)
        stage.receiver.seconds = 0
        await stage.advance(seconds=5)
        assert len(stage.receiver.came) == 2
        assert [each["channel"] for each in await account.chat(person)] == ["person"]

    perform(play)


def test_nonsense_shows_that_the_account_is_out_of_order(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account, person = await fan_of(stage)
        openid = await account.openid(person)
        unknown = "<MsgType>image</MsgType><Image><MediaId>none</MediaId></Image>"
        bad = reply(unknown, to=openid, by=account.known["original_id"])
        for number, answer in enumerate((b'{"errcode":0}', bad), start=1):
            stage.receiver.answer = answer
            await say(stage, account, person)
            chat = await account.chat(person)
            assert [each["content"].get("text") for each in chat] == ["在吗", BROKEN] * number
        assert len(stage.receiver.came) == 2

    perform(play)


def test_what_is_not_said_in_the_chat_is_not_answered_there(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account, person = await fan_of(stage)
        stage.receiver.answer = b"nonsense"
        await stage.do("unfollow", appid=account.appid, person_id=person)
        await stage.due()
        assert "unsubscribe" in stage.receiver.text()
        assert await account.chat(person) == []

    perform(play)


def test_pushes_are_lost_doubled_and_late_on_demand(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account, person = await fan_of(stage)
        await stage.scene.arm("lost", operation="text")
        await say(stage, account, person, "一")
        assert stage.receiver.came == []
        await stage.scene.arm("duplicate", operation="text")
        await say(stage, account, person, "二")
        assert [stage.receiver.text(number)[-40:] for number in (0, 1)] == [
            stage.receiver.text()[-40:]
        ] * 2
        assert len(stage.receiver.came) == 2
        await stage.scene.arm("delayed", operation="text", settings={"seconds": "30"})
        await say(stage, account, person, "三")
        assert len(stage.receiver.came) == 2
        await stage.advance(seconds=31)
        assert len(stage.receiver.came) == 3

    perform(play)


def test_a_server_is_verified_before_it_is_set(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        path = f"/sandbox/accounts/{account.appid}/server"
        wrong = await stage.http.put(path, json={"push_url": URL})
        assert wrong.status_code == 400
        assert "token验证失败" in wrong.text
        stage.receiver.answer = lambda request: request.url.params["echostr"].encode()
        told = await stage.scene.control("PUT", path, {"push_url": URL, "is_push_safe": True})
        assert told == {"appid": account.appid, "push_url": URL, "is_push_safe": True}
        asked = stage.receiver.asked()
        signature = push_signature(account.known["token"], asked["timestamp"], asked["nonce"])
        assert asked["signature"] == signature
        assert stage.world.accounts[account.appid].is_push_safe

    perform(play)


def test_pictures_and_places_are_pushed_with_what_they_are(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account, person = await fan_of(stage)
        who = {"appid": account.appid, "person_id": person}
        await stage.do("picture", **who)
        await stage.due()
        found = re.search(r"<PicUrl><!\[CDATA\[(.*?)\]\]></PicUrl>", stage.receiver.text())
        assert found is not None
        seen = await stage.http.get(found[1])
        assert seen.headers["content-type"] == "image/png"
        media = re.search(r"<MediaId><!\[CDATA\[(.*?)\]\]></MediaId>", stage.receiver.text())
        assert media is not None
        fetched = await stage.http.get(
            "/cgi-bin/media/get", params={"access_token": account.token, "media_id": media[1]}
        )
        assert fetched.content == seen.content
        await stage.do("place", latitude="30.1", longitude="120.2", label="西湖", **who)
        await stage.due()
        assert "<Location_X><![CDATA[30.1]]></Location_X>" in stage.receiver.text()
        assert "<Label><![CDATA[西湖]]></Label>" in stage.receiver.text()
        await stage.do("location", latitude="30.1", longitude="120.2", **who)
        await stage.due()
        assert "<Event><![CDATA[LOCATION]]></Event>" in stage.receiver.text()
        assert [each["kind"] for each in await account.chat(person)] == ["image", "location"]

    perform(play)


def test_a_stranger_cannot_talk_to_a_service_account(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account(push_url=URL)
        person = await stage.person()
        who = {"appid": account.appid, "person_id": person}
        assert await stage.undone("say", text="在吗", **who) == "NOT_FOLLOWING"
        assert await stage.undone("unfollow", **who) == "NOT_FOLLOWING"
        assert await stage.undone("follow", appid="wx0", person_id=person) == "NO_ACCOUNT"
        assert await stage.undone("follow", appid=account.appid, person_id=2**40) == "NOBODY"
        await stage.do("follow", **who)
        assert await stage.undone("follow", **who) == "IS_FOLLOWING"
        openid = await account.openid(person)
        await stage.do("say", appid=account.appid, openid=openid, text="在吗")
        assert len(await account.chat(person)) == 1

    perform(play)
