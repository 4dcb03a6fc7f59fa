-- What a member did is found through its actor.
create index events_of_an_actor on kernel.events (book, actor_id, number);

create view kernel.the_record_is_append_only with (security_invoker) as
select format('a change of %s is granted', part.record::text) as trouble
  from (select 'kernel.events'::regclass as record
        union all
        select inhrelid::regclass from pg_inherits
         where inhparent = 'kernel.events'::regclass) as part
 where has_table_privilege('jishi_app', part.record, 'update, delete, truncate')
    or has_any_column_privilege('jishi_app', part.record, 'update')
union all
select format('the guard of %s is missing', part.inhrelid::regclass::text)
  from pg_inherits as part
 where part.inhparent = 'kernel.events'::regclass
   and not exists (select from pg_trigger
                    where tgrelid = part.inhrelid and tgenabled = 'O'
                      and tgname = 'events_are_for_ever');

insert into kernel.promises (promise, sentence, examined) values
    ('kernel.the_record_is_append_only',
     'Nobody can change or delete what happened.', 'kernel.events');
grant select on kernel.the_record_is_append_only to jishi_verifier;
