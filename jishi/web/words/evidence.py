"""What a reader is told when the evidence refuses."""

from jishi.web.words.both import Both

REFUSALS: dict[str, Both] = {}

UNREACHABLE = ("exposed", "exposure_unclear", "news_unknown")
"""Reasons that no page can bring about: whoever meets one is told so much."""
