"""Broadcasts: whom they reach, how often, and how they are told apart."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from jishi.sandbox.official.limits import BEIJING, amount, limit, month_begin
from tests.sandbox.official.conftest import Perform
from tests.sandbox.official.stage import Account, Stage

ALL, SOME = "/cgi-bin/message/mass/sendall", "/cgi-bin/message/mass/send"
GET, DELETE = "/cgi-bin/message/mass/get", "/cgi-bin/message/mass/delete"
PREVIEW = "/cgi-bin/message/mass/preview"
EVERYBODY = {"filter": {"is_to_all": True}}


def words(content: str, **more: object) -> dict[str, Any]:
    return {"msgtype": "text", "text": {"content": content}, **more}


async def to_month_begin(stage: Stage, days: int = 2) -> None:
    """Go to some days and an hour after the beginning of next month in Beijing."""
    now = stage.world.clock.now()
    after = timedelta(days=days, hours=1)
    ahead = month_begin(month_begin(now) + timedelta(days=32)) + after - now
    await stage.advance(seconds=ahead.total_seconds())


async def sent(stage: Stage, account: Account, path: str, body: dict[str, Any]) -> Any:
    told = await account.post(path, body)
    await stage.advance(seconds=3)
    return told


async def heard(account: Account, person: int) -> list[str]:
    chat = await account.chat(person)
    return [each["content"]["text"] for each in chat if each["channel"] == "broadcast"]


def test_a_month_begins_in_beijing() -> None:
    last = datetime(2026, 11, 30, 15, 59, 59, tzinfo=UTC)
    assert month_begin(last) == datetime(2026, 11, 1, tzinfo=BEIJING)
    assert month_begin(last + timedelta(seconds=1)) == datetime(2026, 12, 1, tzinfo=BEIJING)


def test_a_quota_is_what_holds_on_the_day() -> None:
    before, after = datetime(2023, 6, 11, tzinfo=UTC), datetime(2023, 6, 12, tzinfo=UTC)
    assert [amount("customer.message", each) for each in (before, after)] == [20, 5]
    assert limit("customer.payment", after).amount is None


def test_everybody_who_takes_messages_hears_it(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account(push_url="http://shop.test/wechat")
        fan, muted, gone = [await stage.fan(account) for _ in range(3)]
        await stage.do("mute", appid=account.appid, person_id=muted)
        await stage.do("unfollow", appid=account.appid, person_id=gone)
        told = await account.post(ALL, words("上新", **EVERYBODY))
        assert (told["errcode"], told["errmsg"]) == (0, "send job submission success")
        job = {"msg_id": told["msg_id"]}
        assert (await account.post(GET, job))["msg_status"] == "SENDING"
        assert await heard(account, fan) == []
        await stage.advance(seconds=3)
        assert await account.post(GET, job) == {**job, "msg_status": "SEND_SUCCESS"}
        assert [await heard(account, each) for each in (fan, muted, gone)] == [["上新"], [], []]
        came = stage.receiver.everything()
        assert f"<MsgID>{told['msg_id']}</MsgID><Status><![CDATA[send success]]></Status>" in came
        counts = "<TotalCount>2</TotalCount><FilterCount>1</FilterCount><SentCount>1</SentCount>"
        assert counts in came

    perform(play)


def test_a_person_hears_four_a_month(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        await to_month_begin(stage)
        await account.take_token()
        one, two = await stage.fan(account), await stage.fan(account)
        both = [await account.openid(each) for each in (one, two)]
        for number in range(4):
            told = await sent(stage, account, SOME, words(f"第{number}", touser=both))
            assert told["errcode"] == 0
        assert await account.code(SOME, words("第五", touser=both)) == 45028
        three = await stage.fan(account)
        mixed = [both[0], await account.openid(three)]
        assert (await sent(stage, account, SOME, words("第六", touser=mixed)))["errcode"] == 0
        assert [len(await heard(account, each)) for each in (one, two, three)] == [4, 4, 1]
        await to_month_begin(stage, days=0)
        await account.take_token()
        assert (await sent(stage, account, SOME, words("新月", touser=both)))["errcode"] == 0
        assert [len(await heard(account, each)) for each in (one, two, three)] == [5, 5, 1]

    perform(play)


def test_everybody_is_called_once_a_day_and_four_times_a_month(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        await to_month_begin(stage)
        await account.take_token()
        person = await stage.fan(account)
        for number in range(4):
            told = await sent(stage, account, ALL, words(f"第{number}", **EVERYBODY))
            assert told["errcode"] == 0
            assert await account.code(ALL, words(f"又{number}", **EVERYBODY)) == 45028
            await stage.advance(days=1)
            await account.take_token()
        assert await account.code(ALL, words("第五", **EVERYBODY)) == 45028
        assert len(await heard(account, person)) == 4

    perform(play)


def test_a_tag_chooses_who_hears(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        tag = (await account.post("/cgi-bin/tags/create", {"tag": {"name": "团长"}}))["tag"]["id"]
        one, two = await stage.fan(account), await stage.fan(account)
        members = {"openid_list": [await account.openid(one)], "tagid": tag}
        await account.post("/cgi-bin/tags/members/batchtagging", members)
        chosen = {"filter": {"is_to_all": False, "tag_id": tag}}
        await sent(stage, account, ALL, words("团长们", **chosen))
        assert [await heard(account, each) for each in (one, two)] == [["团长们"], []]
        assert await account.code(ALL, words("x", filter={"is_to_all": False})) == 45159

    perform(play)


def test_the_same_client_id_is_one_broadcast(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        openids = [await account.openid(await stage.fan(account)) for _ in range(2)]
        body = words("上新", touser=openids, clientmsgid="job-1")
        first = await account.post(SOME, body)
        assert await account.code(SOME, body) == 45066
        await stage.advance(seconds=61)
        again = await account.post(SOME, body)
        assert again == {**first, "errcode": 45065, "errmsg": "clientmsgid exist"}
        assert await account.code(SOME, words("x", touser=openids, clientmsgid="x" * 65)) == 45067
        bare = words("没有编号", touser=openids)
        assert await account.code(SOME, bare) == 0
        await stage.advance(seconds=61)
        assert await account.code(SOME, bare) == 45065

    perform(play)


def test_what_is_wrong_with_a_broadcast_is_told(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        openids = [await account.openid(await stage.fan(account)) for _ in range(2)]
        for body, number in (
            (words("x", touser=openids[:1]), 40130),
            (words("x", touser=["o"] * 10_001), 40032),
            (words("x", touser=["nobody", "neither"]), 40003),
            ({"msgtype": "hologram", "touser": openids}, 40008),
            ({"msgtype": "text", "touser": openids}, 40008),
            (words("", touser=openids), 44004),
            ({"msgtype": "mpnews", "mpnews": {"media_id": "none"}, "touser": openids}, 40007),
            ({"msgtype": "image", "images": {"media_ids": ["none"]}, "touser": openids}, 40007),
        ):
            assert await account.code(SOME, body) == number
        assert await account.code(GET, {"msg_id": 1}) == 40035
        assert await account.code(DELETE, {"msg_id": "x"}) == 40035

    perform(play)


def test_sixty_calls_a_minute_are_taken(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        openids = [await account.openid(await stage.fan(account)) for _ in range(2)]
        async with stage.world.transaction() as tx:
            await tx.connection.execute(
                "insert into sandbox.usages (appid, operation, begins_at, slot, used) "
                "select $1, $2, date_trunc('minute', $3::timestamptz) + n * interval '1 minute', "
                "99, 60 from generate_series(0, 1) as n", account.appid, f"{SOME} a minute",
                tx.now,
            )  # fmt: skip
        assert await account.code(SOME, words("x", touser=openids)) == 45011

    perform(play)


def test_a_preview_costs_nothing(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        person, stranger = await stage.fan(account), await stage.person()
        openid = await account.openid(person)
        for _ in range(6):
            assert await account.code(PREVIEW, words("看看", touser=openid)) == 0
        assert [each["channel"] for each in await account.chat(person)] == ["preview"] * 6
        other = await account.openid(stranger)
        assert await account.code(PREVIEW, words("看看", touser=other)) == 43004
        assert await account.code(PREVIEW, words("看看", touser="nobody")) == 40003

    perform(play)


def test_the_speed_has_five_gears(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        get, put = "/cgi-bin/message/mass/speed/get", "/cgi-bin/message/mass/speed/set"
        assert await account.post(get) == {"speed": 0, "realspeed": 80}
        assert await account.code(put, {"speed": 3}) == 0
        assert await account.post(get) == {"speed": 3, "realspeed": 30}
        assert await account.code(put, {"speed": 5}) == 45083
        assert await account.code(put, {}) == 45084

    perform(play)


def test_a_broadcast_draft_becomes_articles_and_can_be_taken_off(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account(push_url="http://shop.test/wechat")
        person = await stage.fan(account)
        jpeg = b"\xff\xd8\xff" + b"0" * 50
        thumb = (await account.upload("/cgi-bin/material/add_material", jpeg, type="image"))[
            "media_id"
        ]
        article = {"title": "新茶上市", "content": "<p>好茶</p>", "thumb_media_id": thumb}
        draft = await account.post("/cgi-bin/draft/add", {"articles": [article] * 2})
        body = {"msgtype": "mpnews", "mpnews": draft, **EVERYBODY}
        preview = {"msgtype": "mpnews", "mpnews": draft, "touser": await account.openid(person)}
        assert await account.code(PREVIEW, preview) == 0
        told = await sent(stage, account, ALL, body)
        assert await account.code("/cgi-bin/draft/get", draft) == 40007
        urls = re.findall(
            r"<ArticleIdx>\d</ArticleIdx><ArticleUrl><!\[CDATA\[(.*?)\]\]>",
            stage.receiver.everything(),
        )
        assert len(urls) == 2
        chat = await account.chat(person)
        assert [each["channel"] for each in chat] == ["preview", "broadcast"]
        assert [each["url"] for each in chat[1]["content"]["pieces"]] == urls
        assert "好茶" in (await stage.http.get(urls[0])).text
        shown = chat[0]["content"]["pieces"][0]["url"]
        assert "好茶" in (await stage.http.get(shown)).text
        await stage.advance(hours=12)
        await account.take_token()
        assert "该内容已被发布者删除" in (await stage.http.get(shown)).text
        one = {"msg_id": told["msg_id"], "article_idx": 1}
        assert await account.code(DELETE, one) == 0
        assert "该内容已被发布者删除" in (await stage.http.get(urls[0])).text
        assert "好茶" in (await stage.http.get(urls[1])).text
        assert await account.code(DELETE, {"msg_id": told["msg_id"]}) == 0
        assert (await account.post(GET, one))["msg_status"] == "DELETE"

    perform(play)
