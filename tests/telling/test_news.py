"""Telling a buyer: of what went well and is new, once; who cannot be told is left in peace."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from jishi import fulfilment, money, people, telling, trade
from jishi.kernel import Told, new_id
from jishi.kernel.secret import Secret
from jishi.people.wechat_account import AccountSettings
from jishi.ports.wechat.failures import AnsweredWithError, ErrorAnswer
from jishi.ports.wechat.official import Hosts
from jishi.ports.wechat.official.templates import Template, TemplateMessage
from jishi.sandbox.official.template_library import TEMPLATES, template_text
from jishi.telling import news, rules
from tests.conftest import opened
from tests.shops import seed_shops
from tests.trade.paying import came, started, take

ACCOUNT = [
    Template(f"id-{short}", title, content=template_text(TEMPLATES[short].keywords))
    for title, short in rules.LIBRARY.items()
]
SECRET = Secret(b"a secret of tests, longer than it must be")


class Ear:
    """What was said; with a number WeChat refuses to say it."""

    def __init__(self) -> None:
        self.heard: list[TemplateMessage] = []
        self.number = 0

    async def send(self, _account: object, message: TemplateMessage) -> int:
        """Take a message."""
        if self.number:
            error = ErrorAnswer(status=200, code="", message="", number=str(self.number))
            raise AnsweredWithError("send", error)
        self.heard.append(message)
        return 1


@pytest.fixture
def ear(monkeypatch: pytest.MonkeyPatch) -> Ear:
    """Stand between the teller and WeChat."""
    found = Ear()

    async def openid(_market: object, _secret: object, person_id: int, appid: str) -> str:
        return f"o-{person_id}-{appid}" if person_id else ""

    async def every(_account: object) -> list[Template]:
        return ACCOUNT

    async def given() -> AccountSettings:
        return AccountSettings(appid="wx1", secret="s", hosts=Hosts())  # noqa: S106 - nobody's

    module = sys.modules["jishi.telling.teller"]
    monkeypatch.delenv("JISHI_WECHAT", raising=False)
    monkeypatch.setattr(people.wechat_account, "ready", given)
    monkeypatch.setattr(people.wechat_account, "asked", given)
    monkeypatch.setattr(people, "openid_of", openid)
    monkeypatch.setattr(module, "send", found.send)
    monkeypatch.setattr(module, "every", every)
    return found


def paid(database_url: str, owner_url: str) -> tuple[int, trade.PaymentTaken]:
    """Give a shop, and an order of it that is paid."""
    book = new_id() >> 20
    asyncio.run(seed_shops(owner_url, book))

    async def scene() -> trade.PaymentTaken:
        async with opened(database_url) as market:
            answer = await market.ask(take(book, came(await started(market, book))))
            assert isinstance(answer, trade.PaymentTaken)
            return answer

    return book, asyncio.run(scene())


def tell(database_url: str, *told: Told[trade.PaymentTaken]) -> list[str]:
    """Let the news be told; give for each what is to be noted of it."""

    async def scene() -> list[str]:
        async with opened(database_url) as market:
            telling.teller.open(market, SECRET)
            try:
                asked = await news.tell_paid(told)
                for each in (one for its in asked for one in its):
                    assert isinstance(each, telling.NoteTold)
                    assert isinstance(await market.ask(each), telling.BuyerTold)
                    assert await market.ask(each) == await market.ask(each)
                return [",".join(type(one).__name__ for one in its) for its in asked]
            finally:
                telling.teller.close()

    return asyncio.run(scene())


def test_a_payment_is_told_to_the_buyer(database_url: str, owner_url: str, ear: Ear) -> None:
    book, event = paid(database_url, owner_url)
    assert tell(database_url, Told(book, 7, datetime.now(UTC), event)) == ["NoteTold"]
    (message,) = ear.heard
    assert message.openid == "o-7-wx1"
    assert message.template_id == f"id-{rules.LIBRARY[rules.PAID]}"
    assert message.data["amount3"].value == rules.yuan(event.amount_fen)
    assert message.client_msg_id == f"{book}-7"
    assert f"/shops/shop-{book}/orders/" in message.url


def test_what_is_old_or_in_trouble_is_not_told(database_url: str, owner_url: str, ear: Ear) -> None:
    book, event = paid(database_url, owner_url)
    old = datetime.now(UTC) - timedelta(hours=1)
    late = trade.PaymentTaken(
        subject_id=event.subject_id, attempt_id=1, lines=[], trouble="paid_late", amount_fen=1
    )
    late_told = Told(book, 8, datetime.now(UTC), late)
    assert tell(database_url, Told(book, 7, old, event), late_told) == ["", ""]
    assert ear.heard == []


@pytest.mark.parametrize("number", sorted(rules.FINAL))
def test_who_cannot_be_told_is_not_asked_again(
    database_url: str, owner_url: str, ear: Ear, number: int
) -> None:
    book, event = paid(database_url, owner_url)
    ear.number = number
    assert tell(database_url, Told(book, 7, datetime.now(UTC), event)) == [""]


def test_what_may_pass_is_tried_again(database_url: str, owner_url: str, ear: Ear) -> None:
    book, event = paid(database_url, owner_url)
    ear.number = 45009
    with pytest.raises(AnsweredWithError):
        tell(database_url, Told(book, 7, datetime.now(UTC), event))


def test_a_parcel_and_a_refund_are_told(database_url: str, owner_url: str, ear: Ear) -> None:
    book, event = paid(database_url, owner_url)
    shipped = fulfilment.ParcelShipped(
        subject_id=event.subject_id, state="shipped", carrier="SF", tracking_number="SF1", lines=[]
    )
    ended = money.RefundEnded(
        subject_id=1, order_id=event.subject_id, cause_id=0, amount_fen=500, reason="operator",
        outcome="succeeded",
    )  # fmt: skip

    async def scene() -> None:
        async with opened(database_url) as market:
            telling.teller.open(market, SECRET)
            now = datetime.now(UTC)
            await news.tell_shipped([Told(book, 8, now, shipped)])
            out = [fulfilment.OrderSentOut(subject_id=event.subject_id, is_first=first)
                   for first in (True, False)]  # fmt: skip
            await news.tell_sent_out([Told(book, 11, now, out[0]), Told(book, 12, now, out[1])])
            closed = msgspec.structs.replace(ended, outcome="closed")
            await news.tell_refunded([Told(book, 9, now, ended), Told(book, 10, now, closed)])
            telling.teller.close()

    asyncio.run(scene())
    numbers = [message.client_msg_id for message in ear.heard]
    assert numbers == [f"{book}-8", f"{book}-11", f"{book}-9"]
    assert ear.heard[0].data["thing3"].value == "顺丰速运"
    assert ear.heard[1].data["thing3"].value == "同城配送"
    assert ear.heard[2].data["amount2"].value == "5.00元"
