-- What shops ask of WeChat Pay, and what became of it.

-- Several orders that are paid with one password, or not at all.
create table sandbox.combined_orders (
    combined_id    bigint generated always as identity primary key,
    mchid          text not null references sandbox.merchants,
    appid          text not null references sandbox.accounts,
    out_trade_no   text not null,
    prepay_id      text not null,
    transaction_id text not null,
    notify_url     text not null,
    device_id      text not null,
    asked          text not null,
    constraint a_combined_number_names_one_combination unique (mchid, out_trade_no),
    constraint a_prepay_id_names_one_combination unique (prepay_id)
);

-- An order at WeChat: prepaid, then paid, closed, or left. The orders of a combination share its
-- prepay_id and have their places in it. `asked` is the request, to know it again; `bank_type` is
-- what it would be paid from; `tried` is how the last failed try to pay left it.
create table sandbox.orders (
    order_id       bigint generated always as identity primary key,
    mchid          text not null references sandbox.merchants,
    appid          text not null references sandbox.accounts,
    combined_id    bigint references sandbox.combined_orders,
    place          integer not null default 0,
    out_trade_no   text not null,
    prepay_id      text not null,
    trade_type     text not null,
    description    text not null,
    attach         text not null,
    total_fen      bigint not null,
    openid         text not null,
    notify_url     text not null,
    device_id      text not null,
    bank_type      text not null,
    is_sharing     boolean not null,
    asked          text not null,
    made_at        timestamptz not null,
    usable_until   timestamptz not null,
    expires_at     timestamptz not null,
    closed_at      timestamptz,
    tried          text not null default '',
    tried_at       timestamptz,
    transaction_id text,
    person_id      bigint references sandbox.people,
    payer_openid   text not null default '',
    paid_at        timestamptz,
    refunds        integer not null default 0,
    refunded_fen   bigint not null default 0,
    constraint an_out_trade_no_names_one_order unique (mchid, out_trade_no),
    constraint a_place_in_a_bill_is_taken_once unique (prepay_id, place),
    constraint a_transaction_id_names_one_order unique (transaction_id),
    constraint an_order_is_of_a_known_type check (trade_type in ('JSAPI', 'NATIVE', 'MWEB', 'APP')),
    constraint an_order_costs_something check (total_fen > 0),
    constraint a_failed_try_has_a_known_state check (tried in ('', 'USERPAYING', 'PAYERROR')),
    constraint a_paid_order_says_by_whom_and_under_which_number check (
        (paid_at is null) = (transaction_id is null) and (paid_at is null) = (person_id is null)),
    constraint a_closed_order_is_not_paid check (closed_at is null or paid_at is null),
    constraint no_more_is_refunded_than_was_paid check (
        refunded_fen between 0 and case when paid_at is null then 0 else total_fen end),
    constraint refunds_of_an_order_are_at_most_fifty check (refunds between 0 and 50)
);
create index orders_by_merchant_and_payment on sandbox.orders (mchid, paid_at)
 where paid_at is not null;
create index orders_by_payer on sandbox.orders (person_id, appid, paid_at)
 where paid_at is not null;

-- Money on its way back to a payer. `received_by` is the account that gets it.
create table sandbox.refunds (
    refund_id     text primary key,
    mchid         text not null references sandbox.merchants,
    order_id      bigint not null references sandbox.orders,
    out_refund_no text not null,
    refund_fen    bigint not null,
    status        text not null default 'PROCESSING',
    channel       text not null default 'ORIGINAL',
    received_by   text not null,
    reason        text not null,
    funds_account text not null,
    notify_url    text not null,
    asked         text not null,
    made_at       timestamptz not null,
    ended_at      timestamptz,
    constraint an_out_refund_no_names_one_refund unique (mchid, out_refund_no),
    constraint a_refund_gives_something_back check (refund_fen > 0),
    constraint a_refund_is_in_a_known_state check (
        status in ('PROCESSING', 'SUCCESS', 'ABNORMAL', 'CLOSED')),
    constraint a_refund_goes_a_known_way check (
        channel in ('ORIGINAL', 'BALANCE', 'OTHER_BALANCE', 'OTHER_BANKCARD')),
    constraint a_refund_that_ended_says_when check (
        (ended_at is null) = (status in ('PROCESSING', 'ABNORMAL')))
);
create index refunds_by_order on sandbox.refunds (order_id);

-- Who typed a wrong payment password of late, how often, and until when nothing is asked of them.
create table sandbox.wrong_passwords (
    person_id    bigint primary key references sandbox.people,
    wrong        integer not null,
    locked_until timestamptz not null,
    constraint wrong_tries_are_counted check (wrong > 0)
);
