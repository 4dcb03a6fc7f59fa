"""The rules of keeping a shop: who may sell, and how it stops."""

from stdnum.cn import uscc

EXEMPTIONS = ("own_produce", "handicraft", "services", "small_deals", "sample")
"""On which grounds a seller needs no registration: E-Commerce Law of 2018, art. 10.

`sample`: nobody stands behind it, it shows how a shop looks.
"""

LINE_CHARACTERS_MAX = 100
OPENINGS = ("trial", "open", "closing")
NOTICE_DAYS_MIN, NOTICE_DAYS_MAX = 30, 365
"""So long before it stops a shop says so: E-Commerce Law, art. 16."""


def is_line(text: str, *, may_be_empty: bool = False) -> bool:
    """Tell whether this is one short line."""
    is_short = len(text) <= LINE_CHARACTERS_MAX and text.isprintable()
    return is_short and (may_be_empty or bool(text.strip()))


def is_registration(code: str) -> bool:
    """Tell whether this is a unified social credit code, by its form and its check digit."""
    return bool(uscc.is_valid(code)) and uscc.compact(code) == code


def is_reachable(address: str, phone: str, mail: str, filing: str) -> bool:
    """Tell whether there is a phone or a mail address, and no line is too long."""
    lines = all(is_line(each, may_be_empty=True) for each in (address, phone, mail, filing))
    return lines and bool(phone.strip() or mail.strip())
