"""Which words are found risky here: WeChat's own phrase for tests, and few more.

Source of the first: mini programs, "Text security check", the sample that is always refused.
"""

RISKY = ("特3456书yuuo莞6543李zxcz蒜7782法fgnv级", "代开发票", "办假证", "赌场直播")
REVIEWED = ("砍一刀", "集赞", "助力领红包", "转发领")
"""Luring people to share ("External link rules", 2019-10-28): a person looks at it."""


def is_risky(text: str) -> bool:
    """Tell whether a text is refused."""
    return any(word in text for word in RISKY)


def needs_review(text: str) -> bool:
    """Tell whether a person has to look at a text."""
    return any(word in text for word in REVIEWED)
