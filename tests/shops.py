"""Shops full of goods, laid down at once as the owner: for tests, soaks and benchmarks."""

import asyncpg

SEED = """
with shop as (
    select book from generate_series($1::bigint, $1::bigint + $2::int - 1) as shop (book)
), opened as (
    insert into kernel.books (book, kind, event_count) select book, 'shop', 1 from shop
), told as (
    insert into kernel.events (book, number, at, name, subject_id, actor_id, body)
    select book, 1, now(), 'ShopSeeded', book, 0, '{}' from shop
), known as (
    insert into kernel.keys (book, key, fingerprint, number, event_at)
    select book, gen_random_uuid(), 0, 1, now() from shop
), named as (
    insert into goods.shops (book, public_id, name, name_en)
    select book, 'shop-' || book, '茶铺' || book, 'Tea shop ' || book from shop
), stored as (
    insert into goods.stores (book, store_id, name, name_en)
    select book, 1, '总店', 'Main store' from shop
), product as (
    insert into goods.products (book, product_id, public_id, handle, title, title_en, body_html,
                                body_html_en, vendor, tags, option_names, option_names_en, is_live,
                                listed_at)
    select book, book * 100000 + n, 'product-' || book || '-' || n, 'tea-' || n, '龙井茶' || n,
           'Longjing tea ' || n, '<p>明前采摘，清香回甘。</p>',
           '<p>Picked before Qingming.</p>', '茶农',
           array['茶'], array['规格'], array['Size'], true, now()
      from shop, generate_series(1, $3::int) as n
), sku as (
    insert into goods.skus (book, sku_id, product_id, code, options, options_en, price_fen,
                            position)
    select book, book * 100000 + n, book * 100000 + n, 'T' || n, array['100克'], array['100 g'],
           1000 + n % 900, 1
      from shop, generate_series(1, $3::int) as n
), unit as (
    insert into ledger.units (book, unit, name)
    select book, book * 100000 + n, 'goods' from shop, generate_series(1, $3::int) as n
), shelf as (
    insert into ledger.accounts (book, unit, kind, holder, balance)
    select book, book * 100000 + n, account.kind, 1, account.balance
      from shop, generate_series(1, $3::int) as n,
           (values ('shelf', $4::bigint), ('reserved', 0)) as account (kind, balance)
)
insert into ledger.transfers (book, number, position, unit, amount, giver_kind, giver, taker_kind,
                              taker, reason)
select book, 1, n, book * 100000 + n, $4::bigint, 'supplier', 0, 'shelf', 1, 'seeded'
  from shop, generate_series(1, $3::int) as n
 where $4::bigint > 0
"""

STORE = 1
ANALYZED_MIN = 500


def sku_of(book: int, number: int) -> int:
    """Give the SKU id of a seeded shop's n-th product (from 1)."""
    return book * 100_000 + number


def price_of(number: int) -> int:
    """Give the price (fen) of a seeded shop's n-th product."""
    return 1_000 + number % 900


async def seed_shops(
    owner_url: str, first: int, *, shops: int = 1, skus: int = 5, stock: int = 10
) -> None:
    """Lay down shops, books `first` and on, each with its SKUs and so many of each."""
    connection = await asyncpg.connect(owner_url)
    try:
        # Small shops in larger chunks: a statement of a hundred thousand rows takes a second.
        chunk = max(1, 100_000 // max(skus, 1))
        for start in range(first, first + shops, chunk):
            await connection.execute(SEED, start, min(chunk, first + shops - start), skus, stock)
        if shops * skus > ANALYZED_MIN:
            # What autovacuum does within a minute of so many rows.
            await connection.execute("analyze")
    finally:
        await connection.close()
