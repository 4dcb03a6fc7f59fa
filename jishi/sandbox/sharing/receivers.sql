-- put_receiver
-- Let somebody receive.
insert into sandbox.sharing_receivers (mchid, kind, account, relation_type, custom)
values (:mchid::text, :kind::text, :account::text, :relation_type::text, :custom::text)
    on conflict (mchid, kind, account)
       do update set relation_type = excluded.relation_type, custom = excluded.custom;

-- drop_receiver
-- Let somebody receive no longer.
delete from sandbox.sharing_receivers
 where mchid = :mchid::text and kind = :kind::text and account = :account::text;

-- count_others
-- How many a merchant has besides this one.
select count(*) as receivers
  from sandbox.sharing_receivers
 where mchid = :mchid::text and (kind, account) <> (:kind::text, :account::text);
