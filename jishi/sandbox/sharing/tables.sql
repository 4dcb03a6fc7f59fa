-- Who may receive a part of a merchant's payments.
create table sandbox.sharing_receivers (
    mchid         text not null references sandbox.merchants,
    kind          text not null,
    account       text not null,
    relation_type text not null,
    custom        text not null,
    primary key (mchid, kind, account),
    constraint a_receiver_is_of_a_known_kind check (kind in ('MERCHANT_ID', 'PERSONAL_OPENID'))
);

-- A request to share, or (without receivers) to unfreeze what is left.
create table sandbox.sharings (
    order_id       text primary key,
    mchid          text not null references sandbox.merchants,
    transaction_id text not null,
    out_order_no   text not null,
    asked          text not null,
    is_unfreezing  boolean not null,
    is_unfreezing_rest boolean not null,
    made_at        timestamptz not null,
    finished_at    timestamptz,
    constraint an_out_order_no_names_one_sharing unique (mchid, out_order_no)
);
create index sharings_by_payment on sandbox.sharings (transaction_id);

-- What each receiver gets.
create table sandbox.shares (
    detail_id   text primary key,
    order_id    text not null references sandbox.sharings,
    kind        text not null,
    account     text not null,
    share_fen   bigint not null,
    description text not null,
    result      text not null default 'PENDING',
    fail_reason text not null default '',
    made_at     timestamptz not null,
    finished_at timestamptz,
    constraint a_share_gives_something check (share_fen > 0),
    constraint a_share_has_a_known_result check (result in ('PENDING', 'SUCCESS', 'CLOSED')),
    constraint a_share_failed_for_a_reason check ((result = 'CLOSED') = (fail_reason <> ''))
);
create index shares_by_sharing on sandbox.shares (order_id);

-- What a receiving merchant gives back.
create table sandbox.sharing_returns (
    return_id     text primary key,
    mchid         text not null references sandbox.merchants,
    order_id      text not null references sandbox.sharings,
    detail_id     text not null references sandbox.shares,
    out_return_no text not null,
    return_mchid  text not null references sandbox.merchants,
    return_fen    bigint not null,
    description   text not null,
    asked         text not null,
    result        text not null default 'PROCESSING',
    fail_reason   text not null default '',
    made_at       timestamptz not null,
    finished_at   timestamptz,
    constraint an_out_return_no_names_one_return unique (mchid, out_return_no),
    constraint a_return_gives_something_back check (return_fen > 0),
    constraint a_return_has_a_known_result check (result in ('PROCESSING', 'SUCCESS', 'FAILED'))
);
create index returns_by_share on sandbox.sharing_returns (detail_id);
