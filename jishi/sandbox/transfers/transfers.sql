-- add_transfer
-- Keep a transfer that waits for its receiver.
insert into sandbox.transfers
       (transfer_bill_no, mchid, appid, out_bill_no, openid, person_id, transfer_fen, remark,
        scene_id, notify_url, package_info, asked, is_hidden, made_at, changed_at)
values (:transfer_bill_no::text, :mchid::text, :appid::text, :out_bill_no::text, :openid::text,
        :person_id::bigint, :transfer_fen::bigint, :remark::text, :scene_id::text,
        :notify_url::text, :package_info::text, :asked::text, :is_hidden::boolean, :now, :now)
returning transfer_bill_no, mchid, appid, out_bill_no, openid, person_id, transfer_fen, remark,
          notify_url, package_info, asked, state, fail_reason, is_hidden, made_at, changed_at;

-- transfer_by_number
-- A merchant's transfer by its own number or by WeChat's.
select transfer_bill_no, mchid, appid, out_bill_no, openid, person_id, transfer_fen, remark,
       notify_url, package_info, asked, state, fail_reason, is_hidden, made_at, changed_at
  from sandbox.transfers
 where mchid = :mchid::text
   and (out_bill_no = :out_bill_no::text or transfer_bill_no = :bill::text);

-- change_state
-- Put a transfer that is in one of these states into another.
update sandbox.transfers
   set state = :state::text, fail_reason = :fail_reason::text, changed_at = :now
 where transfer_bill_no = :transfer_bill_no::text and state = any (:states::text[])
returning transfer_bill_no, mchid, appid, out_bill_no, openid, person_id, transfer_fen, remark,
          notify_url, package_info, asked, state, fail_reason, is_hidden, made_at, changed_at;
