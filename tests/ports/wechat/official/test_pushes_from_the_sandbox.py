"""What the sandbox pushes arrives typed, plain and sealed, and what we answer is heard."""

from collections.abc import Callable

import httpx
import pytest

from jishi.ports.wechat.official import Account, deeds, menus, messages, replies, scene_codes
from jishi.ports.wechat.official.menus import Button
from tests.ports.wechat.sandboxed import SERVER, Visit, Work

Run = Callable[[Work], None]
MODES = pytest.mark.parametrize("is_safe", [False, True])


async def listening(visitor: Visit, *, is_safe: bool, kind: str = "service") -> Account:
    account = await visitor.account(kind)
    await visitor.listen(account, is_safe=is_safe)
    return account


@MODES
def test_what_people_do_and_say_is_pushed(visit: Run, is_safe: bool) -> None:
    async def play(visitor: Visit) -> None:
        account = await listening(visitor, is_safe=is_safe)
        code = await scene_codes.create_permanent(account, 7)
        person = visitor.somebody(account)
        pushes = []
        for _ in range(2):
            await visitor.scan(person, code.url)
            pushes += await visitor.pushed()
        for deed, asked in (
            ("say", {"text": "在吗 ]]> <b>&amp;"}),
            ("place", {"latitude": "30.2", "longitude": "120.1", "label": "店"}),
            ("unfollow", {}),
        ):
            pushes.append(await visitor.told(deed, account, person, **asked))
        assert [push.content for push in pushes] == [
            deeds.Followed("qrscene_7", code.ticket),
            deeds.Scanned("7", code.ticket),
            messages.Text("在吗 ]]> <b>&amp;"),
            messages.Place(30.2, 120.1, 16, "店"),
            deeds.Unfollowed(),
        ]
        assert {push.openid for push in pushes} == {person.openid}
        assert len({push.key for push in pushes}) == len(pushes)
        assert visitor.server.refused == []

    visit(play)


@MODES
def test_what_is_answered_stands_in_the_chat(visit: Run, is_safe: bool) -> None:
    async def play(visitor: Visit) -> None:
        account = await listening(visitor, is_safe=is_safe)
        person = await visitor.fan(account)
        visitor.server.reply = replies.Words("欢迎 ]]> 😀")
        await visitor.do("say", account, person, text="你好")
        await visitor.pushed()
        visitor.server.reply = replies.News((replies.Card("春茶", "新到", "", "http://a.cn"),))
        await visitor.do("say", account, person, text="有什么")
        await visitor.pushed()
        said = [each for each in await visitor.chat(account, person) if not each["is_from_person"]]
        assert said[0]["content"]["text"] == "欢迎 ]]> 😀"
        assert "春茶" in str(said[-1]["content"])

    visit(play)


@MODES
def test_a_push_that_comes_twice_has_one_key(visit: Run, is_safe: bool) -> None:
    async def play(visitor: Visit) -> None:
        account = await listening(visitor, is_safe=is_safe)
        person = await visitor.fan(account)
        await visitor.pushed()
        await visitor.scene.arm("duplicate", operation="text")
        await visitor.do("say", account, person, text="一")
        one, two = await visitor.pushed()
        assert one.key == two.key
        assert one.content == two.content

    visit(play)


def test_taps_on_the_menu_are_pushed(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await listening(visitor, is_safe=True)
        person = await visitor.fan(account)
        shop = "http://127.0.0.1/shop"
        buttons = [Button("签到", "click", key="IN"), Button("逛逛", "view", url=shop)]
        await menus.create(account, buttons)
        await visitor.pushed()
        tapped = await visitor.told("menu", account, person, button="签到")
        assert tapped.content == deeds.MenuTapped("IN")
        opened = (await visitor.told("menu", account, person, button="逛逛")).content
        assert isinstance(opened, deeds.MenuLinkOpened)
        assert opened.url == shop

    visit(play)


def test_a_forged_or_a_plain_push_is_turned_away(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await listening(visitor, is_safe=True)
        appid = account.credentials.appid
        server = httpx.AsyncClient(transport=httpx.ASGITransport(visitor.server))
        body = b"<xml><MsgType>text</MsgType><CreateTime>1</CreateTime></xml>"
        async with server:
            answer = await server.post(f"{SERVER}/{appid}?signature=0&timestamp=1", content=body)
            assert answer.status_code == 403
            answer = await server.post(f"{SERVER}/{appid}.safe", content=body)
            assert answer.status_code == 403
        assert visitor.server.refused == ["bad_signature", "not_sealed"]
        assert await visitor.pushed() == []

    visit(play)


@MODES
def test_a_mini_program_is_pushed_json(visit: Run, is_safe: bool) -> None:
    async def play(visitor: Visit) -> None:
        account = await listening(visitor, is_safe=is_safe, kind="mini")
        person = visitor.somebody(account)
        entered = await visitor.told("service-chat", account, person, session_from="buy")
        said = await visitor.told("say", account, person, text="多少钱")
        assert (entered.content, said.content) == (
            deeds.ChatEntered("buy"), messages.Text("多少钱"),
        )  # fmt: skip
        assert entered.is_json
        assert said.is_json
        assert visitor.server.refused == []

    visit(play)


def test_whoever_takes_their_word_back_is_named(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await listening(visitor, is_safe=True)
        person = await visitor.fan(account)
        await visitor.pushed()
        push = await visitor.told("revocation", account, person)
        assert isinstance(push.content, deeds.AuthorizationChanged)
        assert push.content.openid == person.openid

    visit(play)
