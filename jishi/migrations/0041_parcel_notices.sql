-- A shop is told of a parcel that is lost, held up or brought back, too.
alter table staff.notices
    drop constraint a_notice_is_of_a_known_kind,
    add constraint a_notice_is_of_a_known_kind check (
        kind in ('order_paid', 'case_opened', 'case_changed', 'case_sent_back',
                 'case_escalated', 'parcel_troubled'));
