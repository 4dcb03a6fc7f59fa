"""The ground of the whole trade: a shop, two processes, WeChat; and what must hold there."""

import asyncio
import random
from collections import Counter
from contextlib import ExitStack
from typing import ClassVar
from uuid import uuid4

import asyncpg
from hypothesis.stateful import RuleBasedStateMachine, invariant

from jishi import fulfilment, money, trade
from jishi.after_sale.rules import TRANSITIONS as CASE_STEPS
from jishi.fulfilment import Packed
from jishi.kernel import Answer, Market, Refused, Request, new_id, verify
from tests.conftest import Cluster, on
from tests.machines.test_ledger_and_orders import Worker, database
from tests.machines.trading import CASES_TAKEN, GOODS, MONEY, NET, STAFF, STEPS_TAKEN
from tests.machines.wechat import Platform, played
from tests.shops import seed_shops

SKUS, STOCK = 2, 15
SURE = {"SUCCESS": "succeeded", "CLOSED": "closed"}


class Walk(RuleBasedStateMachine):
    """A shop, its orders and cases, and WeChat."""

    census: ClassVar[Counter[str]] = Counter()
    taken: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        name = database()
        assert Worker.runner is not None
        self.run, self.owner_url = Worker.runner.run, on(Cluster.owner_url, name)
        self.book, self.platform = new_id() >> 20, Platform()
        self.orders: list[int] = []
        self.baskets: dict[int, list[int]] = {}
        self.numbers: dict[int, str] = {}
        self.cases: list[int] = []
        self.markets = [Market(on(Cluster.login_url, name), is_working=False) for _ in range(2)]
        self.stack = ExitStack()
        self.run(self.begin())

    async def begin(self) -> None:
        """Open the markets and the shop, and let WeChat be played."""
        await seed_shops(self.owner_url, self.book, skus=SKUS, stock=STOCK)
        self.owner = await asyncpg.connect(self.owner_url)
        for market in self.markets:
            await market.open()
        self.stack.enter_context(played(self.platform, self.markets[0]))

    def ask(self, *requests: Request) -> list[Answer]:
        """Ask all at once, shared between two processes; then do what follows."""

        async def all_at_once() -> list[Answer]:
            asking = [self.markets[n % 2].ask(each) for n, each in enumerate(requests)]
            answers = list(await asyncio.gather(*asking))
            await self.work()
            return answers

        answers = self.run(all_at_once())
        for each in answers:
            name = each.reason if isinstance(each, Refused) else type(each).__name__
            self.census[name] += 1
        return answers

    async def work(self) -> None:
        """Do what is due, until nothing is."""
        while await self.markets[0].worker.work_due():
            pass

    def sql(self, statement: str, *values: object) -> None:
        """Bend the clock of this shop."""

        async def bend() -> None:
            await self.owner.execute("set session_replication_role = replica")
            await self.owner.execute(statement, *values)
            await self.owner.execute("set session_replication_role = origin")

        self.run(bend())

    def order(self, n: int) -> int:
        """Give one of the orders."""
        return self.orders[n % len(self.orders)]

    def case(self, n: int) -> int:
        """Give one of the cases."""
        return self.cases[n % len(self.cases)]

    def parcel(self, order_id: int, *units: int) -> fulfilment.ShipParcel:
        """Ask to ship so many of each line."""
        lines = tuple(Packed(position, n) for position, n in enumerate(units, 1) if n)
        return fulfilment.ShipParcel(
            key=uuid4(), book=self.book, actor_id=STAFF, order_id=order_id, lines=lines,
            carrier="SF", tracking_number=f"SF{random.randrange(10**9)}", seen_address_id=0,
        )  # fmt: skip

    @invariant()
    def every_step_is_legal(self) -> None:
        """Orders and cases go only where their tables let them."""
        type(self).taken += 1
        for first, then in self.run(self.owner.fetch(STEPS_TAKEN, self.book)):
            assert first in {None, then} or (first, then) in trade.rules.TRANSITIONS
        for first, then in self.run(self.owner.fetch(CASES_TAKEN, self.book)):
            assert first in {None, then} or (first, then) in CASE_STEPS, (first, then)

    @invariant()
    def every_fen_is_accounted_for(self) -> None:
        """Of each order: paid less refunded is held or settled, and settled is fees and net."""
        for row in self.run(self.owner.fetch(MONEY, self.book)):
            assert row["paid"] - row["back"] == row["held"] + row["settled"], dict(row)
            assert row["settled"] == row["parts"]

    @invariant()
    def no_unit_came_or_went_unseen(self) -> None:
        """Of each SKU what was supplied is on a shelf, set aside, damaged, or with a customer."""
        for unit, units in self.run(self.owner.fetch(GOODS, self.book)):
            assert units == STOCK, unit

    def teardown(self) -> None:
        """Let everything be told; then both sides agree, and every promise is kept."""

        async def end() -> tuple[list[str], int]:
            for number, bill in self.platform.bills.items():
                if bill.state == "SUCCESS":
                    came = self.platform.came(number)
                    await self.markets[0].ask(trade.reactions.take(came, self.book))
            await self.work()
            for number, refund in self.platform.refunds.items():
                if refund.state in SURE:
                    request = money.reactions.end_told(
                        f"{number}{SURE[refund.state]}", self.book,
                        money.rules.attempt_of(number)[1], SURE[refund.state],
                    )  # fmt: skip
                    await self.markets[0].ask(request)
            await self.work()
            net = await self.owner.fetchval(NET, self.book)
            # Nobody of another example is to ask after what waits here.
            await self.owner.execute("delete from kernel.todos where book = $1", self.book)
            broken = [kept.promise async for kept in verify(self.owner_url) if kept.broken]
            for market in self.markets:
                await market.close()
            await self.owner.close()
            return broken, int(net)

        try:
            broken, net = self.run(end())
        finally:
            self.stack.close()
        assert broken == []
        assert net == self.platform.net_fen(), "the ledger and WeChat agree, to the fen"
