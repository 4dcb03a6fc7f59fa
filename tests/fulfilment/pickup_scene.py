"""Pickup for the tests: a paid order whose goods wait in its store, and what staff ask."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple
from uuid import uuid4

import asyncpg

from jishi import fulfilment, trade
from jishi.fulfilment.pickup import codes
from jishi.kernel import Market, Refused, new_id
from jishi.kernel.secret import Secret, read_secret
from tests.after_sale.scene import STAFF
from tests.after_sale.scene import Scene as Case
from tests.conftest import opened
from tests.shops import STORE, price_of, seed_shops, sku_of
from tests.trade.orders import place
from tests.trade.paying import came, start, take

UNITS = 3
STOCK = 10
TO_STORE = trade.Destination("pickup", store_id=STORE)
TABLES = ("vouchers", "redemptions", "handed_out", "wrong_codes")


class Scene(NamedTuple):
    """A market with one order of three units that is picked up, and paid."""

    market: Market
    owner: asyncpg.Connection
    book: int
    order_id: int

    @property
    def secret(self) -> Secret:
        """Give the market's secret."""
        return read_secret()

    @property
    def digest(self) -> str:
        """Give the digest of the order's code."""
        return codes.digests_of(self.secret, self.book, self.order_id)[0]

    @property
    def case(self) -> Case:
        """Give the same as after-sale's scene."""
        return Case(*self)

    async def state(self) -> str:
        """Read where the order stands."""
        found: str = await self.owner.fetchval(
            "select state from trade.orders where book = $1 and order_id = $2",
            self.book, self.order_id,
        )  # fmt: skip
        return found

    async def rows(self, table: str) -> list[tuple[object, ...]]:
        """Read all that a table of fulfilment has of this book, but for when."""
        found = await self.owner.fetch(
            f"select * from fulfilment.{table} where book = $1 order by 2, 3", self.book
        )
        return [tuple(value for name, value in row.items() if name[-3:] != "_at") for row in found]

    async def is_refused(self, request: object, reason: str) -> bool:
        """Ask, and tell whether it was refused for this reason and nothing was written."""
        before = [await self.rows(table) for table in TABLES]
        answer = await self.market.ask(request)  # type: ignore[arg-type]  # any request
        after = [await self.rows(table) for table in TABLES]
        return isinstance(answer, Refused) and answer.reason == reason and before == after


@asynccontextmanager
async def waiting(
    database_url: str, owner_url: str, *, is_issued: bool = True, stock: int = STOCK
) -> AsyncIterator[Scene]:
    """Lend a market with an order of three that is paid, and (mostly) waits in its store."""
    book = new_id() >> 20
    await seed_shops(owner_url, book, stock=stock)
    owner = await asyncpg.connect(owner_url)
    try:
        async with opened(database_url) as market:
            yield Scene(market, owner, book, await pay(market, book, is_issued=is_issued))
    finally:
        await owner.close()


async def pay(market: Market, book: int, *, is_issued: bool = True) -> int:
    """Place an order of three to be picked up, pay it, and give its id."""
    asked = place(book, (sku_of(book, 1), UNITS, price_of(1)), destination=TO_STORE)
    assert isinstance(await market.ask(asked), trade.OrderPlaced)
    begun = await market.ask(start(book, asked.order_id))
    assert isinstance(begun, trade.PaymentStarted)
    request = take(book, came(begun, transaction_id=f"42{asked.order_id}"))
    taken = await market.ask(request, wait=5 if is_issued else 0)
    assert isinstance(taken, trade.PaymentTaken)
    return asked.order_id


def issue(
    scene: Scene, order_id: int | None = None, digests: tuple[str, ...] | None = None
) -> fulfilment.IssueVoucher:
    """Ask for the voucher."""
    order_id = scene.order_id if order_id is None else order_id
    if digests is None:
        digests = codes.digests_of(scene.secret, scene.book, order_id)
    return fulfilment.IssueVoucher(
        key=uuid4(), book=scene.book, actor_id=0, order_id=order_id, digests=digests
    )


def check(scene: Scene, digest: str | None = None, staff: int = STAFF) -> fulfilment.CheckVoucher:
    """Let somebody try a code."""
    return fulfilment.CheckVoucher(
        key=uuid4(), book=scene.book, actor_id=staff,
        digest=scene.digest if digest is None else digest,
    )  # fmt: skip


def redeem(
    scene: Scene, order_id: int | None = None, digest: str | None = None, store: int = STORE,
    staff: int = STAFF,
) -> fulfilment.RedeemVoucher:  # fmt: skip
    """Let somebody hand the goods out."""
    return fulfilment.RedeemVoucher(
        key=uuid4(), book=scene.book, actor_id=staff,
        order_id=scene.order_id if order_id is None else order_id,
        digest=scene.digest if digest is None else digest, store_id=store,
    )  # fmt: skip
