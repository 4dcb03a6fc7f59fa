"""Menus: what they may be, who sees which, and what a tap does."""

import json
from typing import Any

import pytest

from jishi.sandbox.official.menu_rules import Button, reason_against
from tests.sandbox.official.conftest import Perform
from tests.sandbox.official.stage import Stage

CREATE, CONDITIONAL = "/cgi-bin/menu/create", "/cgi-bin/menu/addconditional"
MENU = [
    {"type": "click", "name": "今日上新", "key": "NEW"},
    {
        "name": "逛店",
        "sub_button": [
            {"type": "view", "name": "首页", "url": "https://shop.test/"},
            {"type": "scancode_waitmsg", "name": "核销", "key": "REDEEM"},
            {"type": "location_select", "name": "附近", "key": "NEAR"},
            {
                "type": "miniprogram",
                "name": "小程序",
                "url": "https://shop.test/",
                "appid": "wx1",
                "pagepath": "pages/a",
            },
        ],
    },
]
GOOD = Button(name="好", type="click", key="K")


def leaf(**more: str) -> Button:
    return Button(**{"name": "好", "type": "click", "key": "K", **more})  # type: ignore[arg-type]  # texts all


@pytest.mark.parametrize(
    ("buttons", "number"),
    [
        ([GOOD], None),
        ([GOOD] * 3, None),
        ([Button(name="好", sub_button=[GOOD] * 5)], None),
        ([], 40016),
        ([GOOD] * 4, 40016),
        ([leaf(type="")], 40017),
        ([leaf(type="jump")], 40017),
        ([leaf(name="")], 40018),
        ([leaf(name="六个汉字太长")], 40018),
        ([leaf(name="五个汉字好")], None),
        ([leaf(key="")], 40019),
        ([leaf(key="k" * 129)], 40019),
        ([leaf(type="view", url="")], 40020),
        ([leaf(type="view", url="https://a.test/" + "x" * 1024)], 40020),
        ([leaf(type="view", url="shop.test")], 40055),
        ([leaf(type="media_id")], 40007),
        ([leaf(type="miniprogram", url="https://a.test/")], 45064),
        ([Button(name="好", sub_button=[Button(name="好", sub_button=[GOOD])])], 40022),
        ([Button(name="好", sub_button=[GOOD] * 6)], 40023),
        ([Button(name="好", sub_button=[leaf(type="jump")])], 40024),
        ([Button(name="好", sub_button=[leaf(name="字" * 21)])], 40025),
        ([Button(name="好", sub_button=[leaf(name="字" * 20)])], None),
        ([Button(name="好", sub_button=[leaf(key="k" * 129)])], 40026),
        ([Button(name="好", sub_button=[leaf(type="view", url="")])], 40027),
        ([Button(name="好", sub_button=[leaf(type="view", url="ftp://a.test/")])], 40054),
    ],
)
def test_a_menu_is_refused_by_its_number(buttons: list[Button], number: int | None) -> None:
    assert reason_against(buttons) == number


def test_a_menu_is_told_as_it_was_made(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        assert (await account.get("/cgi-bin/menu/get"))["errcode"] == 46003
        assert await account.get("/cgi-bin/get_current_selfmenu_info") == {"is_menu_open": 0}
        assert await account.code(CREATE, {"button": MENU}) == 0
        assert (await account.get("/cgi-bin/menu/get"))["menu"] == {"button": MENU}
        own = await account.get("/cgi-bin/get_current_selfmenu_info")
        assert own["is_menu_open"] == 1
        assert [each["name"] for each in own["selfmenu_info"]["button"]] == ["今日上新", "逛店"]
        listed = own["selfmenu_info"]["button"][1]["sub_button"]["list"]
        assert len(listed) == 4
        assert (await account.get("/cgi-bin/menu/delete"))["errcode"] == 0
        assert (await account.get("/cgi-bin/menu/get"))["errcode"] == 46003

    perform(play)


def test_escaped_letters_are_refused(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        answer = await stage.http.post(
            CREATE, params={"access_token": account.token}, content=json.dumps({"button": MENU})
        )
        assert answer.json()["errcode"] == 40033
        unknown = {"button": [{"type": "media_id", "name": "图", "media_id": "none"}]}
        assert await account.code(CREATE, unknown) == 40007
        assert await account.code(CREATE, {"button": "x"}) == 47001
        assert await account.code(CREATE, {"button": MENU, "unknown": 1}) == 0

    perform(play)


def test_the_newest_conditional_menu_that_fits_is_shown(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        one = [{"type": "click", "name": "一", "key": "1"}]
        two = [{"type": "click", "name": "二", "key": "2"}]
        rule = {"client_platform_type": "2"}
        assert await account.code(CONDITIONAL, {"button": one, "matchrule": rule}) == 65303
        await account.post(CREATE, {"button": MENU})
        assert await account.code(CONDITIONAL, {"button": one}) == 65304
        assert await account.code(CONDITIONAL, {"button": [], "matchrule": rule}) == 65307
        tag = (await account.post("/cgi-bin/tags/create", {"tag": {"name": "团长"}}))["tag"]["id"]
        by_tag = {"button": one, "matchrule": {"tag_id": str(tag)}}
        menuid = (await account.post(CONDITIONAL, by_tag))["menuid"]
        person = await stage.fan(account)
        openid = await account.openid(person)

        async def seen() -> Any:
            told = await account.post("/cgi-bin/menu/trymatch", {"user_id": openid})
            return told["button"][0]["name"]

        assert await seen() == "今日上新"
        members = {"openid_list": [openid], "tagid": tag}
        await account.post("/cgi-bin/tags/members/batchtagging", members)
        assert await seen() == "一"
        await account.post(CONDITIONAL, {"button": two, "matchrule": rule})
        assert await seen() == "二"
        await account.post(CONDITIONAL, {"button": one, "matchrule": {"client_platform_type": "1"}})
        assert await seen() == "二"
        told = await account.get("/cgi-bin/menu/get")
        assert [each["button"][0]["name"] for each in told["conditionalmenu"]] == ["一", "二", "一"]
        assert told["conditionalmenu"][2]["matchrule"] == {"tag_id": str(tag)}
        delete = "/cgi-bin/menu/delconditional"
        assert await account.code(delete, {"menuid": menuid}) == 0
        assert await account.code(delete, {"menuid": menuid}) == 65301
        assert await account.code("/cgi-bin/menu/trymatch", {"user_id": "nobody"}) == 65302

    perform(play)


def test_a_conditional_menu_leads_to_three_domains(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        await account.post(CREATE, {"button": MENU})
        subs = [{"type": "view", "name": "去", "url": f"https://{each}.test/"} for each in "abcd"]
        menu = {"button": [{"name": "好", "sub_button": subs}],
                "matchrule": {"client_platform_type": "2"}}  # fmt: skip
        assert await account.code(CONDITIONAL, menu) == 65316

    perform(play)


def test_a_tap_is_pushed_and_leads_on(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account(push_url="http://shop.test/wechat")
        person = await stage.fan(account)
        who = {"appid": account.appid, "person_id": person}
        assert await stage.undone("menu", button="0", **who) == "NO_MENU"
        await account.post(CREATE, {"button": MENU})
        await stage.due()

        async def tapped(button: str, given: str = "") -> tuple[Any, str]:
            led = await stage.do("menu", button=button, given=given, **who)
            await stage.due()
            return led, stage.receiver.text()

        led, came = await tapped("0")
        assert led["type"] == "click"
        assert "<Event><![CDATA[CLICK]]></Event><EventKey><![CDATA[NEW]]></EventKey>" in came
        led, came = await tapped("首页")
        assert led["url"] == "https://shop.test/"
        assert "<Event><![CDATA[VIEW]]></Event>" in came
        led, came = await tapped("REDEEM", "券码 77")
        assert "<ScanCodeInfo><ScanType><![CDATA[qrcode]]></ScanType>" in came
        assert "<ScanResult><![CDATA[券码 77]]></ScanResult></ScanCodeInfo>" in came
        led, came = await tapped("1.2", "30.1,120.2")
        assert "<Location_X><![CDATA[30.1]]></Location_X>" in came
        led, came = await tapped("1.3")
        assert (led["appid"], led["page"]) == ("wx1", "pages/a")
        assert "<Event><![CDATA[view_miniprogram]]></Event>" in came
        assert await stage.undone("menu", button="1", **who) == "NO_BUTTON"
        assert await stage.undone("menu", button="9", **who) == "NO_BUTTON"

    perform(play)
