-- What is sealed with the market's key may be sealed with a newer one.
grant update (sealed) on money.credentials to jishi_app;
grant update (sealed) on staff.authenticators to jishi_app;
