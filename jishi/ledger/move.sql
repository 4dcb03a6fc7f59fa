-- write
-- Transfers, and the bounded balances they change: relatively, under the book's lock.
with moved as (
    insert into ledger.transfers (book, number, position, unit, amount,
                                  giver_kind, giver, taker_kind, taker, reason)
    select :book, number, position, unit, amount, giver_kind, giver, taker_kind, taker, reason
      from unnest(:numbers::bigint[], :positions::int[], :of_units::bigint[], :amounts::bigint[],
                  :giver_kinds::text[], :givers::bigint[], :taker_kinds::text[], :takers::bigint[],
                  :reasons::text[])
        as moved (number, position, unit, amount, giver_kind, giver, taker_kind, taker, reason)
), change as materialized (
    select change.unit, change.kind, change.holder, change.delta, kind.is_bounded
      from unnest(:units::bigint[], :kinds::text[], :holders::bigint[], :deltas::bigint[])
        as change (unit, kind, holder, delta)
      left join ledger.kinds as kind on kind.kind = change.kind
), changed as (
    update ledger.accounts as account
       set balance = account.balance + change.delta
      from change
     where change.is_bounded
       and account.book = :book and account.unit = change.unit
       and account.kind = change.kind and account.holder = change.holder
    returning 1
)
-- A kind that nobody declared counts as bounded, and cannot have changed: so it is found out.
select (select count(*) from change where is_bounded is not false) as bounded,
       (select count(*) from changed) as changed;

-- balances_of
-- What bounded accounts of a kind hold, for some units.
select unit, kind, holder, balance
  from ledger.accounts
 where book = :book and unit = any(:units::bigint[]) and kind = :kind
 order by unit, holder;

-- units
insert into ledger.units (book, unit, name)
select :book, unit, name
  from unnest(:units::bigint[], :names::text[]) as declared (unit, name)
on conflict (book, unit) do nothing;

-- accounts
insert into ledger.accounts (book, unit, kind, holder)
select :book, unit, kind, holder
  from unnest(:units::bigint[], :kinds::text[], :holders::bigint[]) as opened (unit, kind, holder)
on conflict (book, unit, kind, holder) do nothing;
