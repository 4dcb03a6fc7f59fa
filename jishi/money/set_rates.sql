-- write
insert into money.rates (book, number, wechat_bps, commission_bps, set_at)
select :book, number, wechat_bps, commission_bps, :now
  from unnest(:numbers::bigint[], :wechat_rates::int[], :commission_rates::int[])
    as rate (number, wechat_bps, commission_bps);
