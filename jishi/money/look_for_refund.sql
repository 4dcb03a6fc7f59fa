-- read_due
select book, refund_id, looks from money.refunds_due(:refunds_max::int);
