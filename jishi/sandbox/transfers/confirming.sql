-- waiting_by_package
-- A transfer as its receiver sees it; one that shall never be seen is not there.
select transfer.transfer_bill_no, merchant.name as merchant, transfer.person_id,
       transfer.transfer_fen, transfer.remark, transfer.state
  from sandbox.transfers as transfer
  join sandbox.merchants as merchant on merchant.mchid = transfer.mchid
 where transfer.package_info = :package_info::text and not transfer.is_hidden;

-- give
-- Put what was transferred into its receiver's purse.
update sandbox.people as person
   set balance_fen = person.balance_fen + transfer.transfer_fen
  from sandbox.transfers as transfer
 where transfer.transfer_bill_no = :transfer_bill_no::text
   and person.person_id = transfer.person_id;
