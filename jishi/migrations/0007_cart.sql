-- 0007: carts.

-- What somebody, a guest or a person, wants to order later; in the market's book.
create table trade.cart_lines (
    book      bigint  not null,
    holder_id bigint  not null,
    shop_book bigint  not null,
    sku_id    bigint  not null,
    quantity  integer not null,
    seen_fen  bigint  not null,
    is_chosen boolean not null,
    put_at    timestamptz not null,
    primary key (book, holder_id, shop_book, sku_id),
    constraint a_cart_line_wants_something check (quantity between 1 and 999),
    constraint a_price_that_was_seen_is_in_bounds check (seen_fen between 0 and 100000000)
);
comment on column trade.cart_lines.seen_fen is
    'The price when it was last shown: what changed since is said before paying.';

alter table trade.cart_lines enable row level security;
alter table trade.cart_lines force row level security;
create policy one_book on trade.cart_lines
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy everybody_sees_his_own on trade.cart_lines for select
    using (holder_id = (select nullif(current_setting('jishi.person', true), '')::bigint)
           and holder_id <> 0);
create policy the_verifier_sees_all on trade.cart_lines for select to jishi_verifier using (true);

grant select, insert, update, delete on trade.cart_lines to jishi_app;
grant select on trade.cart_lines to jishi_verifier;
