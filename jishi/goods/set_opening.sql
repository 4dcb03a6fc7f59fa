-- kept
-- The shop with this book, how it trades, and whether anything ever went out of it to a buyer.
select shop.book, shop.is_listed,
       coalesce((select licence.exemption from goods.licences as licence
                  where licence.book = :book order by licence.number desc limit 1), 'none')
           as exemption,
       exists (select from ledger.transfers as transfer
                where transfer.book = :book and transfer.taker_kind = 'customer') as has_sold
  from goods.shops as shop
 where shop.book = :book;

-- write
with noted as (
    insert into goods.openings (book, number, state, closes_at, actor_id, set_at)
    select :book, number, state, closes_at, actor_id, :now
      from unnest(:numbers::bigint[], :states::text[], :closes_ats::timestamptz[],
                  :actor_ids::bigint[]) as opening (number, state, closes_at, actor_id)
)
update goods.shops as shop
   set closed_at = last.closes_at, is_listed = last.state <> 'trial'
  from (select state, closes_at
          from unnest(:numbers::bigint[], :states::text[], :closes_ats::timestamptz[])
            as opening (number, state, closes_at)
         order by number desc limit 1) as last
 where shop.book = :book;
