"""An older market: its tables are brought up to date, nothing is lost, and it is traded on."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from litestar.testing import TestClient

from jishi import trade, web
from jishi.kernel import Market, migrate, verify
from jishi.kernel.migrate import pending
from tests.conftest import Cluster, on, opened, run_as_owner
from tests.trade.orders import place
from tests.web.reader import ORIGIN, Reader

OLDER = sorted(Path(__file__).parent.glob("*.sql.gz"))
WAIT_SECONDS = 60
COUNTS = {
    name: f"select count(*) from {name}"
    for name in ("kernel.events", "goods.products", "goods.skus", "trade.orders",
                 "trade.order_lines", "ledger.transfers")
}  # fmt: skip
WORTH = "select coalesce(sum(total_fen), 0) from trade.orders"
OPEN = "select count(*) from trade.orders where state in ('awaiting_payment', 'closing')"
RESERVED = "select coalesce(sum(balance), 0) from ledger.accounts where kind = 'reserved'"
PRODUCT = """
select shop.public_id as shop, product.public_id as product, sku.book, sku.sku_id, sku.price_fen
  from goods.skus as sku
  join goods.shops as shop on shop.book = sku.book
  join goods.products as product
    on product.book = sku.book and product.product_id = sku.product_id
 order by sku.sku_id limit 1
"""


@asynccontextmanager
async def older(dump: str) -> AsyncIterator[tuple[str, str]]:
    """Lend a market as that release left it: its login's URL, and the owner's."""
    name = f"older_{uuid4().hex}"
    postgres = on(Cluster.owner_url, "postgres")
    await run_as_owner(postgres, f"create database {name}")
    try:
        await run_as_owner(on(Cluster.owner_url, name), dump)
        yield on(Cluster.login_url, name), on(Cluster.owner_url, name)
    finally:
        await run_as_owner(postgres, f"drop database {name} with (force)")


async def figures(owner: asyncpg.Connection) -> dict[str, int]:
    """Read what no upgrade may change."""
    return {name: await owner.fetchval(query) for name, query in {**COUNTS, "": WORTH}.items()}


@pytest.mark.parametrize("file", OLDER, ids=lambda file: file.name[:4])
def test_an_older_market_is_upgraded_and_traded_on(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JISHI_SECRET", "a secret of tests, longer than it must be")
    dump = gzip.decompress(file.read_bytes()).decode()

    async def scene() -> None:
        async with older(dump) as (login_url, owner_url):
            owner = await asyncpg.connect(owner_url)
            before = await figures(owner)
            assert before["trade.orders"] >= 1
            missing = await pending(owner_url)
            assert [name[:4] for name in missing][:1] == [f"{int(file.name[:4]) + 1:04}"]
            assert await migrate(owner_url) == missing
            assert await migrate(owner_url) == []
            assert await figures(owner) == before
            await end_what_is_over(login_url, owner)
            row = await owner.fetchrow(PRODUCT)
            assert row is not None
            async with opened(login_url) as market:
                asked = place(row["book"], (row["sku_id"], 1, row["price_fen"]))
                assert isinstance(await market.ask(asked), trade.OrderPlaced)
            await asyncio.to_thread(read, login_url, row["shop"], row["product"])
            broken = [kept.promise async for kept in verify(owner_url) if kept.broken]
            assert broken == []
            await owner.close()

    asyncio.run(scene())


async def end_what_is_over(login_url: str, owner: asyncpg.Connection) -> None:
    """Let the market work until no old order waits: its time was over long ago."""
    async with opened(login_url, is_working=True):
        async with asyncio.timeout(WAIT_SECONDS):
            while await owner.fetchval(OPEN):
                await asyncio.sleep(0.2)
        assert await owner.fetchval(RESERVED) == 0, "what they held is on the shelf again"


def read(login_url: str, shop: str, product: str) -> None:
    """Read a product's page, as a shopper would."""
    app = web.create(Market(login_url, is_working=False))
    with TestClient(app, base_url=ORIGIN) as client:
        page = Reader(client).get(f"/shops/{shop}/products/{product}")
        assert page.status_code == 200
        assert 'id="buy"' in page.text


def test_there_is_a_market_to_upgrade() -> None:
    assert OLDER
