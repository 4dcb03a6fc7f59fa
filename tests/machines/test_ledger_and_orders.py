"""A random market against a model in plain Python: conservation, no debt, answers that stand.

Two processes' markets serve one shop. Each step asks a batch at once, in both; the model knows
what must come of it. `make soak` runs 20,000 steps, the suite a tenth; the seed is fresh.
"""

import asyncio
from typing import NamedTuple
from uuid import UUID, uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from jishi import goods, trade
from jishi.kernel import Answer, Market, Refused, Request, new_id, verify
from jishi.kernel.tx import Tx
from tests.conftest import IS_SOAK, Cluster, on, run_as_owner
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import cancel, expire, place

SKUS, STOCK = 3, 6
EXAMPLES, STEPS = (700, 40) if IS_SOAK else (70, 40)


class Placed(NamedTuple):
    """An order that the model believes to be open."""

    order_id: int
    lines: tuple[tuple[int, int], ...]


class Worker:
    """This worker's database, cloned once for the machine."""

    runner: asyncio.Runner | None = None
    name = ""


def database() -> str:
    """Give the machine's database; it lives as long as the test run's server."""
    if Worker.runner is None:
        Worker.runner, Worker.name = asyncio.Runner(), f"machine_{uuid4().hex}"
        postgres = on(Cluster.owner_url, "postgres")
        making = f"create database {Worker.name} template jishi_template strategy wal_log"
        Worker.runner.run(run_as_owner(postgres, making))
    return Worker.name


wanted = st.lists(st.tuples(st.integers(1, SKUS + 1), st.integers(0, 4)), min_size=1, max_size=3)


class Shop(RuleBasedStateMachine):
    """One shop, its model, and whatever people do to it."""

    def __init__(self) -> None:
        super().__init__()
        name = database()
        assert Worker.runner is not None
        self.run = Worker.runner.run
        self.owner_url = on(Cluster.owner_url, name)
        self.book = new_id() >> 20
        self.shelf = dict.fromkeys(range(1, SKUS + 1), STOCK)
        self.on_hand = dict(self.shelf)
        self.open: dict[int, Placed] = {}
        self.said: list[tuple[Request, Answer]] = []
        self.markets = [Market(on(Cluster.login_url, name), is_working=False) for _ in range(2)]
        self.run(self.begin())

    async def begin(self) -> None:
        """Open the markets and the shop."""
        await seed_shops(self.owner_url, self.book, skus=SKUS, stock=STOCK)
        for market in self.markets:
            await market.open()

    def ask(self, *requests: Request) -> list[Answer]:
        """Ask a batch at once, shared between the two processes; remember what was said."""

        async def all_at_once() -> list[Answer]:
            asking = [self.markets[n % 2].ask(each) for n, each in enumerate(requests)]
            return list(await asyncio.gather(*asking))

        answers = self.run(all_at_once())
        self.said += [
            pair for pair in zip(requests, answers, strict=True) if not isinstance(pair[1], Refused)
        ]
        return answers

    def order(self, lines: list[tuple[int, int]], key: UUID | None = None) -> trade.PlaceOrder:
        """Ask for lines of (SKU number, quantity)."""
        named = [(sku_of(self.book, n), quantity, price_of(n)) for n, quantity in lines]
        return place(self.book, *named, key=key)

    @rule(baskets=st.lists(wanted, min_size=1, max_size=6))
    def place(self, baskets: list[list[tuple[int, int]]]) -> None:
        """Some buyers order at once; what was sold must have been there, in some order."""
        requests = [self.order(basket) for basket in baskets]
        for request, answer, basket in zip(requests, self.ask(*requests), baskets, strict=True):
            if isinstance(answer, trade.OrderPlaced):
                self.open[request.order_id] = Placed(request.order_id, tuple(basket))
                for number, quantity in basket:
                    self.shelf[number] -= quantity
        assert min(self.shelf.values()) >= 0

    @rule(basket=wanted)
    def place_alone(self, basket: list[tuple[int, int]]) -> None:
        """One buyer alone: the model knows the answer exactly."""
        request = self.order(basket)
        [answer] = self.ask(request)
        numbers = [number for number, _ in basket]
        may = (
            len(set(numbers)) == len(numbers)
            and all(quantity >= 1 for _, quantity in basket)
            and all(self.shelf.get(number, -1) >= quantity for number, quantity in basket)
        )
        assert isinstance(answer, trade.OrderPlaced) == may, answer
        if may:
            self.open[request.order_id] = Placed(request.order_id, tuple(basket))
            for number, quantity in basket:
                self.shelf[number] -= quantity

    @rule(which=st.integers(0, 50), is_expiry=st.booleans(), twice=st.booleans())
    def end(self, which: int, *, is_expiry: bool, twice: bool) -> None:
        """An order is cancelled or expires, perhaps both at once; then it is closed."""
        if not self.open:
            return
        placed = list(self.open.values())[which % len(self.open)]
        requests: list[Request] = [cancel(self.book, placed.order_id)]
        if is_expiry:
            late = f"update trade.orders set pay_until = now() where order_id = {placed.order_id}"
            self.run(run_as_owner(self.owner_url, late))
            requests = [expire(self.book, placed.order_id)]
        if twice:
            requests.append(cancel(self.book, placed.order_id))
        ended = [each for each in self.ask(*requests) if not isinstance(each, Refused)]
        assert len(ended) == 1
        while self.run(self.markets[which % 2].worker.work_due()):
            pass
        del self.open[placed.order_id]
        for number, quantity in placed.lines:
            self.shelf[number] += quantity

    @rule(number=st.integers(1, SKUS), quantity=st.integers(-8, 8))
    def restock(self, number: int, quantity: int) -> None:
        """Units come, or go."""
        sku_id = sku_of(self.book, number)
        [answer] = self.ask(
            goods.Restock(key=uuid4(), book=self.book, actor_id=0, sku_id=sku_id,
                          quantity=quantity, reason="counted")
        )  # fmt: skip
        may = quantity != 0 and self.shelf[number] + quantity >= 0
        assert isinstance(answer, goods.Restocked) == may
        if may:
            self.shelf[number] += quantity
            self.on_hand[number] += quantity

    @rule(which=st.integers(0, 500))
    def ask_again(self, which: int) -> None:
        """What was answered once is answered so for ever, in either process."""
        if not self.said:
            return
        request, answer = self.said[which % len(self.said)]
        before = len(self.said)
        assert self.ask(request, request) == [answer, answer]
        del self.said[before:]

    @rule(which=st.integers(0, 500))
    def reuse_a_key(self, which: int) -> None:
        """A key that stood for one body is refused for another."""
        if not self.said:
            return
        request, _ = self.said[which % len(self.said)]
        [answer] = self.ask(self.order([(1, 999)], key=request.key))
        assert answer == Refused("key_reused")

    @invariant()
    def the_shelf_is_as_the_model_says(self) -> None:
        """The ledger and the model agree on every shelf."""

        async def look() -> dict[int, int]:
            ids = {sku_of(self.book, n): n for n in self.shelf}
            async with self.markets[0].database.transaction(book=self.book) as connection:
                stocks = await goods.shelf(Tx(connection, self.book), list(ids))
            return {ids[stock.sku_id]: stock.free for stock in stocks}

        assert self.run(look()) == self.shelf

    def teardown(self) -> None:
        """At the end every promise is kept."""

        async def end() -> list[str]:
            broken = [kept.promise async for kept in verify(self.owner_url) if kept.broken]
            for market in self.markets:
                await market.close()
            return broken

        assert self.run(end()) == []


TestShop = Shop.TestCase
TestShop.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
