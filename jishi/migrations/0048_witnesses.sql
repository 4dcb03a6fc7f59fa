-- Further witnesses of a day: the fund bill, and what WeChat's query says of a difference.
alter table money.bill_days add column flow_count integer;
comment on column money.bill_days.flow_count is
    'So many lines of the fund bill were compared with it; none when there was no such bill.';

alter table money.differences
    drop constraint a_difference_is_of_a_known_kind,
    add constraint a_difference_is_of_a_known_kind check (
        kind in ('only_ours', 'only_theirs', 'amount', 'fee', 'state', 'twice', 'cross_day',
                 'flow_missing', 'flow_extra', 'flow_amount', 'flow_fee', 'flow_twice'));

-- What WeChat's query said of a difference when it was asked: a witness beside both bills.
create table money.answers (
    book        bigint  not null,
    number      bigint  not null,
    position    integer not null,
    state       text    not null,
    amount_fen  bigint,
    answered_at timestamptz not null,
    primary key (book, number, position),
    foreign key (book, number, position) references money.differences
);
comment on column money.answers.state is 'WeChat''s own word; UNKNOWN when it knows of none.';

create trigger answers_are_for_ever before update or delete on money.answers
    for each row execute function kernel.refuse_change();

alter table money.answers enable row level security;
alter table money.answers force row level security;
create policy one_book on money.answers
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on money.answers for select to jishi_verifier using (true);

grant select, insert on money.answers to jishi_app;
grant select on money.answers to jishi_verifier;
