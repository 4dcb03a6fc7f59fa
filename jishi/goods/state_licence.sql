-- write
insert into goods.licences (
    book, number, legal_name, registration, exemption, address, phone, mail, filing, stated_at)
select :book, number, legal_name, registration, exemption, address, phone, mail, filing, :now
  from unnest(:numbers::bigint[], :legal_names::text[], :registrations::text[],
              :exemptions::text[], :addresses::text[], :phones::text[], :mails::text[],
              :filings::text[])
    as licence (number, legal_name, registration, exemption, address, phone, mail, filing);
