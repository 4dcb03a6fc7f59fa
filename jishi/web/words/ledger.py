"""What a reader is told when the ledger refuses."""

from jishi.web.words.both import Both

REFUSALS: dict[str, Both] = {}

UNREACHABLE = (
    "amount_out_of_bounds", "hold_declined", "hold_id_taken", "hold_settled", "hold_unknown",
    "hold_used", "not_yet_due", "reason_out_of_bounds", "seconds_out_of_bounds",
    "taker_unknown", "wrong_book",
)  # fmt: skip
"""Reasons that no page can bring about: whoever meets one is told so much."""
