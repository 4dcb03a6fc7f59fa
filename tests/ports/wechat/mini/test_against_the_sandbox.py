"""The mini program at the sandbox: who uses it, ways into it, and what was shipped."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from jishi.ports.wechat.mini import (
    links,
    notices,
    page_codes,
    phone_numbers,
    shipped_orders,
    shipping,
    sign_in,
    user_data,
)
from jishi.ports.wechat.mini.links import Life, Target
from jishi.ports.wechat.mini.notices import Notice
from jishi.ports.wechat.mini.page_codes import Look
from jishi.ports.wechat.mini.shipped_orders import OrderState, Search
from jishi.ports.wechat.mini.shipping import Contact, Parcel, Shipment, Way
from jishi.ports.wechat.mini.user_data import Profile
from jishi.ports.wechat.official import Account, Meaning, customer_messages, people, reports
from jishi.ports.wechat.official import notices as templates
from jishi.ports.wechat.official.notices import Place
from tests.ports.wechat.refusals import refused
from tests.ports.wechat.sandboxed import Somebody, Visit, Work

Run = Callable[[Work], None]


async def code(visitor: Visit, account: Account, person: Somebody, kind: str = "login") -> str:
    made = await visitor.do("program-code", account, person, kind=kind)
    return str(made["code"])


def test_a_code_stands_for_a_person_once(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account("mini")
        person = visitor.somebody(account)
        login = await code(visitor, account, person)
        session = await sign_in.exchange(account, login)
        assert session.openid == person.openid
        await refused(40163, Meaning.GONE, sign_in.exchange(account, login))
        await refused(40029, Meaning.GONE, sign_in.exchange(account, "0" * 32))
        tap = await code(visitor, account, person, "phone")
        number = await phone_numbers.exchange(account, tap)
        assert number.bare == visitor.scene.people[0].phone
        await refused(40163, Meaning.GONE, phone_numbers.exchange(account, tap))

    visit(play)


def test_what_the_program_read_is_opened_with_the_session(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account("mini")
        person = visitor.somebody(account)
        session = await sign_in.exchange(account, await code(visitor, account, person))
        sealed: dict[str, Any] = await visitor.do("program-data", account, person)
        appid = account.credentials.appid
        profile = user_data.opened(session, appid, sealed["iv"], sealed["encryptedData"], Profile)
        assert profile.nickname == "微信用户"
        assert user_data.is_genuine(session, sealed["rawData"], sealed["signature"])

    visit(play)


def test_codes_and_links_lead_into_the_program(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account("mini")
        picture = await page_codes.unlimited(account, "a=1", Look(), is_checked=False)
        assert picture.media_type.startswith("image/")
        assert (await page_codes.limited(account, "pages/a?b=1", Look())).content
        target = Target("pages/a", "b=1")
        assert (await links.scheme(account, target, Life())).startswith("weixin://")
        url = await links.url_link(account, target, Life(days=1))
        assert httpx.URL(url).host

    visit(play)


def test_a_service_account_has_none_of_this(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        service = await visitor.account()
        await refused(48001, Meaning.NOT_ALLOWED, page_codes.unlimited(service, "a=1", Look()))
        program = await visitor.account("mini")
        await refused(48001, Meaning.NOT_ALLOWED, people.page(program))

    visit(play)


def test_the_program_speaks_to_whoever_entered_its_chat(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account("mini")
        person = visitor.somebody(account)
        words = customer_messages.Text("在的")
        call = customer_messages.send(account, person.openid, words)
        await refused(45015, Meaning.QUOTA, call)
        await visitor.do("service-chat", account, person)
        for _ in range(2):
            await customer_messages.send(account, person.openid, words)
        call = customer_messages.send(account, person.openid, words)
        await refused(45047, Meaning.QUOTA, call)

    visit(play)


def test_one_tick_is_one_message_of_the_program(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account("mini")
        person = visitor.somebody(account)
        category, *_ = await templates.categories(account)
        titles = await templates.titles(account, [category.id], 0, 30)
        title = next(each for each in titles.titles if each.title == "订单支付成功通知")
        words = await templates.keywords(account, title.tid)
        kids = [each.kid for each in words[:2]]
        template_id = await templates.add(account, title.tid, kids, "付款提醒")
        (kept,) = await templates.every(account)
        names = [part.partition(".")[0] for part in kept.content.split("{{")[1:]]
        notice = Notice(
            openid=person.openid, template_id=template_id, page="pages/order",
            data={name: Place("S20261122") for name in names},
        )  # fmt: skip
        await refused(43101, Meaning.NOT_ALLOWED, notices.send(account, notice))
        await visitor.do("subscription", account, person, template_ids=[template_id])
        await notices.send(account, notice)
        await refused(43101, Meaning.NOT_ALLOWED, notices.send(account, notice))

    visit(play)


async def paid(visitor: Visit, account: Account, person: Somebody, number: str) -> str:
    """Let a person pay an order of the program; give WeChat's number of the payment."""
    scene = visitor.scene
    order = {
        "appid": account.credentials.appid, "mchid": scene.merchant.mchid, "description": "春茶",
        "out_trade_no": number, "notify_url": "https://shop.test/notify",
        "amount": {"total": 4_200}, "payer": {"openid": person.openid},
    }  # fmt: skip
    made = await scene.signed("POST", "/v3/pay/transactions/jsapi", order)
    assert made.is_success, made.text
    settled = await scene.control(
        "POST", "/sandbox/payments",
        {
            "prepay_id": made.json()["prepay_id"], "person_id": person.person_id,
            "password": "123456",
        },
    )  # fmt: skip
    assert settled
    mchid = scene.merchant.mchid
    told = await scene.signed("GET", f"/v3/pay/transactions/out-trade-no/{number}?mchid={mchid}")
    return str(told.json()["transaction_id"])


def test_what_was_shipped_frees_the_money(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account("mini")
        await visitor.listen(account)
        person = visitor.somebody(account)
        transaction_id = await paid(visitor, account, person, "n20261123001")
        await visitor.pushed()
        key = shipping.by_wechat(transaction_id)
        order = await shipped_orders.one(account, key)
        assert (order.state, order.paid_fen) == (OrderState.TO_SHIP, 4_200)
        assert order.openid == person.openid
        tea = Parcel("春茶", "SF1234567890", "SF", Contact(receiver="138****0001"))
        shipment = Shipment(order_key=key, way=Way.COURIER, parcels=(tea,))
        await visitor.scene.advance(3_600)
        now = visitor.scene.world.clock.now()
        await shipping.upload(account, shipment, openid=person.openid, uploaded_at=now)
        order = await shipped_orders.one(account, key)
        assert order.state is OrderState.SHIPPED
        assert [each.tracking_number for each in order.shipping.parcels] == ["SF1234567890"]
        page = await shipped_orders.page(account, Search(state=OrderState.SHIPPED))
        assert [each.transaction_id for each in page.orders] == [transaction_id]
        await shipping.remind_of_receipt(account, key, now)
        later = now + timedelta(seconds=1)
        await shipping.upload(account, shipment, openid=person.openid, uploaded_at=later)
        third = shipping.upload(
            account, shipment, openid=person.openid, uploaded_at=later + timedelta(seconds=1)
        )
        await refused(10060003, Meaning.QUOTA, third)
        (told,) = [push.content for push in await visitor.pushed()]
        assert isinstance(told, reports.OrderSettled)
        assert told.shipped_time is not None
        await visitor.do("receipt", account, person, transaction_id=transaction_id)
        await visitor.scene.advance(10 * 86_400)
        (told,) = [push.content for push in await visitor.pushed()]
        assert isinstance(told, reports.OrderSettled)
        assert told.transaction_id == transaction_id
        assert told.settlement_time is not None

    visit(play)


def test_orders_that_are_none_cannot_be_shipped(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account("mini")
        key = shipping.by_wechat("4200000000000000000000000000")
        await refused(10060001, Meaning.GONE, shipped_orders.one(account, key))
        shipment = Shipment(order_key=key, way=Way.PICKUP, parcels=(Parcel("春茶"),))
        call = shipping.upload(account, shipment, openid="o1", uploaded_at=datetime.now(UTC))
        await refused(10060001, Meaning.GONE, call)
        assert await shipping.is_managed(account)
        assert await shipping.is_confirmed(account)
        await shipping.set_message_path(account, "pages/orders")

    visit(play)
