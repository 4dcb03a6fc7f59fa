"""Orders, payments, parcels, after-sale and settlement: whatever is done in whatever order.

Buyer, shop, WeChat and clock each do what they like. After every step the orders have taken legal
steps only, every fen of each order is accounted for, and no unit of goods came or went unseen; at
the end WeChat and the ledger agree, and every promise is kept. `make soak` runs 50,000 steps, the
suite 3,000 with a fresh seed.
"""

import random
import subprocess
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
    run_state_machine_as_test,
)

from jishi import after_sale, fulfilment, money, trade
from jishi.kernel import Refused, Request, new_id, new_public_id
from tests.conftest import IS_SOAK
from tests.machines.trading import (
    RECEIVED_LONG_AGO,
    STAFF,
    deed_of,
)
from tests.machines.walk import SKUS, Walk
from tests.shops import price_of, sku_of
from tests.trade.orders import BUYER, cancel, expire, place
from tests.trade.paying import start, take

ORDERS_MAX = 6
EXAMPLES, STEPS = (1_100, 50) if IS_SOAK else (60, 50)
which = st.integers(0, 50)


class Trade(Walk):
    """A shop, its orders and cases, and WeChat: what each may do."""

    @precondition(lambda self: len(self.orders) < ORDERS_MAX)
    @rule(basket=st.lists(st.integers(1, 3), min_size=SKUS, max_size=SKUS))
    def place(self, basket: list[int]) -> None:
        """The buyer orders."""
        lines = [(sku_of(self.book, n), units, price_of(n)) for n, units in enumerate(basket, 1)]
        asked = place(self.book, *lines)
        if not isinstance(self.ask(asked)[0], Refused):
            self.orders.append(asked.order_id)
            self.baskets[asked.order_id] = basket
            [begun] = self.ask(start(self.book, asked.order_id))
            assert isinstance(begun, trade.PaymentStarted)
            self.numbers[asked.order_id] = begun.out_trade_no

    @precondition(lambda self: self.platform.bills)
    @rule(n=which, told=st.integers(0, 2), is_wrong=st.integers(0, 9))
    def pay(self, n: int, told: int, is_wrong: int) -> None:
        """The buyer pays what is open at WeChat, which tells it never, once, twice, or wrongly."""
        number = sorted(self.platform.bills)[n % len(self.platform.bills)]
        bill = self.platform.bills[number]
        if is_wrong == 0:
            came = self.platform.came(number)
            wrong = money.Came(
                out_trade_no=number, transaction_id=f"43{number}", appid=came.appid,
                mchid=came.mchid, amount_fen=came.amount_fen + 1, currency="CNY",
            )  # fmt: skip
            self.ask(take(self.book, wrong))
            return
        if bill.state == "NOTPAY":
            bill.state = "SUCCESS"
        if bill.state == "SUCCESS" and told:
            came = self.platform.came(number)
            self.ask(*(trade.reactions.take(came, self.book) for _ in range(told)))

    @precondition(lambda self: self.orders)
    @rule(n=which, is_received=st.booleans())
    def pay_and_go_on(self, n: int, is_received: bool) -> None:
        """The buyer pays, WeChat tells it, the shop sends all of it; perhaps it arrives."""
        order_id = self.order(n)
        number = self.numbers[order_id]
        if self.platform.bills[number].state == "NOTPAY":
            self.platform.bills[number].state = "SUCCESS"
            self.ask(trade.reactions.take(self.platform.came(number), self.book))
        self.ask(self.parcel(order_id, *self.baskets[order_id]))
        if is_received:
            self.receive(n, BUYER, then=False)

    @precondition(lambda self: self.orders)
    @rule(n=which, how=st.sampled_from(["look", "cancel", "expire", "call_off", "finish"]))
    def leave(self, n: int, how: str) -> None:
        """The buyer says he paid or cancels; the shop calls off; the time is over."""
        order_id, book = self.order(n), self.book
        if how == "expire":
            late = "update trade.orders set pay_until = now() where book = $1 and order_id = $2"
            self.sql(late, book, order_id)
        given: dict[str, Any] = {"key": uuid4(), "book": book, "order_id": order_id}
        deeds: dict[str, Request] = {
            "look": trade.LookForPayment(**given, actor_id=BUYER),
            "cancel": cancel(book, order_id),
            "expire": expire(book, order_id),
            "call_off": trade.CallOffOrder(**given, actor_id=STAFF),
            "finish": fulfilment.FinishShipping(**given, actor_id=0),
        }
        self.ask(deeds[how])

    @precondition(lambda self: self.orders)
    @rule(n=which, first=st.integers(0, 3), second=st.integers(0, 3))
    def ship(self, n: int, first: int, second: int) -> None:
        """The shop sends some pieces."""
        if first or second:
            self.ask(self.parcel(self.order(n), first, second))

    @precondition(lambda self: self.orders)
    @rule(n=which, who=st.sampled_from([BUYER, 0]), then=st.booleans())
    def receive(self, n: int, who: int, then: bool) -> None:
        """The buyer has it; then, perhaps, a week goes by and it is completed."""
        order_id = self.order(n)
        given: dict[str, Any] = {"key": uuid4(), "book": self.book, "order_id": order_id}
        self.ask(fulfilment.ConfirmReceipt(**given, actor_id=who))
        if then:
            self.sql(RECEIVED_LONG_AGO, self.book, order_id)
            given["key"] = uuid4()
            self.ask(after_sale.CompleteOrder(**given, actor_id=0))

    @precondition(lambda self: self.orders)
    @rule(
        n=which,
        position=st.integers(1, SKUS),
        quantity=st.integers(1, 3),
        wanted=st.integers(0, 1),
        kind=st.sampled_from(["refund_only", "return_and_refund", "exchange"]),
    )
    def complain(self, n: int, position: int, quantity: int, wanted: int, kind: str) -> None:
        """The buyer wants something."""
        asked = after_sale.OpenCase(
            key=uuid4(), book=self.book, actor_id=BUYER, case_id=new_id(),
            public_id=new_public_id(), order_id=self.order(n), position=position,
            quantity=quantity, kind=kind, reason="agreed", story="", wanted_fen=wanted,
        )  # fmt: skip
        if not isinstance(self.ask(asked)[0], Refused):
            self.cases.append(asked.case_id)

    @precondition(lambda self: self.orders)
    @rule(
        n=which,
        position=st.integers(1, SKUS),
        kind=st.sampled_from(["refund_only", "return_and_refund", "return_and_refund", "exchange"]),
        far=st.integers(1, 4),
        damaged=st.integers(0, 1),
    )
    def go_through(self, n: int, position: int, kind: str, far: int, damaged: int) -> None:
        """The buyer wants something, and both go some way with it."""
        before = len(self.cases)
        self.complain(n, position, 1, 0, kind)
        if len(self.cases) > before:
            for deed in ("agree", "send", "receive", "replace")[:far]:
                self.ask(deed_of(self.book, deed, self.cases[-1], 1 - damaged, damaged))

    @precondition(lambda self: self.cases)
    @rule(
        n=which, good=st.integers(0, 3), damaged=st.integers(0, 1), twice=st.booleans(),
        deed=st.sampled_from(
            ["agree", "agree", "send", "receive", "refuse", "refuse_goods", "replace", "end",
             "escalate", "judge", "lapse", "retry", "withdraw"]
        ),
    )  # fmt: skip
    def handle(self, n: int, good: int, damaged: int, twice: bool, deed: str) -> None:
        """Somebody does something about a case, perhaps with two clicks at once."""
        case_id = self.case(n)
        if deed == "lapse":
            over = "update after_sale.cases set act_until = now() - interval '1 second'"
            waits = "where book = $1 and case_id = $2 and act_until is not null"
            self.sql(f"{over} {waits}", self.book, case_id)
        requests = [deed_of(self.book, deed, case_id, good, damaged) for _ in range(1 + twice)]
        self.ask(*requests)

    @rule(outcome=st.sampled_from(["SUCCESS", "SUCCESS", "PROCESSING", "ABNORMAL"]))
    def refunds_go(self, outcome: str) -> None:
        """WeChat's refunds go so from now on."""
        self.platform.outcome = outcome

    @precondition(lambda self: self.platform.refunds)
    @rule(n=which, outcome=st.sampled_from(["SUCCESS", "CLOSED"]), told=st.integers(0, 2))
    def end_refund(self, n: int, outcome: str, told: int) -> None:
        """A refund that goes on ends; WeChat tells it never, once or twice."""
        number = sorted(self.platform.refunds)[n % len(self.platform.refunds)]
        refund = self.platform.refunds[number]
        if refund.state in {"PROCESSING", "ABNORMAL"}:
            refund.state = outcome
        if refund.state in {"SUCCESS", "CLOSED"} and told:
            refund_id = money.rules.attempt_of(number)[1]
            ended = "succeeded" if refund.state == "SUCCESS" else "closed"
            end = money.reactions.end_told(f"{number}{ended}", self.book, refund_id, ended)
            self.ask(*([end] * told))


DEEP = ("PaymentTaken", "ParcelShipped", "ReceiptConfirmed", "CaseOpened")
DEEPER = (
    "OrderCompleted",
    "CaseAgreed",
    "SentBack",
    "GoodsReceived",
    "OrderCancelled",
    "OrderExpired",
)
"""What must have happened somewhere, or the machine walked in the shallows; in many steps more."""


def test_whatever_is_done_in_whatever_order() -> None:
    seed = random.randrange(2**32)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    print(f"seed {seed}, commit {commit}")
    checked = settings(
        max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, print_blob=True,
        database=None, suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )  # fmt: skip
    run_state_machine_as_test(seeded(seed)(Trade), settings=checked)
    print(f"{Trade.taken} steps: {Trade.census.most_common(40)}")
    wanted = (*DEEP, *DEEPER) if IS_SOAK else DEEP
    lacking = [name for name in wanted if not Trade.census[name]]
    assert lacking == [], Trade.census
