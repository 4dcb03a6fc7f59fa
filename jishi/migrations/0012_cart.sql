-- 0012: carts, and purchases over several shops.

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

-- Several shops' orders that were placed, and are paid, together; in the market's book.
create table trade.purchases (
    book        bigint not null,
    purchase_id bigint not null,
    public_id   text   not null,
    buyer_id    bigint not null,
    opened_at   timestamptz not null,
    primary key (book, purchase_id),
    constraint an_address_leads_to_one_purchase unique (book, public_id)
);

create table trade.purchase_parts (
    book        bigint  not null,
    purchase_id bigint  not null,
    position    integer not null,
    shop_book   bigint  not null,
    order_id    bigint  not null,
    primary key (book, purchase_id, position),
    foreign key (book, purchase_id) references trade.purchases,
    constraint a_shop_is_in_a_purchase_once unique (book, purchase_id, shop_book),
    constraint a_purchase_is_of_up_to_ten_shops check (position between 1 and 10)
);

create trigger purchases_are_for_ever before update or delete on trade.purchases
    for each row execute function kernel.refuse_change();
create trigger purchase_parts_are_for_ever before update or delete on trade.purchase_parts
    for each row execute function kernel.refuse_change();

create view trade.every_purchase_is_of_its_buyer_s_orders with (security_invoker) as
select part.book, part.purchase_id, part.shop_book, part.order_id
  from trade.purchase_parts as part
  join trade.purchases as purchase
    on purchase.book = part.book and purchase.purchase_id = part.purchase_id
  left join trade.orders as placed
    on placed.book = part.shop_book and placed.order_id = part.order_id
 where (placed.purchase_id, placed.buyer_id)
       is distinct from (purchase.purchase_id, purchase.buyer_id);

insert into kernel.promises (promise, sentence, examined) values
    ('trade.every_purchase_is_of_its_buyer_s_orders',
     'A purchase over several shops is of orders that its buyer placed in it.',
     'trade.purchase_parts');

alter table trade.purchases enable row level security;
alter table trade.purchases force row level security;
create policy one_book on trade.purchases
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_buyer_sees_his_own on trade.purchases for select
    using (buyer_id = (select nullif(current_setting('jishi.person', true), '')::bigint)
           and buyer_id <> 0);
create policy the_verifier_sees_all on trade.purchases for select to jishi_verifier using (true);

alter table trade.purchase_parts enable row level security;
alter table trade.purchase_parts force row level security;
create policy one_book on trade.purchase_parts
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy whoever_sees_the_purchase_sees_its_parts on trade.purchase_parts for select
    using (exists (select from trade.purchases as purchase
                    where purchase.book = purchase_parts.book
                      and purchase.purchase_id = purchase_parts.purchase_id));
create policy the_verifier_sees_all on trade.purchase_parts for select
    to jishi_verifier using (true);

grant select, insert on trade.purchases, trade.purchase_parts to jishi_app;
grant select on trade.purchases, trade.purchase_parts,
    trade.every_purchase_is_of_its_buyer_s_orders to jishi_verifier;
