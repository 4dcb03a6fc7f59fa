"""Template messages: taken from the library, filled in, sent once."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishi.sandbox.official.template_rules import fields, lines, may_hold, reason_against
from tests.sandbox.official.conftest import Perform
from tests.sandbox.official.stage import Account, Stage

ADD, SEND = "/cgi-bin/template/api_add_template", "/cgi-bin/message/template/send"
CONTENT = "{{first.DATA}}\n订单号：{{character_string1.DATA}}\n金额：{{amount3.DATA}}"
DATA = {
    "character_string1": {"value": "S2026"},
    "thing2": {"value": "青砖茶"},
    "amount3": {"value": "99.00元"},
    "time4": {"value": "2026年11月22日 15:01"},
}


async def taken(account: Account) -> str:
    return str((await account.post(ADD, {"template_id_short": "43216"}))["template_id"])


def message(openid: str, template_id: str, **more: object) -> dict[str, Any]:
    return {"touser": openid, "template_id": template_id, "data": DATA, **more}


def test_a_template_is_read_line_by_line() -> None:
    assert fields(CONTENT) == ["first", "character_string1", "amount3"]
    assert [(each.name, each.field) for each in lines(CONTENT)] == [
        ("", "first"),
        ("订单号", "character_string1"),
        ("金额", "amount3"),
    ]


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("thing2", "二" * 20, "二" * 21),
        ("number1", "12.5", "12a"),
        ("letter1", "abc", "ab1"),
        ("symbol1", "#*", "##a"),
        ("character_string1", "A-1#", "订单"),
        ("time1", "15:01", "25:01"),
        ("time1", "2026年11月22日 15:01~16:00", "明天"),
        ("date1", "2026年11月22日", "11月22日"),
        ("amount1", "¥99.00", "九十九"),
        ("phone_number1", "+86-0571-88888888", "请致电"),
        ("car_number1", "浙A8Z888", "A"),
        ("name1", "林小满", "十一个汉字的名字太长了"),
        ("name1", "Lin Xiaoman", "x" * 21),
        ("phrase1", "已发货", "已经发货了呀"),
        ("phrase1", "待付款", "pending"),
        ("keyword1", "随便写 x1", "长" * 201),
    ],
)
def test_a_field_holds_what_its_kind_may(field: str, good: str, bad: str) -> None:
    assert may_hold(field, good)
    assert not may_hold(field, bad)


@given(st.text(min_size=1, max_size=25))
def test_a_thing_is_twenty_letters_whatever_they_are(words: str) -> None:
    assert may_hold("thing1", words) == (len(words) <= 20)


def test_the_first_bad_field_is_named() -> None:
    good = {"character_string1": "S1", "amount3": "1元"}
    assert reason_against(CONTENT, good) is None
    assert reason_against(CONTENT, {**good, "unknown": "x"}) is None
    empty = reason_against(CONTENT, {"amount3": "1元"})
    assert empty == "argument invalid! data.character_string1.value is empty"
    odd = reason_against(CONTENT, {**good, "amount3": "很多"})
    assert odd == "argument invalid! data.amount3.value invalid"


def test_a_message_is_sent_and_its_arrival_told(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account(push_url="http://shop.test/wechat")
        person = await stage.fan(account)
        openid, template_id = await account.openid(person), await taken(account)
        program = await stage.account("mini")
        way = {"appid": program.appid, "pagepath": "pages/order?id=1"}
        body = message(openid, template_id, url="https://shop.test/o/1", miniprogram=way)
        told = await account.post(SEND, body)
        assert (told["errcode"], told["errmsg"]) == (0, "ok")
        await stage.due()
        assert f"<MsgID>{told['msgid']}</MsgID>" in stage.receiver.everything()
        assert "<Status><![CDATA[success]]></Status>" in stage.receiver.everything()
        (said,) = await account.chat(person)
        assert said["message_id"] == told["msgid"]
        assert (said["channel"], said["about"]) == ("template", template_id)
        assert said["content"] == {
            "title": "订单支付成功通知",
            "url": "https://shop.test/o/1",
            "appid": program.appid,
            "page": "pages/order?id=1",
            "fields": [
                {"name": "订单号", "text": "S2026", "colour": ""},
                {"name": "商品名称", "text": "青砖茶", "colour": ""},
                {"name": "支付金额", "text": "99.00元", "colour": ""},
                {"name": "支付时间", "text": "2026年11月22日 15:01", "colour": ""},
            ],
        }

    perform(play)


def test_a_message_is_refused_by_its_number_and_nothing_is_said(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        person, stranger = await stage.fan(account), await stage.person()
        openid, template_id = await account.openid(person), await taken(account)
        unknown = await account.openid(stranger)
        bad = {**DATA, "amount3": {"value": "很多钱"}}
        for body, number in (
            (message("nobody", template_id), 40003),
            (message(openid, "none"), 40037),
            (message(unknown, template_id), 43004),
            ({**message(openid, template_id), "data": bad}, 47003),
            ({**message(openid, template_id), "data": {}}, 47003),
            (message(openid, template_id, miniprogram={"appid": "wx0"}), 40013),
            (message(openid, template_id, client_msg_id="x" * 33), 40035),
            (message(openid, template_id, data="x"), 47001),
        ):
            assert await account.code(SEND, body) == number
        told = await account.post(SEND, {**message(openid, template_id), "data": bad})
        assert told["errmsg"].startswith("argument invalid! data.amount3.value invalid rid: ")
        await account.post("/cgi-bin/tags/members/batchblacklist", {"openid_list": [openid]})
        assert await account.code(SEND, message(openid, template_id)) == 43019
        assert await account.chat(person) == []

    perform(play)


def test_one_who_takes_no_messages_sees_none(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account(push_url="http://shop.test/wechat")
        person = await stage.fan(account)
        await stage.do("mute", appid=account.appid, person_id=person)
        body = message(await account.openid(person), await taken(account))
        assert (await account.post(SEND, body))["errcode"] == 0
        await stage.due()
        assert "<Status><![CDATA[failed:user block]]></Status>" in stage.receiver.everything()
        assert await account.chat(person) == []

    perform(play)


def test_the_same_client_id_sends_one_message_within_ten_minutes(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        person, other = await stage.fan(account), await stage.fan(account)
        template_id = await taken(account)
        openid = await account.openid(person)
        body = message(openid, template_id, client_msg_id="order-1")
        first, second = await asyncio.gather(account.post(SEND, body), account.post(SEND, body))
        assert first == second
        assert len(await account.chat(person)) == 1
        await account.post(SEND, {**body, "touser": await account.openid(other)})
        assert len(await account.chat(other)) == 1
        await stage.advance(minutes=10)
        assert (await account.post(SEND, body))["msgid"] != first["msgid"]
        assert len(await account.chat(person)) == 2

    perform(play)


def test_a_hundred_thousand_messages_a_day_are_sent(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        person = await stage.fan(account)
        body = message(await account.openid(person), await taken(account))
        async with stage.world.transaction() as tx:
            await tx.connection.execute(
                "insert into sandbox.usages (appid, operation, begins_at, slot, used) values "
                "($1, $2, date_trunc('day', $3 at time zone 'Asia/Shanghai')"
                " at time zone 'Asia/Shanghai', 99, 99999)", account.appid, SEND, tx.now,
            )  # fmt: skip
        assert [await account.code(SEND, body) for _ in range(3)] == [0, 45009, 45009]
        assert len(await account.chat(person)) == 1
        await stage.advance(days=1)
        await account.take_token()
        assert await account.code(SEND, body) == 0

    perform(play)


def test_the_quota_can_be_used_up_on_demand(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        body = message(await account.openid(await stage.fan(account)), await taken(account))
        await stage.scene.arm("quota_exceeded", operation=SEND)
        assert [await account.code(SEND, body) for _ in range(2)] == [45009, 0]

    perform(play)


def test_templates_are_taken_listed_and_given_back(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        assert await account.code(ADD, {"template_id_short": "none"}) == 40037
        some = {"template_id_short": "43216", "keyword_name_list": ["订单号", "支付金额"]}
        template_id = (await account.post(ADD, some))["template_id"]
        assert len(template_id) == 43
        listed = await account.get("/cgi-bin/template/get_all_private_template")
        assert listed["template_list"] == [
            {
                "template_id": template_id,
                "title": "订单支付成功通知",
                "primary_industry": "IT科技",
                "deputy_industry": "互联网|电子商务",
                "content": "订单号：{{character_string1.DATA}}\n支付金额：{{amount3.DATA}}",
                "example": "",
            }
        ]
        delete = "/cgi-bin/template/del_private_template"
        assert await account.code(delete, {"template_id": template_id}) == 0
        assert await account.code(delete, {"template_id": template_id}) == 40037
        for _ in range(25):
            assert await taken(account)
        assert await account.code(ADD, {"template_id_short": "43216"}) == 45026

    perform(play)


def test_the_industry_changes_once_a_month(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        change = "/cgi-bin/template/api_set_industry"
        assert await account.code(change, {"industry_id1": "1", "industry_id2": "99"}) == 40035
        assert await account.code(change, {"industry_id1": "10", "industry_id2": "13"}) == 0
        assert await account.get("/cgi-bin/template/get_industry") == {
            "primary_industry": {"first_class": "餐饮", "second_class": "餐饮"},
            "secondary_industry": {"first_class": "运输与仓储", "second_class": "快递"},
        }
        assert await account.code(change, {"industry_id1": "1", "industry_id2": "2"}) == 45009
        await stage.advance(days=31)
        await account.take_token()
        assert await account.code(change, {"industry_id1": "1", "industry_id2": "2"}) == 0

    perform(play)


def test_a_template_of_ones_own_is_added_at_the_control_door(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        path = f"/sandbox/accounts/{account.appid}/templates"
        mine = {
            "title": "提货",
            "content": "提货码：{{character_string1.DATA}}",
            "template_id": "T1",
        }
        await stage.scene.control("POST", path, mine)
        listed = await stage.scene.control("GET", path)
        assert [each["template_id"] for each in listed["templates"]] == ["T1"]
        openid = await account.openid(await stage.fan(account))
        assert await account.code(SEND, message(openid, "T1")) == 0

    perform(play)
