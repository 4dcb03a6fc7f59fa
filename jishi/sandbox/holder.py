"""Who holds the phone in which a page was opened."""

from collections.abc import Mapping

from jishi.sandbox.reading import number

HEADER = "x-sandbox-person"
"""Set by the phone's WebView on what it brings to the sandbox, and by tests."""


def holder(headers: Mapping[str, str]) -> int | None:
    """Give the person's id; none when the page was not opened in a phone."""
    return number(headers.get(HEADER, ""))
