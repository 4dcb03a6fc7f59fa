-- read_recorded
select wechat_refund_id
  from money.external_refunds
 where book = :book and wechat_refund_id = any(:numbers::text[]);

-- write
insert into money.external_refunds (book, refund_id, number, out_refund_no, wechat_refund_id,
                                    refunded_at)
select :book, refund_id, number, out_refund_no, wechat_refund_id, refunded_at
  from unnest(:refund_ids::bigint[], :numbers::bigint[], :out_refund_nos::text[],
              :wechat_refund_ids::text[], :moments::timestamptz[])
    as told (refund_id, number, out_refund_no, wechat_refund_id, refunded_at);

-- close_differences
-- What a bill alone had is in our books now, to the fen.
insert into money.resolutions (book, number, position, ended_by, how, note, actor_id, ended_at)
select distinct on (found.number, found.position)
       :book::bigint, found.number, found.position, recorded.ended_by, 'taken_since', '', 0,
       :now::timestamptz
  from unnest(:ends::bigint[], :out_numbers::text[], :amounts::bigint[])
    as recorded (ended_by, out_number, amount_fen)
  join money.differences as found
    on found.book = :book and found.kind = 'only_theirs'
   and found.out_number = recorded.out_number and found.theirs_fen = recorded.amount_fen
 where not exists (select from money.resolutions as ended
                    where ended.book = :book and ended.number = found.number
                      and ended.position = found.position)
 order by found.number, found.position, recorded.ended_by;
