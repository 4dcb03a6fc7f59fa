"""The rules of money: the number an attempt has at WeChat, and what a payment must agree with."""

import re

from jishi.money.types import Attempt, Came, Combined

CNY = 0
"""The unit of money in every book; goods have the ids of their SKUs."""

WAYS = ("native", "h5", "jsapi")
"""Paid by scanning a code, by a link outside WeChat, by WeChat's own sheet."""

REFUND_REASONS = ("after_sale", "late_payment", "cancelled", "operator")
"""Why we ask WeChat for a refund; what was made in its own console is `external`."""

OUTCOMES = ("succeeded", "abnormal", "closed")
LOOK_PAUSE_SECONDS_MIN, LOOK_PAUSE_SECONDS_MAX = 60, 6 * 3600
"""How long until a refund is looked for again: WeChat takes seconds, or days for a bank card."""

TEXT_CHARACTERS_MAX = 64
COMBINED_MIN, COMBINED_MAX = 2, 10
"""So many orders an ordinary merchant may combine in one payment."""

_NUMBER = re.compile(r"[0-9a-f]{32}")


def out_trade_no(book: int, attempt_id: int) -> str:
    """Give an attempt's number at WeChat: it leads back to its book without a search."""
    return f"{book:016x}{attempt_id:016x}"


def out_refund_no(book: int, refund_id: int) -> str:
    """Give a refund's number at WeChat: always the same, so that asking twice is asking once."""
    return out_trade_no(book, refund_id)


def refund_of(number: str) -> tuple[int, int]:
    """Give the book and the refund that a number names; zeros when it is none of ours."""
    return attempt_of(number)


def look_pause(looks: int) -> int:
    """Give the seconds until a refund is looked for again: doubling, up to six hours."""
    return min(LOOK_PAUSE_SECONDS_MIN << min(max(looks, 0), 10), LOOK_PAUSE_SECONDS_MAX)


def may_end(state: str, outcome: str) -> bool:
    """Tell whether a refund in this state may end so: an abnormal one may still be settled."""
    return state == "asked" or (state == "abnormal" and outcome != "abnormal")


def attempt_of(number: str) -> tuple[int, int]:
    """Give the book and the attempt that a number names; zeros when it is none of ours."""
    if not _NUMBER.fullmatch(number):
        return 0, 0
    book, attempt_id = int(number[:16], 16), int(number[16:], 16)
    return (book, attempt_id) if max(book, attempt_id) < 2**63 else (0, 0)


def is_text(text: str) -> bool:
    """Tell whether a table keeps this: short, and without a NUL."""
    return 0 < len(text) <= TEXT_CHARACTERS_MAX and "\x00" not in text


def is_well_formed(came: Came) -> bool:
    """Tell whether what came can be written down at all."""
    texts = (came.out_trade_no, came.transaction_id, came.appid, came.mchid, came.currency)
    return all(map(is_text, texts)) and 0 <= came.amount_fen < 2**63


def is_combined_well_formed(combined: Combined) -> bool:
    """Tell whether 2 to 10 shops are in it, each once, under ids and texts that tables keep."""
    parts = combined.parts
    ids = [combined.combined_id, *(i for p in parts for i in (p.book, p.order_id, p.attempt_id))]
    return (
        COMBINED_MIN <= len(parts) <= COMBINED_MAX
        and len({part.book for part in parts}) == len(parts)
        and all(0 < each < 2**63 for each in ids)
        and all(map(is_text, (combined.appid, combined.mchid, *(part.mchid for part in parts))))
    )


def trouble_with(attempt: Attempt | None, came: Came) -> str:
    """Give the first reason why what came does not pay this attempt; empty when it does."""
    if attempt is None:
        return "attempt_unknown"
    if came.mchid != attempt.mchid:
        return "mchid_differs"
    if came.appid != attempt.appid:
        return "appid_differs"
    if came.currency != "CNY":
        return "currency_differs"
    if came.amount_fen != attempt.amount_fen:
        return "amount_differs"
    return "" if attempt.state == "open" else f"attempt_{attempt.state}"
