-- lock_merchant
-- One transfer of a merchant at a time. Alone: what a later statement reads is then true.
select from sandbox.merchants where mchid = :mchid::text for no key update;

-- spent
-- What a merchant transferred, or is about to.
select coalesce(sum(transfer_fen), 0)::bigint as spent_fen
  from sandbox.transfers
 where mchid = :mchid::text and state not in ('FAIL', 'CANCELLED');
