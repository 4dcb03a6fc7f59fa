-- Money on its way to a person, who has a day to confirm it.
create table sandbox.transfers (
    transfer_bill_no text primary key,
    mchid        text not null references sandbox.merchants,
    appid        text not null references sandbox.accounts,
    out_bill_no  text not null,
    openid       text not null,
    person_id    bigint not null references sandbox.people,
    transfer_fen bigint not null,
    remark       text not null,
    scene_id     text not null,
    notify_url   text not null,
    package_info text not null,
    asked        text not null,
    state        text not null default 'WAIT_USER_CONFIRM',
    fail_reason  text not null default '',
    is_hidden    boolean not null,
    made_at      timestamptz not null,
    changed_at   timestamptz not null,
    constraint an_out_bill_no_names_one_transfer unique (mchid, out_bill_no),
    constraint a_package_names_one_transfer unique (package_info),
    constraint a_transfer_gives_something check (transfer_fen > 0),
    constraint a_transfer_is_in_a_known_state check (
        state in ('WAIT_USER_CONFIRM', 'TRANSFERING', 'SUCCESS', 'FAIL', 'CANCELING', 'CANCELLED'))
);
create index transfers_by_merchant on sandbox.transfers (mchid, changed_at);
create index transfers_by_person on sandbox.transfers (person_id, state);
