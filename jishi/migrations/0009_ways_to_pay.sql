-- An attempt is paid in one way: by a code, a link, or WeChat's sheet.
alter table money.attempts add column way text not null default 'native';
alter table money.attempts add constraint an_attempt_is_paid_in_a_known_way check (
    way in ('native', 'h5', 'jsapi'));
comment on column money.attempts.code_url is
    'What it is paid by: the text of the code, the link, or the id that opens the sheet.';
grant update (way) on money.attempts to jishi_app;
