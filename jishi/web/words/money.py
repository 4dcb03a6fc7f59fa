"""What a reader is told when money refuses."""

from jishi.web.words.both import Both, both

REFUSALS: dict[str, Both] = {
    "nothing_paid": both(
        "这张订单没有付过款", "没有可以退的钱。",
        "Nothing was paid on this order", "There is nothing to refund.",
    ),
    "refund_too_large": both(
        "退款金额超过了还能退的金额", "请减少退款金额后再试。",
        "The refund is more than what is left", "Please refund less.",
    ),
}  # fmt: skip

UNREACHABLE = (
    "attempt_id_taken", "attempt_not_open", "attempt_unknown", "code_out_of_bounds",
    "outcome_unknown", "refund_ended", "refund_id_taken", "refund_not_abnormal",
    "refund_reason_unknown", "refund_unknown",
    "way_unknown", "payee_out_of_bounds", "payment_out_of_bounds", "payment_taken",
    "rates_unlikely", "order_settled", "refund_under_way", "nothing_to_settle",
    "bill_out_of_bounds", "day_reconciled", "day_not_over", "person_needed", "note_out_of_bounds",
    "difference_unknown", "difference_ended", "second_person_needed", "nothing_to_state",
)  # fmt: skip
"""Reasons that no page can bring about: whoever meets one is told so much."""
