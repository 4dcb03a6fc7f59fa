"""What a reader is told when money refuses."""

from jishi.web.words.both import Both

REFUSALS: dict[str, Both] = {}

UNREACHABLE = (
    "attempt_id_taken", "attempt_not_open", "attempt_unknown", "code_out_of_bounds",
    "way_unknown", "payee_out_of_bounds", "payment_out_of_bounds", "payment_taken",
    "rates_unlikely", "order_settled", "refund_under_way", "nothing_to_settle",
)  # fmt: skip
"""Reasons that no page can bring about: whoever meets one is told so much."""
