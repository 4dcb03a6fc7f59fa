"""Customer-service messages: as many as the person's deeds allow, and not one more."""

import asyncio
from typing import Any

import pytest

from jishi.kernel import Tx
from tests.sandbox.official.conftest import Perform
from tests.sandbox.official.stage import Account, Stage

SEND, TYPING = "/cgi-bin/message/custom/send", "/cgi-bin/message/custom/typing"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def text(openid: str, words: str = "您好") -> dict[str, Any]:
    return {"touser": openid, "msgtype": "text", "text": {"content": words}}


async def codes(account: Account, openid: str, count: int) -> list[int]:
    return [await account.code(SEND, text(openid)) for _ in range(count)]


async def quiet_fan(stage: Stage, account: Account) -> tuple[int, str]:
    """Make a fan whose window of following is shut."""
    person = await stage.fan(account)
    await stage.advance(minutes=1)
    return person, await account.openid(person)


async def pay(tx: Tx, appid: str, mchid: str, person: int, number: str) -> None:
    """Let a person have paid an order, as Pay would keep it."""
    await tx.connection.execute(
        """insert into sandbox.orders (mchid, appid, out_trade_no, prepay_id, trade_type,
             description, attach, total_fen, openid, notify_url, device_id, bank_type, is_sharing,
             asked, made_at, usable_until, expires_at, transaction_id, person_id, payer_openid,
             paid_at)
           values ($1, $2, $4, $4, 'JSAPI', '青砖茶', '', 9900, '', '', '', 'OTHERS', false, '', $5,
             $5, $5, $4, $3, (select openid from sandbox.openids
                               where appid = $2 and person_id = $3), $5)""",
        mchid, appid, person, number, tx.now,
    )  # fmt: skip


def test_a_message_allows_five_within_two_days(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        person, openid = await quiet_fan(stage, account)
        assert await codes(account, openid, 1) == [45015]
        await stage.do("say", appid=account.appid, person_id=person, text="在吗")
        assert await codes(account, openid, 7) == [0] * 5 + [45047] * 2
        await stage.do("say", appid=account.appid, person_id=person, text="还在吗")
        assert await codes(account, openid, 2) == [0, 0]
        await stage.advance(hours=48)
        await account.take_token()
        assert await codes(account, openid, 1) == [45015]
        channels = [each["channel"] for each in await account.chat(person)]
        assert channels == ["person", *["customer"] * 5, "person", "customer", "customer"]

    perform(play)


def test_the_two_days_end_to_the_second(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        person, openid = await quiet_fan(stage, account)
        await stage.do("say", appid=account.appid, person_id=person, text="在吗")
        await stage.advance(hours=48, seconds=-5)
        await account.take_token()
        assert await codes(account, openid, 1) == [0]
        await stage.advance(seconds=5)
        assert await codes(account, openid, 1) == [45015]

    perform(play)


def test_following_a_menu_and_a_scan_allow_three_within_a_minute(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        await account.post(
            "/cgi-bin/menu/create", {"button": [{"type": "click", "name": "上新", "key": "NEW"}]}
        )
        made = await account.post(
            "/cgi-bin/qrcode/create",
            {"action_name": "QR_STR_SCENE", "expire_seconds": 600,
             "action_info": {"scene": {"scene_str": "a"}}},
        )  # fmt: skip
        person = await stage.fan(account)
        openid = await account.openid(person)
        assert await codes(account, openid, 4) == [0, 0, 0, 45047]
        await stage.advance(minutes=1)
        assert await codes(account, openid, 1) == [45015]
        await stage.do("menu", appid=account.appid, person_id=person, button="NEW")
        assert await codes(account, openid, 4) == [0, 0, 0, 45047]
        await stage.advance(minutes=1)
        await stage.do("scan", person_id=person, text=made["url"])
        assert await codes(account, openid, 4) == [0, 0, 0, 45047]
        await stage.advance(minutes=1)
        assert await codes(account, openid, 1) == [45015]

    perform(play)


def test_windows_do_not_add_up(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        person = await stage.fan(account)
        openid = await account.openid(person)
        await stage.do("say", appid=account.appid, person_id=person, text="在吗")
        assert await codes(account, openid, 6) == [0] * 5 + [45047]

    perform(play)


def test_whoever_paid_hears_everything_for_two_days(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        person, openid = await quiet_fan(stage, account)
        async with stage.world.transaction() as tx:
            await pay(tx, account.appid, stage.scene.merchant.mchid, person, f"4200{person}")
        assert await codes(account, openid, 12) == [0] * 12
        other = await stage.account()
        await stage.do("follow", appid=other.appid, person_id=person)
        await stage.advance(minutes=1)
        assert await codes(other, await other.openid(person), 1) == [45015]
        await stage.advance(hours=48)
        await account.take_token()
        assert await codes(account, openid, 1) == [45015]

    perform(play)


def test_a_mini_program_may_answer_five_and_greet_with_two(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        program = await stage.account("mini")
        person = await stage.person()
        openid = await program.openid(person)
        await stage.do("service-chat", appid=program.appid, person_id=person)
        assert await codes(program, openid, 3) == [0, 0, 45047]
        await stage.advance(minutes=1)
        await stage.do("say", appid=program.appid, person_id=person, text="在吗")
        assert await codes(program, openid, 6) == [0] * 5 + [45047]
        voice = {"touser": openid, "msgtype": "voice", "voice": {"media_id": "m"}}
        assert await program.code(SEND, voice) == 40008

    perform(play)


def test_of_messages_sent_at_once_no_more_than_allowed_arrive(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        person, openid = await quiet_fan(stage, account)
        await stage.do("say", appid=account.appid, person_id=person, text="在吗")
        sent = await asyncio.gather(*(account.code(SEND, text(openid)) for _ in range(12)))
        assert sorted(sent) == [0] * 5 + [45047] * 7
        chat = await account.chat(person)
        assert len([each for each in chat if each["channel"] == "customer"]) == 5

    perform(play)


def test_each_kind_of_message_shows_what_it_carries(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        person, openid = await quiet_fan(stage, account)
        await stage.do("say", appid=account.appid, person_id=person, text="在吗")
        media_id = (await account.upload("/cgi-bin/media/upload", PNG, type="image"))["media_id"]
        news = {"articles": [{"title": "新茶", "description": "到了", "url": "https://a/",
                              "picurl": "https://a/p"}]}  # fmt: skip
        menu = {"head_content": "满意吗", "list": [{"id": "1", "content": "满意"}],
                "tail_content": "谢谢"}  # fmt: skip
        card = {"title": "小店", "appid": "wx9", "pagepath": "p", "thumb_media_id": media_id}
        for kind, part in (
            ("image", {"media_id": media_id}),
            ("news", news),
            ("msgmenu", menu),
            ("miniprogrampage", card),
        ):
            body = {"touser": openid, "msgtype": kind, kind: part}
            assert await account.code(SEND, body) == 0
        shown = [each["content"] for each in (await account.chat(person))[1:]]
        assert shown == [
            {"media_id": media_id},
            {"pieces": [{"title": "新茶", "description": "到了", "picture_url": "https://a/p",
                         "url": "https://a/"}]},
            {"text": "满意吗", "label": "谢谢", "choices": [{"id": "1", "content": "满意"}]},
            {"title": "小店", "media_id": media_id, "appid": "wx9", "page": "p"},
        ]  # fmt: skip

    perform(play)


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ({"msgtype": "hologram"}, 40008),
        ({"msgtype": "text"}, 47001),
        ({"msgtype": "text", "text": {"content": ""}}, 44004),
        ({"msgtype": "text", "text": {"content": "长" * 683}}, 45002),
        ({"msgtype": "image", "image": {"media_id": "none"}}, 40007),
        ({"msgtype": "news", "news": {"articles": []}}, 44003),
        ({"msgtype": "news", "news": {"articles": [{}, {}]}}, 45008),
        ({"msgtype": "mpnewsarticle", "mpnewsarticle": {"article_id": "none"}}, 53600),
        ({"msgtype": "mpnews", "mpnews": {"media_id": "m"}}, 48001),
        ({"msgtype": "text", "text": "x"}, 47001),
        ({"msgtype": "text", "text": {"content": "x"}, "touser": "nobody"}, 40003),
    ],
)
def test_a_message_is_refused_by_its_number_and_costs_nothing(
    perform: Perform, body: dict[str, Any], number: int
) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        person, openid = await quiet_fan(stage, account)
        await stage.do("say", appid=account.appid, person_id=person, text="在吗")
        assert await account.code(SEND, {"touser": openid, **body}) == number
        assert await codes(account, openid, 6) == [0] * 5 + [45047]

    perform(play)


def test_one_who_left_or_is_blocked_hears_nothing(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        person = await stage.fan(account)
        openid = await account.openid(person)
        await account.post("/cgi-bin/tags/members/batchblacklist", {"openid_list": [openid]})
        assert await codes(account, openid, 1) == [43019]
        await stage.do("unfollow", appid=account.appid, person_id=person)
        assert await codes(account, openid, 1) == [45015]

    perform(play)


def test_typing_is_shown_for_half_a_minute_after_a_word(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        person, openid = await quiet_fan(stage, account)
        body = {"touser": openid, "command": "Typing"}
        assert await account.code(TYPING, body) == 45080
        await stage.do("say", appid=account.appid, person_id=person, text="在吗")
        assert await account.code(TYPING, body) == 0
        assert await account.code(TYPING, {**body, "command": "Sing"}) == 40035
        await stage.advance(seconds=31)
        assert await account.code(TYPING, body) == 45080

    perform(play)


def test_the_count_can_be_exceeded_on_demand(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        openid = await account.openid(await stage.fan(account))
        await stage.scene.arm("quota_exceeded", operation=SEND)
        assert await codes(account, openid, 2) == [45047, 0]

    perform(play)
