-- Persons who were erased: what they did is folded into sums, then it names them no more.
create table evidence.leavers (
    book         bigint not null,
    person_id    bigint not null,
    left_at      timestamptz not null,
    forgotten_at timestamptz,
    primary key (book, person_id),
    constraint a_leaver_was_somebody check (person_id > 0)
);
create index leavers_to_forget on evidence.leavers (book, left_at) where forgotten_at is null;

-- Of those who are forgotten: how many there were in an arm, and the sums of what was measured of
-- them. A measure `a*b` is the sum of products; of nobody alone does it say what he did.
create table evidence.folded (
    book     bigint not null,
    question text   not null,
    arm      text   not null,
    measure  text   not null,
    units    bigint not null,
    sum      float8 not null,
    primary key (book, question, arm, measure),
    constraint somebody_was_folded check (units > 0)
);

create view evidence.nobody_who_is_forgotten_is_named with (security_invoker) as
select leaver.book, leaver.person_id, leaver.forgotten_at
  from evidence.leavers as leaver
 where leaver.forgotten_at is not null
   and (exists (select from evidence.seen as event where event.person_id = leaver.person_id)
        or exists (select from evidence.exposures as exposure
                    where exposure.unit_type = 'person' and exposure.unit_id = leaver.person_id));

insert into kernel.promises (promise, sentence, examined) values
    ('evidence.nobody_who_is_forgotten_is_named',
     'What pages saw and experiments assigned names nobody who is forgotten.', 'evidence.leavers');

alter table evidence.leavers enable row level security;
alter table evidence.leavers force row level security;
create policy one_book on evidence.leavers
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on evidence.leavers for select to jishi_verifier using (true);

grant select, insert on evidence.leavers, evidence.folded to jishi_app;
grant update (forgotten_at) on evidence.leavers to jishi_app;
grant update (units, sum) on evidence.folded to jishi_app;
grant update (session_id) on evidence.origins to jishi_app;
grant select on evidence.leavers, evidence.folded, evidence.nobody_who_is_forgotten_is_named
    to jishi_verifier;
