-- nameless
-- Who of these is not to be named by what he looks at.
select found.person_id::bigint as person_id
  from evidence.nameless(:person_ids::bigint[]) as found (person_id);

-- next_batch
-- The number of this copy; the row stays locked until it is done, so no earlier one commits later.
update evidence.copying
   set batch = batch + 1, row_count = row_count + :rows::bigint,
       dropped_count = dropped_count + :dropped::bigint
 where book = :book
returning batch;

-- write_origins
insert into evidence.origins (book, order_id, session_id, entry, share_id, actor_id, depth,
                              touch_id)
select origin.book, origin.order_id, origin.session_id, origin.entry, 0, 0, 0, 0
  from unnest(:books::bigint[], :order_ids::bigint[], :session_ids::bigint[], :entries::text[])
    as origin (book, order_id, session_id, entry)
    on conflict (book, order_id) do nothing;
