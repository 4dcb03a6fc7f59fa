-- overtaken
-- Whether a later delivery to the same merchant has been tried.
select exists (select from sandbox.deliveries as later
                where later.delivery_id > :delivery_id::bigint and later.kind = :kind::text
                  and later.owner = :owner::text and later.outcome <> '') as is_overtaken;
