"""Products as a form sends them, and prices from weeks ago."""

from uuid import uuid4

import asyncpg
import msgspec

from jishi import goods
from jishi.kernel import Answer, Market, new_id, new_public_id
from jishi.kernel.tx import Connection

TEA = goods.ListedProduct(
    line=0, handle="tea", title="龙井", title_en="Longjing", body_html="<p>清香</p>",
    body_html_en="", category="茶", category_en="Tea", vendor="茶农", tags=("绿茶",),
    option_names=("规格",), option_names_en=(), state="draft", terms=goods.ALWAYS,
    skus=(
        goods.ListedSku(
            line=0, sku_id=None, code="T1", options=("50克",), options_en=(), price_fen=1_000,
            compare_fen=None, on_hand=5, low_stock=2, weight_grams=60,
        ),
        goods.ListedSku(
            line=1, sku_id=None, code="T2", options=("100克",), options_en=(), price_fen=1_900,
            compare_fen=None, on_hand=3, low_stock=None, weight_grams=None,
        ),
    ),
    images=(),
)  # fmt: skip


def save(
    book: int, product: goods.ListedProduct = TEA, *, product_id: int = 0, revision: int = 0
) -> goods.SaveProduct:
    """Ask to save a product."""
    needed = range(goods.names_needed([product]))
    return goods.SaveProduct(
        key=uuid4(), book=book, actor_id=3, product_id=product_id, revision=revision,
        product=product, ids=tuple(new_id() for _ in needed),
        public_ids=tuple(new_public_id() for _ in needed),
    )  # fmt: skip


async def saved(market: Market, book: int, product: goods.ListedProduct = TEA) -> int:
    """Save a new product; give its id."""
    answer = await market.ask(save(book, product))
    assert isinstance(answer, goods.ProductSaved), answer
    return answer.subject_id


async def age(owner_url: str, book: int, days: int) -> None:
    """Let all that a book has of prices be so many days older."""
    connection: Connection = await asyncpg.connect(owner_url)
    try:
        async with connection.transaction():
            await connection.execute("set local session_replication_role = replica")
            for table, column in (("prices", "changed_at"), ("products", "listed_at")):
                await connection.execute(
                    f"update goods.{table} set {column} = {column} - make_interval(days => $2)"
                    " where book = $1",
                    book, days,
                )  # fmt: skip
    finally:
        await connection.close()


async def sku_rows(owner_url: str, book: int) -> list[tuple[int, str, int, int | None, bool]]:
    """Read the SKUs of a book: id, code, price, struck price, whether it is listed."""
    connection: Connection = await asyncpg.connect(owner_url)
    try:
        rows = await connection.fetch(
            "select sku_id, code, price_fen, compare_fen, is_listed from goods.skus"
            " where book = $1 order by is_listed desc, position, sku_id", book,
        )  # fmt: skip
        return [tuple(row) for row in rows]
    finally:
        await connection.close()


async def revision_of(owner_url: str, book: int, product_id: int) -> int:
    """Read the revision that a form of this product would carry."""
    connection: Connection = await asyncpg.connect(owner_url)
    try:
        return int(
            await connection.fetchval(
                "select greatest(revision, (select max(number) from goods.prices"
                " join goods.skus using (book, sku_id)"
                " where prices.book = $1 and skus.product_id = $2))"
                " from goods.products where book = $1 and product_id = $2", book, product_id,
            )
        )  # fmt: skip
    finally:
        await connection.close()


async def ask_save(
    market: Market, owner_url: str, book: int, product_id: int, **changes: object
) -> Answer:
    """Save the tea again with changes, as a form opened just now does."""
    revision = await revision_of(owner_url, book, product_id)
    product = msgspec.structs.replace(TEA, **changes)
    return await market.ask(save(book, product, product_id=product_id, revision=revision))
