-- stale
-- What can be bought and is not found by its words of now.
select findable.product_id, findable.digest, findable.title, findable.title_en, findable.others
  from discovery.findable as findable
  left join discovery.entries as entry
    on entry.book = findable.book and entry.product_id = findable.product_id
 where findable.book = :book and entry.digest is distinct from findable.digest
 order by findable.product_id
 limit :products_max::int;

-- gone
-- What is found and cannot be bought.
select entry.product_id
  from discovery.entries as entry
  left join discovery.findable as findable
    on findable.book = entry.book and findable.product_id = entry.product_id
 where entry.book = :book and findable.product_id is null
 order by entry.product_id
 limit :products_max::int;

-- write_entries
-- Keep the words of these products.
insert into discovery.entries (book, product_id, digest, terms)
select :book, made.product_id, made.digest, made.terms::tsvector
  from unnest(:product_ids::bigint[], :digests::text[], :terms::text[])
       as made (product_id, digest, terms)
    on conflict (book, product_id)
       do update set digest = excluded.digest, terms = excluded.terms;

-- remove_entries
-- Forget the words of these products.
delete from discovery.entries where book = :book and product_id = any (:product_ids::bigint[]);
