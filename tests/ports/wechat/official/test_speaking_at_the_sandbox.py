"""Templates, notices, customer messages and broadcasts at the sandbox, with their quotas."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx

from jishi.ports.wechat.official import (
    Account,
    Meaning,
    broadcasts,
    customer_messages,
    notices,
    one_time,
    reports,
    tags,
    templates,
)
from jishi.ports.wechat.official.broadcasts import Broadcast
from jishi.ports.wechat.official.customer_messages import Choice, Menu, Text
from jishi.ports.wechat.official.notices import Notice, Place
from jishi.ports.wechat.official.one_time import Content, OneTimeMessage, Question
from jishi.ports.wechat.official.templates import TemplateMessage, Value
from tests.ports.wechat.refusals import refused
from tests.ports.wechat.sandboxed import HOSTS, WEBVIEW, Somebody, Visit, Work

Run = Callable[[Work], None]
SHIPPED = {
    "character_string1": Value("S2026112200012"), "thing2": Value("春茶"),
    "thing3": Value("顺丰"), "character_string4": Value("SF1234567890"),
}  # fmt: skip


def shipped(person: Somebody, template_id: str, client_msg_id: str = "") -> TemplateMessage:
    return TemplateMessage(
        openid=person.openid, template_id=template_id, data=SHIPPED, client_msg_id=client_msg_id
    )


def test_a_template_message_arrives_once_and_tells_of_it(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        await visitor.listen(account)
        person = await visitor.fan(account)
        await visitor.pushed()
        template_id = await templates.add(account, "42984")
        assert [each.template_id for each in await templates.every(account)] == [template_id]
        sent = await templates.send(account, shipped(person, template_id, "order-12"))
        (push,) = await visitor.pushed()
        assert push.content == reports.TemplateSent(str(sent), "success")
        # The same once more, and once more where the answer is lost on the way.
        assert await templates.send(account, shipped(person, template_id, "order-12")) == sent
        await visitor.scene.arm("dropped", operation="/cgi-bin/message/template/send")
        again = await templates.send(account, shipped(person, template_id, "order-13"))
        assert again != sent
        chat = await visitor.chat(account, person)
        assert [each["kind"] for each in chat].count("template") == 2
        await templates.delete(account, template_id)
        call = templates.send(account, shipped(person, template_id))
        await refused(40037, Meaning.GONE, call)

    visit(play)


def test_a_template_message_is_refused_with_its_reason(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        stranger, person = visitor.somebody(account, 1), await visitor.fan(account)
        template_id = await templates.add(account, "42984")
        await refused(
            43004, Meaning.NOT_ALLOWED, templates.send(account, shipped(stranger, template_id))
        )
        lacking = TemplateMessage(
            openid=person.openid, template_id=template_id, data={"thing2": Value("茶")}
        )
        await refused(47003, Meaning.BAD_REQUEST, templates.send(account, lacking))
        nobody = Somebody(0, "oNobody")
        await refused(40003, Meaning.GONE, templates.send(account, shipped(nobody, template_id)))
        await visitor.scene.arm("quota_exceeded", operation="/cgi-bin/message/template/send")
        await refused(45009, Meaning.RATE, templates.send(account, shipped(person, template_id)))
        await templates.set_industries(account, "1", "31")
        industries = await templates.industries(account)
        assert industries.secondary.second_class == "消费品"

    visit(play)


async def one_time_template(visitor: Visit, account: Account) -> str:
    path = f"/sandbox/accounts/{account.credentials.appid}/templates"
    return str((await visitor.scene.control("GET", path))["one_time_template_id"])


async def answered(visitor: Visit, person: Somebody, url: str, decision: str) -> httpx.Response:
    """Answer a page of WeChat that asks, as a person does: by its form."""
    page = await visitor.open(url, person)
    assert page.status_code == 200, page.text
    asked = dict(httpx.URL(url).params)
    headers = {"x-sandbox-person": str(person.person_id), "User-Agent": WEBVIEW}
    path = httpx.URL(url).path
    return await visitor.scene.http.post(
        path, data=asked | {"decision": decision}, headers=headers, follow_redirects=False
    )


def test_one_consent_is_one_message(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        person = visitor.somebody(account)
        template_id = await one_time_template(visitor, account)
        message = OneTimeMessage(
            openid=person.openid, template_id=template_id, scene="7", title="到货",
            data=Content(Value("您等的货到了")), url="http://127.0.0.1/shop",
        )  # fmt: skip
        await refused(43101, Meaning.NOT_ALLOWED, one_time.send(account, message))
        question = Question(7, template_id, "http://127.0.0.1/back", "r4nd0m")
        url = one_time.question_url(HOSTS, account.credentials.appid, question)
        back = httpx.URL((await answered(visitor, person, url, "allow")).headers["location"])
        assert (back.params["action"], back.params["reserved"]) == ("confirm", "r4nd0m")
        assert back.params["openid"] == person.openid
        await one_time.send(account, message)
        await refused(43101, Meaning.NOT_ALLOWED, one_time.send(account, message))

    visit(play)


def test_one_tick_is_one_notice(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        await visitor.listen(account)
        person = await visitor.fan(account)
        await visitor.pushed()
        category, *_ = await notices.categories(account)
        titles = await notices.titles(account, [category.id], 0, 30)
        title = next(each for each in titles.titles if each.title == "订单支付成功通知")
        words = await notices.keywords(account, title.tid)
        template_id = await notices.add(
            account, title.tid, [each.kid for each in words[:2]], "付款提醒"
        )
        (kept,) = await notices.every(account)
        assert kept.template_id == template_id
        names = [part.partition(".")[0] for part in kept.content.split("{{")[1:]]
        notice = Notice(
            openid=person.openid, template_id=template_id,
            data={name: Place("S20261122") for name in names},
        )  # fmt: skip
        await refused(43101, Meaning.NOT_ALLOWED, notices.send(account, notice))
        push = await visitor.told("subscription", account, person, template_ids=[template_id])
        assert [(each.template_id, each.is_accepted) for each in choices(push.content)] == [
            (template_id, True)
        ]
        await notices.send(account, notice)
        (sent,) = [push.content for push in await visitor.pushed()]
        assert isinstance(sent, reports.NoticeSent)
        assert [each.error_code for each in sent.results] == [0]
        await refused(43101, Meaning.NOT_ALLOWED, notices.send(account, notice))
        await notices.delete(account, template_id)
        assert await notices.every(account) == ()

    visit(play)


def choices(content: Any) -> Any:
    return content.choices


def test_five_answers_follow_a_question_and_no_sixth(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        person = await visitor.fan(account)
        await visitor.scene.advance(120)
        await refused(45015, Meaning.QUOTA, say(account, person, "太晚了"))
        await visitor.do("say", account, person, text="在吗")
        await customer_messages.show_typing(account, person.openid, is_typing=True)
        question = Menu("满意吗", (Choice("1", "满意"), Choice("2", "不")), "谢谢")
        await customer_messages.send(account, person.openid, question)
        for number in range(4):
            await say(account, person, f"第{number}句")
        await refused(45047, Meaning.QUOTA, say(account, person, "第六句"))
        await visitor.do("mute", account, person)

    visit(play)


async def say(account: Account, person: Somebody, words: str) -> None:
    await customer_messages.send(account, person.openid, Text(words))


def test_a_broadcast_is_one_however_often_it_is_asked(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        await visitor.listen(account)
        one, two = await visitor.fan(account), await visitor.fan(account, 1)
        await visitor.pushed()
        spring = Broadcast(content=broadcasts.Text("春天来了"), client_id="spring-1")
        await broadcasts.preview(account, spring.content, one.openid)
        accepted = await broadcasts.send_to_all(account, spring)
        assert not accepted.is_repeated
        await refused(45066, Meaning.RATE, broadcasts.send_to_all(account, spring))
        await visitor.scene.advance(90)
        again = await broadcasts.send_to_all(account, spring)
        assert (again.message_id, again.is_repeated) == (accepted.message_id, True)
        (push,) = await visitor.pushed()
        assert isinstance(push.content, reports.BroadcastSent)
        assert (push.content.is_delivered, push.content.sent_count) == (True, 2)
        progress = await broadcasts.progress(account, accepted.message_id)
        assert progress.status == "SEND_SUCCESS"
        summer = Broadcast(content=broadcasts.Text("夏天"), client_id="summer")
        await broadcasts.send_to(account, summer, [one.openid, two.openid])
        tag = await tags.create(account, "常客")
        await tags.tag(account, tag.id, [one.openid])
        autumn = Broadcast(content=broadcasts.Text("秋天"), client_id="autumn")
        await broadcasts.send_to_tag(account, autumn, tag.id)

    visit(play)


def test_the_speed_of_broadcasts_and_what_is_left_of_them(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        await visitor.fan(account)
        await broadcasts.set_speed(account, 2)
        assert (await broadcasts.speed(account)).speed == 2

        def broadcast(number: int) -> Broadcast:
            return Broadcast(content=broadcasts.Text(f"第{number}次"), client_id=f"n{number}")

        await broadcasts.send_to_all(account, broadcast(0))
        await refused(45028, Meaning.QUOTA, broadcasts.send_to_all(account, broadcast(1)))

    visit(play)


def test_many_messages_at_once_are_each_sent_once(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        person = await visitor.fan(account)
        template_id = await templates.add(account, "42984")
        message = shipped(person, template_id, "same")
        ids = await asyncio.gather(*(templates.send(account, message) for _ in range(10)))
        assert len(set(ids)) == 1

    visit(play)
