-- Fulfilment: how paid goods come to the buyer.
create schema fulfilment;
grant usage on schema fulfilment to jishi_app, jishi_verifier;
