"""Who holds the phone in which a page was opened."""

from collections.abc import Mapping

HEADER = "x-sandbox-person"
"""Set by the phone's WebView on what it brings to the sandbox, and by tests."""


def holder(headers: Mapping[str, str]) -> int | None:
    """Give the person's id; none when the page was not opened in a phone."""
    told = headers.get(HEADER, "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < len(str(2**63)) else None
