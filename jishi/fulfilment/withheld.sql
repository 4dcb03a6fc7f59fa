-- write
with released as (
    delete from fulfilment.withheld as kept
     using unnest(:cause_ids::bigint[], :are_withheld::boolean[]) as cause (cause_id, is_withheld)
     where kept.book = :book and kept.cause_id = cause.cause_id and not cause.is_withheld
)
insert into fulfilment.withheld (book, cause_id, order_id)
select :book, cause_id, order_id
  from unnest(:cause_ids::bigint[], :order_ids::bigint[], :are_withheld::boolean[])
    as cause (cause_id, order_id, is_withheld)
 where is_withheld
    on conflict (book, cause_id) do nothing;
