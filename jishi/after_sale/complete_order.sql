-- read
select placed.order_id, placed.state, placed.total_fen, received.at as received_at,
       exists (select from after_sale.cases as wanted
                where wanted.book = :book and wanted.order_id = placed.order_id
                  and wanted.state not in ('done', 'closed')) as is_wanted,
       exists (select from money.refunds as refund
                where refund.book = :book and refund.order_id = placed.order_id
                  and refund.state not in ('succeeded', 'closed')) as is_refunding
  from trade.orders as placed
  left join lateral (select max(step.at) as at from trade.order_steps as step
                      where step.book = :book and step.order_id = placed.order_id
                        and step.state = 'received') as received on true
 where placed.book = :book and placed.order_id = any(:order_ids::bigint[]);
