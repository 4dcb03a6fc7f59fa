"""Subscription notices and one-time subscriptions: one consent, one message."""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import msgspec

from tests.sandbox.official.conftest import Perform
from tests.sandbox.official.stage import Account, Stage

ADD = "/wxaapi/newtmpl/addtemplate"
SERVICE, MINI = "/cgi-bin/message/subscribe/bizsend", "/cgi-bin/message/subscribe/send"
ONE_TIME = "/cgi-bin/message/template/subscribe"
DATA = {"character_string1": {"value": "T-77"}, "thing2": {"value": "西湖店"}}


async def taken(account: Account, tid: str = "1988") -> str:
    body = {"tid": tid, "kidList": [1, 2], "sceneDesc": "提货"}
    return str((await account.post(ADD, body))["priTmplId"])


def test_a_consent_is_worth_one_notice(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account(push_url="http://shop.test/wechat")
        person = await stage.person()
        openid, template_id = await account.openid(person), await taken(account)
        body = {"touser": openid, "template_id": template_id, "data": DATA, "page": "https://a/"}
        assert await account.code(SERVICE, body) == 43101
        who = {"appid": account.appid, "person_id": person}
        for _ in range(2):
            await stage.do("subscription", template_ids=[template_id], **who)
        await stage.due()
        assert (
            "<SubscribeMsgPopupEvent><List><TemplateId><![CDATA["
            f"{template_id}]]></TemplateId><SubscribeStatusString><![CDATA[accept]]>"
            "</SubscribeStatusString><PopupScene><![CDATA[1]]></PopupScene></List>"
        ) in stage.receiver.text()
        sent = [await account.post(SERVICE, body) for _ in range(3)]
        assert [each["errcode"] for each in sent] == [0, 0, 43101]
        await stage.due()
        assert "<Event><![CDATA[subscribe_msg_sent_event]]></Event>" in stage.receiver.text()
        chat = await account.chat(person)
        assert [each["message_id"] for each in chat] == [each["msgid"] for each in sent[:2]]
        assert chat[0]["content"]["fields"] == [
            {"name": "提货码", "text": "T-77", "colour": ""},
            {"name": "提货门店", "text": "西湖店", "colour": ""},
        ]

    perform(play)


def test_a_refused_or_withdrawn_notice_is_not_sent(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        program = await stage.account("mini", "http://shop.test/mini")
        person = await stage.person()
        openid = await program.openid(person)
        yes, no = await taken(program), await taken(program, "1856")
        who = {"appid": program.appid, "person_id": person}
        await stage.do("subscription", template_ids=[yes], rejected=[no], **who)
        await stage.due()
        came = msgspec.json.decode(stage.receiver.text())
        assert came["Event"] == "subscribe_msg_popup_event"
        assert [each["SubscribeStatusString"] for each in came["List"]] == ["accept", "reject"]
        body = {"touser": openid, "template_id": yes, "data": DATA}
        other = {**DATA, "thing2": {"value": "青砖茶"}}
        refused = {"touser": openid, "template_id": no, "data": other}
        assert await program.code(MINI, refused) == 43101
        await stage.do("withdrawal", template_ids=[yes], **who)
        await stage.due()
        assert msgspec.json.decode(stage.receiver.text())["Event"] == "subscribe_msg_change_event"
        assert await program.code(MINI, body) == 43101
        assert await program.chat(person) == []
        none = await stage.undone("subscription", template_ids=["none"], **who)
        assert none == "NO_TEMPLATE"

    perform(play)


def test_a_notice_is_refused_by_its_number_and_costs_no_consent(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        program = await stage.account("mini")
        person = await stage.person()
        openid, template_id = await program.openid(person), await taken(program)
        await stage.do(
            "subscription", template_ids=[template_id], appid=program.appid, person_id=person
        )
        good = {"touser": openid, "template_id": template_id, "data": DATA, "page": "pages/a"}
        for change, number in (
            ({"touser": "nobody"}, 40003),
            ({"template_id": "none"}, 40037),
            ({"page": "/pages/a"}, 41030),
            ({"data": {}}, 47003),
            ({"data": {**DATA, "thing2": {"value": "店" * 21}}}, 47003),
        ):
            assert await program.code(MINI, {**good, **change}) == number
        assert await program.code(SERVICE, good) == 48001
        await stage.scene.arm("quota_exceeded", operation=MINI)
        assert await program.code(MINI, good) == 45009
        assert await program.code(MINI, good) == 0

    perform(play)


def test_a_long_term_consent_is_not_spent(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        person = await stage.person()
        body = {"tid": "4090", "kidList": [1, 2], "sceneDesc": "进度"}
        template_id = (await account.post(ADD, body))["priTmplId"]
        await stage.do(
            "subscription", template_ids=[template_id], appid=account.appid, person_id=person
        )
        data = {"thing1": {"value": "维修"}, "phrase2": {"value": "已完成"}}
        notice = {
            "touser": await account.openid(person), "template_id": template_id, "data": data,
        }  # fmt: skip
        assert [await account.code(SERVICE, notice) for _ in range(3)] == [0, 0, 0]

    perform(play)


def test_the_library_of_notices_is_read_in_pages(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        known = await account.get("/wxaapi/newtmpl/getcategory")
        assert known["data"][0] == {"id": 307, "name": "电商平台"}
        titles = "/wxaapi/newtmpl/getpubtemplatetitles"
        page = await account.get(titles, ids="307,670", start=1, limit=2)
        assert page["count"] == 3
        assert [each["tid"] for each in page["data"]] == ["1856", "1988"]
        assert page["data"][0]["categoryId"] == "307"
        for asked, number in (
            ({"ids": "", "start": 0, "limit": 1}, 200018),
            ({"ids": "307", "start": "x", "limit": 1}, 200016),
            ({"ids": "307", "start": 0, "limit": 31}, 200017),
        ):
            assert (await account.get(titles, **asked))["errcode"] == number  # type: ignore[arg-type]  # texts and numbers
        words = await account.get("/wxaapi/newtmpl/getpubtemplatekeywords", tid="1988")
        assert words["data"][1] == {
            "kid": 2, "name": "提货门店", "example": "示例内容", "rule": "thing",
        }  # fmt: skip
        missing = await account.get("/wxaapi/newtmpl/getpubtemplatekeywords", tid="0")
        assert missing["errcode"] == 200014

    perform(play)


def test_notices_are_taken_and_given_back(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        good = {"tid": "1988", "kidList": [2, 1], "sceneDesc": "提货"}
        for change, number in (
            ({"tid": "0"}, 200014),
            ({"kidList": [1]}, 200020),
            ({"kidList": [1, 9]}, 200020),
            ({"sceneDesc": "字" * 16}, 200021),
        ):
            assert await account.code(ADD, {**good, **change}) == number
        template_id = (await account.post(ADD, good))["priTmplId"]
        (mine,) = (await account.get("/wxaapi/newtmpl/gettemplate"))["data"]
        assert mine["priTmplId"] == template_id
        assert mine["content"] == "提货门店：{{thing2.DATA}}\n提货码：{{character_string1.DATA}}"
        assert mine["type"] == 2
        delete = "/wxaapi/newtmpl/deltemplate"
        assert await account.code(delete, {"priTmplId": template_id}) == 0
        assert await account.code(delete, {"priTmplId": template_id}) == 40037
        for _ in range(25):
            await account.post(ADD, good)
        assert await account.code(ADD, good) == 200012

    perform(play)


async def asked_page(stage: Stage, account: Account, **change: str) -> dict[str, str]:
    told = await stage.scene.control("GET", f"/sandbox/accounts/{account.appid}/templates")
    return {
        "action": "get_confirm",
        "appid": account.appid,
        "scene": "1000",
        "template_id": told["one_time_template_id"],
        "redirect_url": "http://127.0.0.1:8000/back?x=1",
        "reserved": "abc",
    } | change


def test_a_one_time_subscription_is_confirmed_on_a_page(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        person = await stage.person()
        asked = await asked_page(stage, account)
        shown = await stage.open(f"/mp/subscribemsg?{urlencode(asked)}", person)
        assert shown.status_code == 200
        assert "青石小店 申请向你发送一条消息" in shown.text
        given = dict(re.findall(r'name="(\w+)" value="([^"]*)"', shown.text))
        headers = {"x-sandbox-person": str(person), "User-Agent": "MicroMessenger"}
        form = {**asked, "decision": "allow"}
        assert given["appid"] == account.appid
        gone = await stage.http.post("/mp/subscribemsg", data=form, headers=headers)
        assert gone.status_code == 302
        onwards = urlsplit(gone.headers["location"])
        assert (onwards.netloc, onwards.path) == ("127.0.0.1:8000", "/back")
        openid = await account.openid(person)
        assert {name: values[0] for name, values in parse_qs(onwards.query).items()} == {
            "x": "1", "openid": openid, "template_id": asked["template_id"],
            "action": "confirm", "scene": "1000", "reserved": "abc",
        }  # fmt: skip
        body = {
            "touser": openid, "template_id": asked["template_id"], "scene": "1000",
            "title": "到货提醒", "url": "https://shop.test/",
            "data": {"content": {"value": "茶到了"}},
        }  # fmt: skip
        assert await account.code(ONE_TIME, {**body, "scene": "1001"}) == 43101
        assert [await account.code(ONE_TIME, body) for _ in range(2)] == [0, 43101]
        (said,) = await account.chat(person)
        assert (said["channel"], said["content"]["title"]) == ("once", "到货提醒")

    perform(play)


def test_a_refusal_is_told_and_worth_nothing(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        person = await stage.person()
        asked = await asked_page(stage, account)
        headers = {"x-sandbox-person": str(person), "User-Agent": "MicroMessenger"}
        gone = await stage.http.post("/mp/subscribemsg", data=asked, headers=headers)
        assert "action=cancel" in gone.headers["location"]
        body = {
            "touser": await account.openid(person), "template_id": asked["template_id"],
            "scene": 1000, "title": "到货提醒", "data": {"content": {"value": "茶到了"}},
        }  # fmt: skip
        assert await account.code(ONE_TIME, body) == 43101
        for change, number in (
            ({"touser": "nobody"}, 40003),
            ({"template_id": "none"}, 40037),
            ({"scene": "10001"}, 40129),
            ({"title": "字" * 16}, 45003),
            ({"data": {}}, 44004),
            ({"data": {"content": {"value": "字" * 201}}}, 45002),
        ):
            assert await account.code(ONE_TIME, {**body, **change}) == number

    perform(play)


def test_the_page_says_what_is_wrong_with_it(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        person = await stage.person()
        for change, words in (
            ({"redirect_url": "http://evil.test/"}, "域名与后台配置不一致"),
            ({"template_id": "none"}, "template_id 参数错误"),
            ({"appid": "wx0"}, "appid 参数错误"),
            ({"scene": "x"}, "参数错误"),
            ({"action": "other"}, "参数错误"),
            ({"reserved": "x" * 129}, "参数错误"),
        ):
            asked = await asked_page(stage, account, **change)
            shown = await stage.open(f"/mp/subscribemsg?{urlencode(asked)}", person)
            assert words in shown.text
        good = urlencode(await asked_page(stage, account))
        outside = await stage.http.get(f"/mp/subscribemsg?{good}")
        assert "请在微信客户端打开链接" in outside.text

    perform(play)
