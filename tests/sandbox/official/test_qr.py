"""Codes with a parameter, and what scanning them does."""

from urllib.parse import quote

import pytest

from jishi.sandbox.official.limits import amount
from jishi.sandbox.official.qr import AskCode, Info, Scene, reason_against
from tests.sandbox.official.conftest import Perform
from tests.sandbox.official.stage import Stage

CREATE = "/cgi-bin/qrcode/create"


def asked(name: str, seconds: int | None = None, **scene: object) -> dict[str, object]:
    body: dict[str, object] = {"action_name": name, "action_info": {"scene": scene}}
    return body if seconds is None else {**body, "expire_seconds": seconds}


def test_a_temporary_code_brings_a_stranger_and_greets_a_fan(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account(push_url="http://shop.test/wechat")
        made = await account.post(CREATE, asked("QR_STR_SCENE", 600, scene_str="poster-7"))
        assert made["expire_seconds"] == 600
        assert made["url"].startswith("http://weixin.qq.com/q/02")
        person = await stage.person()
        scanned = await stage.do("scan", person_id=person, text=made["url"])
        assert scanned == {
            "kind": "account",
            "text": made["url"],
            "appid": account.appid,
            "ticket": made["ticket"],
            "page": "",
            "is_following": True,
        }
        await stage.due()
        came = stage.receiver.text()
        assert "<Event><![CDATA[subscribe]]></Event>" in came
        assert "<EventKey><![CDATA[qrscene_poster-7]]></EventKey>" in came
        assert f"<Ticket><![CDATA[{made['ticket']}]]></Ticket>" in came
        told = await account.get("/cgi-bin/user/info", openid=await account.openid(person))
        assert told["subscribe_scene"] == "ADD_SCENE_QR_CODE"
        assert (told["qr_scene"], told["qr_scene_str"]) == (0, "poster-7")
        await stage.do("scan", person_id=person, text=made["url"])
        await stage.due()
        assert "<Event><![CDATA[SCAN]]></Event>" in stage.receiver.text()
        assert "<EventKey><![CDATA[poster-7]]></EventKey>" in stage.receiver.text()

    perform(play)


def test_a_code_is_only_looked_at_when_nobody_follows(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        made = await account.post(CREATE, asked("QR_LIMIT_SCENE", scene_id=42))
        assert "expire_seconds" not in made
        person = await stage.person()
        looked = await stage.do("scan", person_id=person, text=made["url"], will_follow=False)
        assert looked["is_following"] is False
        await stage.do(
            "follow", appid=account.appid, person_id=person, scene_value=looked["ticket"]
        )
        told = await account.get("/cgi-bin/user/info", openid=await account.openid(person))
        assert (told["qr_scene"], told["qr_scene_str"]) == (42, "")

    perform(play)


def test_a_temporary_code_is_over_by_its_time(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        made = await account.post(CREATE, asked("QR_SCENE", scene_id=1))
        assert made["expire_seconds"] == 60
        await stage.advance(seconds=61)
        person = await stage.person()
        assert (await stage.do("scan", person_id=person, text=made["url"]))["kind"] == "over"

    perform(play)


def test_a_permanent_code_is_given_again(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        body = asked("QR_LIMIT_STR_SCENE", scene_str="shop")
        assert await account.post(CREATE, body) == await account.post(CREATE, body)
        other = await account.post(CREATE, asked("QR_LIMIT_STR_SCENE", scene_str="shop2"))
        assert other["ticket"] != (await account.post(CREATE, body))["ticket"]

    perform(play)


def test_permanent_codes_are_counted(perform: Perform, monkeypatch: pytest.MonkeyPatch) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        assert amount("permanent_codes", stage.world.clock.now()) == 100_000
        monkeypatch.setattr("jishi.sandbox.official.qr.amount", lambda *_: 2)
        for number in (1, 2):
            assert "ticket" in await account.post(CREATE, asked("QR_LIMIT_SCENE", scene_id=number))
        full = await account.code(CREATE, asked("QR_LIMIT_STR_SCENE", scene_str="one more"))
        assert full == 45029
        assert "ticket" in await account.post(CREATE, asked("QR_STR_SCENE", scene_str="one more"))
        assert "ticket" in await account.post(CREATE, asked("QR_LIMIT_SCENE", scene_id=1))

    perform(play)


@pytest.mark.parametrize(
    ("name", "scene", "seconds", "number"),
    [
        ("QR_SCENE", Scene(scene_id=1), None, None),
        ("QR_SCENE", Scene(scene_id=2**32 - 1), 2_592_000, None),
        ("QR_LIMIT_SCENE", Scene(scene_id=100_000), None, None),
        ("QR_STR_SCENE", Scene(scene_str="x" * 64), 1, None),
        ("QR_OTHER", Scene(scene_id=1), None, 40052),
        ("", Scene(scene_id=1), None, 40052),
        ("QR_SCENE", Scene(), None, 40053),
        ("QR_SCENE", Scene(scene_id=0), None, 40053),
        ("QR_SCENE", Scene(scene_id=2**32), None, 40053),
        ("QR_LIMIT_SCENE", Scene(scene_id=100_001), None, 40053),
        ("QR_STR_SCENE", Scene(scene_id=7), None, 40053),
        ("QR_LIMIT_STR_SCENE", Scene(scene_str="x" * 65), None, 40053),
        ("QR_SCENE", Scene(scene_id=1), 2_592_001, 40053),
        ("QR_SCENE", Scene(scene_id=1), 0, 40053),
    ],
)
def test_a_code_is_refused_by_its_number(
    name: str, scene: Scene, seconds: int | None, number: int | None
) -> None:
    assert reason_against(AskCode(name, Info(scene), seconds)) == number


def test_a_code_is_drawn_for_its_ticket(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        made = await account.post(CREATE, asked("QR_STR_SCENE", scene_str="a"))
        drawn = await stage.http.get(f"/cgi-bin/showqrcode?ticket={quote(made['ticket'])}")
        assert drawn.headers["content-type"] == "image/png"
        assert drawn.content.startswith(b"\x89PNG")
        assert (await stage.http.get("/cgi-bin/showqrcode?ticket=none")).status_code == 404

    perform(play)


def test_other_codes_are_told_by_what_they_are(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        person = await stage.person()
        kinds = {
            "https://shop.test/p/1": "url",
            "weixin://wxpay/bizpayurl/up?pr=1&groupid=00": "payment",
            "http://weixin.qq.com/q/02none": "over",
            "凭码取货 1234": "text",
        }
        for text, kind in kinds.items():
            assert (await stage.do("scan", person_id=person, text=text))["kind"] == kind

    perform(play)


def test_long_texts_are_kept_under_a_short_key(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        made = await account.post(
            "/cgi-bin/shorten/gen", {"long_data": "长" * 100, "expire_seconds": 60}
        )
        key = {"short_key": made["short_key"]}
        told = await account.post("/cgi-bin/shorten/fetch", key)
        assert (told["long_data"], told["expire_seconds"]) == ("长" * 100, 59)
        await stage.advance(seconds=61)
        assert await account.code("/cgi-bin/shorten/fetch", key) == 9300501
        for body, number in (
            ({}, 40035),
            ({"long_data": "x" * 4097}, 45002),
            ({"long_data": "x", "expire_seconds": 2_592_001}, 40035),
        ):
            assert await account.code("/cgi-bin/shorten/gen", body) == number

    perform(play)
