-- Same-city delivery: where a shop brings goods itself. Each setting is a new row, the last holds.
create table trade.same_city_terms (
    book          bigint  not null,
    number        bigint  not null,
    is_offered    boolean not null,
    divisions     text[]  not null,
    fee_fen       bigint  not null,
    free_from_fen bigint  not null,
    minimum_fen   bigint  not null,
    set_at        timestamptz not null,
    primary key (book, number),
    constraint what_is_brought_costs_something_or_nothing check (
        fee_fen >= 0 and free_from_fen >= 0 and minimum_fen >= 0),
    constraint goods_are_brought_to_some_district check (
        not is_offered or cardinality(divisions) > 0)
);
comment on column trade.same_city_terms.number is 'The event of this book that set it.';
comment on column trade.same_city_terms.divisions is 'Codes of districts (GB/T 2260).';
create trigger same_city_terms_are_for_ever before update or delete on trade.same_city_terms
    for each row execute function kernel.refuse_change();
grant select, insert on trade.same_city_terms to jishi_app;
grant select on trade.same_city_terms to jishi_verifier;
