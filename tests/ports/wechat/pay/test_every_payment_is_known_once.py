"""Whatever goes wrong with notifications: afterwards every payment is known exactly once."""

import asyncio
import random
from collections import Counter
from typing import Any

import pytest

from jishi.ports.wechat.pay import Notice, Rejection, orders, prepay
from jishi.ports.wechat.pay.orders import Transaction
from tests.conftest import IS_SOAK
from tests.ports.wechat.pay.shop import Server, Shop
from tests.sandbox.scene import a_sandbox

PAYMENTS = 1_000 if IS_SOAK else 100
PERCENT = 20
EVENT = "TRANSACTION.SUCCESS"
FAULTS = ("probe", "duplicate", "out_of_order", "replay", "lost")
AT_ONCE = 20


class Ledger(Server):
    """A shop's server with a book: each notice is dealt with once, under its id.

    `is_careful` not: the negative control, a shop that deals with whatever it hears.
    """

    def __init__(self, *, is_careful: bool = True) -> None:
        super().__init__()
        self.is_careful, self.heard, self.seen = is_careful, 0, set[str]()
        self.money: Counter[str] = Counter()
        self.answers: list[tuple[str, int]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Take one notification; what it says of money is booked."""
        before, statuses = len(self.read), []

        async def note(message: Any) -> None:
            statuses.append(message.get("status"))
            await send(message)

        await super().__call__(scope, receive, note)
        said = self.read[before]
        self.answers.append((said.reason if isinstance(said, Rejection) else "", statuses[0]))
        if isinstance(said, Notice) and isinstance(said.happening, Transaction):
            self.book(said.notice_id, said.happening)

    def book(self, key: str, paid: Transaction) -> None:
        """Book a payment under a key; the same key is booked once."""
        if self.is_careful and key in self.seen:
            return
        self.seen.add(key)
        assert paid.amount is not None
        self.money[paid.out_trade_no] += paid.amount.total_fen


async def pay_all(shop: Shop, luck: random.Random) -> dict[str, int]:
    """Have all payments made, some at a time; give what each order costs, in fen."""
    due: dict[str, int] = {}

    async def one() -> None:
        fen = luck.randint(1, 100_000)
        order = shop.order(amount=prepay.OrderAmount(total_fen=fen))
        due[order.out_trade_no] = fen
        prepaid = await prepay.prepay_jsapi(shop.merchant, order)
        await shop.pay(prepay_id=prepaid.prepay_id)

    for begin in range(0, PAYMENTS, AT_ONCE):
        await asyncio.gather(*(one() for _ in range(min(AT_ONCE, PAYMENTS - begin))))
        await shop.scene.due()
    return due


async def day_of_faults(url: str, ledger: Ledger, seed: int, *, minutes: int) -> dict[str, int]:
    """Have a day of payments with everything going wrong; ask for what was never heard of."""
    luck = random.Random(seed)
    async with a_sandbox(url, receiver=ledger, seed=seed) as scene:
        shop = Shop(scene, ledger)
        # A person who can pay for all of it.
        purse = {"balance_fen": 10**12}
        await scene.control("PUT", f"/sandbox/people/{scene.people[0].person_id}", purse)
        for fault in FAULTS:
            await scene.arm(fault, operation=EVENT, times=None, percent=PERCENT)
        await scene.arm("bad_signature", operation=EVENT, times=None, percent=PERCENT)
        due = await pay_all(shop, luck)
        await scene.advance(minutes * 60)
        await scene.control("DELETE", "/sandbox/faults")
        for out_trade_no in due:
            if out_trade_no not in ledger.money:
                found = await orders.query_order(shop.merchant, out_trade_no)
                assert found.trade_state == "SUCCESS"
                ledger.book(f"query {out_trade_no}", found)
    return due


@pytest.mark.parametrize("minutes", [0, 1_500], ids=["at once", "a day"])
def test_every_payment_is_known_exactly_once(fresh_database: tuple[str, str], minutes: int) -> None:
    seed = random.randrange(2**32)
    ledger = Ledger()
    due = asyncio.run(day_of_faults(fresh_database[0], ledger, seed, minutes=minutes))
    assert len(due) == PAYMENTS
    assert dict(ledger.money) == due, f"seed {seed}"
    reasons = Counter(reason for reason, _ in ledger.answers)
    assert reasons["probe"] > 0, (reasons, seed)
    assert reasons["stale"] > 0, (reasons, seed)
    assert reasons["forged"] > 0, (reasons, seed)
    for reason, status in ledger.answers:
        assert (status >= 400) == bool(reason), (reason, status, seed)
    queried = sum(key.startswith("query ") for key in ledger.seen)
    if minutes == 0:
        assert queried > 0, f"nothing was left to ask for; seed {seed}"
    else:
        assert queried == 0, f"sixteen tries did not bring everything; seed {seed}"


def test_whoever_books_whatever_is_heard_books_twice(fresh_database: tuple[str, str]) -> None:
    ledger = Ledger(is_careful=False)
    due = asyncio.run(day_of_faults(fresh_database[0], ledger, 7, minutes=0))
    assert sum(ledger.money.values()) > sum(due.values())


def test_whoever_does_not_look_at_signatures_takes_probes(
    fresh_database: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def trust(*_: object) -> None:
        """Find nothing wrong with any signature."""

    monkeypatch.setattr("jishi.ports.wechat.pay.notifications.reason_against", trust)
    ledger = Ledger()
    asyncio.run(day_of_faults(fresh_database[0], ledger, 7, minutes=0))
    assert all(status < 400 for _, status in ledger.answers)
