"""What a reader is told when the evidence refuses."""

from jishi.web.words.both import Both

REFUSALS: dict[str, Both] = {}

UNREACHABLE = (
    "exposed", "exposure_unclear", "follow_unclear", "followed_already", "leaver_known",
    "leaver_unclear", "leaver_unknown", "news_unknown", "not_followed", "sums_unclear",
)  # fmt: skip
"""Reasons that no page can bring about: whoever meets one is told so much."""
