-- What payers complain of, and what was done about it.
create table sandbox.complaints (
    complaint_id     text primary key,
    mchid            text not null references sandbox.merchants,
    person_id        bigint not null references sandbox.people,
    openid           text not null,
    transaction_id   text not null,
    out_trade_no     text not null,
    total_fen        bigint not null,
    problem          text not null,
    problem_type     text not null,
    asked_refund_fen bigint not null,
    detail           text not null,
    state            text not null default 'PENDING',
    is_reply_awaited boolean not null default true,
    times            integer not null default 1,
    made_at          timestamptz not null,
    constraint a_complaint_is_in_a_known_state
        check (state in ('PENDING', 'PROCESSING', 'PROCESSED')),
    constraint a_complaint_is_of_a_known_kind
        check (problem_type in ('REFUND', 'SERVICE_NOT_WORK', 'OTHERS')),
    constraint no_more_is_asked_back_than_was_paid check (asked_refund_fen between 0 and total_fen)
);
create index complaints_by_merchant on sandbox.complaints (mchid, made_at);
create index complaints_by_payment on sandbox.complaints (transaction_id);

-- Every step of a complaint, of the payer, the merchant or WeChat.
create table sandbox.complaint_steps (
    step_id      bigint generated always as identity primary key,
    complaint_id text not null references sandbox.complaints,
    operator     text not null,
    kind         text not null,
    details      text not null,
    images       text[] not null default '{}',
    made_at      timestamptz not null
);
create index complaint_steps_in_order on sandbox.complaint_steps (complaint_id, step_id);

-- Where a merchant wants to hear of complaints.
create table sandbox.complaint_addresses (
    mchid text primary key references sandbox.merchants,
    url   text not null
);
