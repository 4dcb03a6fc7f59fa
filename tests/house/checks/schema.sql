-- Everything that a database holds beside its rows, a line each, in an order of its own.
with ours as (
    select oid, nspname as name from pg_namespace
     where nspname !~ '^pg_' and nspname <> 'information_schema'
), relation as (
    select class.*, ours.name || '.' || class.relname as name
      from pg_class as class
      join ours on ours.oid = class.relnamespace
     where class.relname <> 'jishi_migrations' and class.relname <> 'jishi_migrations_pkey'
       -- The months of a table are opened by the clock.
       and not (class.relispartition and class.relname ~ '_[0-9]{6}')
), line (line) as (
    select format('schema %s acl %s', name, array(select unnest(nspacl)::text order by 1))
      from ours
      join pg_namespace as namespace using (oid)
     union all
    select format('relation %s kind %s options %s rls %s %s partition %s comment %L acl %s',
                  name, relkind, reloptions, relrowsecurity, relforcerowsecurity,
                  pg_get_partkeydef(relation.oid), obj_description(relation.oid, 'pg_class'),
                  array(select unnest(relacl)::text order by 1))
      from relation
     where relkind <> 'i' and relkind <> 'I'
     union all
    select format('column %s.%s %s%s default %L identity %L generated %L comment %L acl %s',
                  relation.name, attname, format_type(atttypid, atttypmod),
                  case when attnotnull then ' not null' else '' end,
                  pg_get_expr(adbin, adrelid), attidentity, attgenerated,
                  col_description(relation.oid, attnum),
                  array(select unnest(attacl)::text order by 1))
      from relation
      join pg_attribute as attribute on attrelid = relation.oid and attnum > 0 and not attisdropped
      left join pg_attrdef on adrelid = attrelid and adnum = attnum
     where relkind in ('r', 'p', 'v', 'm')
     union all
    select format('constraint %s %s %s comment %L', relation.name, conname,
                  pg_get_constraintdef(constr.oid), obj_description(constr.oid, 'pg_constraint'))
      from pg_constraint as constr
      join relation on relation.oid = conrelid
     union all
    select format('index %s valid %s', pg_get_indexdef(indexrelid), indisvalid)
      from pg_index
      join relation on relation.oid = indrelid
     union all
    select format('trigger %s enabled %s', pg_get_triggerdef(pg_trigger.oid), tgenabled)
      from pg_trigger
      join relation on relation.oid = tgrelid
     where not tgisinternal
     union all
    select format('view %s %s', name, pg_get_viewdef(oid)) from relation where relkind in ('v', 'm')
     union all
    select format('sequence %s %s', name, to_jsonb(pg_sequence) - 'seqrelid' - 'seqtypid')
      from pg_sequence
      join relation on relation.oid = seqrelid
     union all
    select format('policy %s', to_jsonb(pg_policies)) from pg_policies
     union all
    select format('function %s acl %s comment %L', pg_get_functiondef(proc.oid),
                  array(select unnest(proacl)::text order by 1),
                  obj_description(proc.oid, 'pg_proc'))
      from pg_proc as proc
      join ours on ours.oid = pronamespace
     where prokind in ('f', 'p')
     union all
    select format('type %s.%s %s %s', ours.name, typname, typtype,
                  array(select enumlabel from pg_enum
                         where enumtypid = type.oid order by enumsortorder))
      from pg_type as type
      join ours on ours.oid = typnamespace
     where typtype in ('e', 'd', 'r')
     union all
    select format('default acl %s %s %s', ours.name, defaclobjtype, defaclacl)
      from pg_default_acl
      left join ours on ours.oid = defaclnamespace
     union all
    select format('extension %s', extname) from pg_extension
)
select line from line order by line;
