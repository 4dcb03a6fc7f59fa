-- listed
select source, count(*) as images
  from goods.images
 where book = :book and source = any(:sources::text[])
 group by source;

-- write
with kept as (
    insert into goods.pictures (digest, media_type, width, height, bytes)
    select distinct on (digest) digest, media_type, width, height, bytes
      from unnest(:digests::text[], :media_types::text[], :widths::int[], :heights::int[],
                  :bytes::bytea[])
        as picture (digest, media_type, width, height, bytes)
    on conflict (digest) do nothing
)
update goods.images as image
   set digest = picture.digest
  from unnest(:sources::text[], :digests::text[]) as picture (source, digest)
 where image.book = :book and image.source = picture.source and picture.source <> '';

-- write_renditions
insert into goods.renditions (digest, width, height, bytes)
select distinct on (digest, width) digest, width, height, bytes
  from unnest(:of_pictures::text[], :widths::int[], :heights::int[], :bytes::bytea[])
    as rendition (digest, width, height, bytes)
on conflict (digest, width) do nothing;
