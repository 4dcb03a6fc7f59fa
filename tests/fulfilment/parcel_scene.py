"""Parcels for the tests: a paid order of two lines, and what staff and buyer ask about it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple
from uuid import uuid4

import asyncpg

from jishi import fulfilment, trade
from jishi.fulfilment import Packed
from jishi.kernel import Market, Refused, new_id
from tests.after_sale.scene import STAFF
from tests.after_sale.scene import Scene as Case
from tests.conftest import opened
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import BUYER, place
from tests.trade.paying import came, start, take

UNITS = {1: 3, 2: 2}
ALL = tuple(Packed(position, units) for position, units in UNITS.items())
PARCELS = "select count(*) from fulfilment.parcels where book = $1"


class Scene(NamedTuple):
    """A market with one order of three of one thing and two of another, paid."""

    market: Market
    owner: asyncpg.Connection
    book: int
    order_id: int

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

    async def steps(self) -> list[str]:
        """Read why each step was taken."""
        rows = await self.owner.fetch(
            "select reason from trade.order_steps where book = $1 and order_id = $2"
            " order by number", self.book, self.order_id,
        )  # fmt: skip
        return [row["reason"] for row in rows]

    async def reason(self, request: object) -> str:
        """Ask, and give why it was refused, or nothing; a refusal wrote no parcel."""
        before = await self.owner.fetchval(PARCELS, self.book)
        answer = await self.market.ask(request)  # type: ignore[arg-type]  # any request
        if not isinstance(answer, Refused):
            return ""
        assert await self.owner.fetchval(PARCELS, self.book) == before
        return answer.reason

    async def sent_ago(self, ago: str) -> None:
        """Let the last parcel have been sent so long ago."""
        await self.owner.execute("alter table trade.order_steps disable trigger user")
        await self.owner.execute(
            "update trade.order_steps set at = now() - $3::text::interval"
            " where book = $1 and order_id = $2 and state = 'shipped'",
            self.book, self.order_id, ago,
        )  # fmt: skip
        await self.owner.execute("alter table trade.order_steps enable trigger user")


@asynccontextmanager
async def bought(database_url: str, owner_url: str) -> AsyncIterator[Scene]:
    """Lend a market with a paid order that goes by parcel."""
    book = new_id() >> 20
    await seed_shops(owner_url, book, stock=10, skus=2)
    owner = await asyncpg.connect(owner_url)
    try:
        async with opened(database_url) as market:
            lines = ((sku_of(book, n), units, price_of(n)) for n, units in UNITS.items())
            asked = place(book, *lines)
            assert isinstance(await market.ask(asked), trade.OrderPlaced)
            begun = await market.ask(start(book, asked.order_id))
            assert isinstance(begun, trade.PaymentStarted)
            paid = take(book, came(begun, transaction_id=f"43{asked.order_id}"))
            assert isinstance(await market.ask(paid), trade.PaymentTaken)
            yield Scene(market, owner, book, asked.order_id)
    finally:
        await owner.close()


def ship(
    on: Scene, *lines: tuple[int, int], carrier: str = "SF", tracking: str = "SF1234567",
    order_id: int | None = None, seen_address_id: int = 0,
) -> fulfilment.ShipParcel:  # fmt: skip
    """Ask to ship units of lines, all of them when none is named."""
    return fulfilment.ShipParcel(
        key=uuid4(), book=on.book, actor_id=STAFF,
        order_id=on.order_id if order_id is None else order_id,
        lines=tuple(Packed(*line) for line in lines) or ALL, carrier=carrier,
        tracking_number=tracking, seen_address_id=seen_address_id,
    )  # fmt: skip


def receive(on: Scene, who: int = BUYER, order_id: int | None = None) -> fulfilment.ConfirmReceipt:
    """Confirm receipt; with 0 by the clock."""
    return fulfilment.ConfirmReceipt(
        key=uuid4(), book=on.book, actor_id=who,
        order_id=on.order_id if order_id is None else order_id,
    )  # fmt: skip


def finish(on: Scene, order_id: int | None = None) -> fulfilment.FinishShipping:
    """Ask whether nothing is left."""
    return fulfilment.FinishShipping(
        key=uuid4(), book=on.book, actor_id=0,
        order_id=on.order_id if order_id is None else order_id,
    )  # fmt: skip


def correct(
    on: Scene, parcel: int, carrier: str = "ZTO", tracking: str = "ZT7654321"
) -> fulfilment.CorrectParcel:
    """Tell another number."""
    return fulfilment.CorrectParcel(
        key=uuid4(), book=on.book, actor_id=STAFF, parcel=parcel, carrier=carrier,
        tracking_number=tracking,
    )  # fmt: skip


def unmask(on: Scene, order_id: int | None = None) -> fulfilment.UnmaskAddress:
    """See where it goes."""
    return fulfilment.UnmaskAddress(
        key=uuid4(), book=on.book, actor_id=STAFF,
        order_id=on.order_id if order_id is None else order_id,
    )  # fmt: skip
