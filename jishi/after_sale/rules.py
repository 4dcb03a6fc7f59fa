"""The rules of after-sale: where a case may go, who leads it there, and by when."""

from datetime import timedelta

TRANSITIONS = {
    ("seller_review", "refunding"): ("seller", "clock"),
    ("seller_review", "buyer_to_return"): ("seller", "clock"),
    ("seller_review", "seller_rejected"): ("seller",),
    ("seller_review", "closed"): ("buyer",),
    ("seller_rejected", "seller_review"): ("buyer",),
    ("seller_rejected", "dispute"): ("buyer",),
    ("seller_rejected", "closed"): ("buyer", "clock"),
    ("buyer_to_return", "seller_to_receive"): ("buyer",),
    ("buyer_to_return", "closed"): ("buyer", "clock"),
    ("seller_to_receive", "refunding"): ("seller", "clock"),
    ("seller_to_receive", "exchange_shipping"): ("seller",),
    ("seller_to_receive", "seller_refused_goods"): ("seller",),
    ("seller_refused_goods", "dispute"): ("buyer", "seller"),
    ("seller_refused_goods", "refunding"): ("seller",),
    ("seller_refused_goods", "closed"): ("clock",),
    ("exchange_shipping", "done"): ("buyer", "clock"),
    ("exchange_shipping", "refunding"): ("seller", "clock"),
    ("dispute", "refunding"): ("operator",),
    ("dispute", "closed"): ("operator",),
    ("dispute", "buyer_to_return"): ("operator",),
    ("refunding", "done"): ("money",),
    ("refunding", "refund_stuck"): ("money",),
    ("refund_stuck", "refunding"): ("operator",),
    ("refund_stuck", "done"): ("money",),
}
"""Every legal step of a case, and who may take it. Whatever is not here is not done."""

FIRST = "seller_review"
FINAL = frozenset({"done", "closed"})

WAITS = {
    "seller_review": timedelta(hours=48),
    "seller_rejected": timedelta(days=7),
    "buyer_to_return": timedelta(days=7),
    "seller_to_receive": timedelta(days=10),
    "seller_refused_goods": timedelta(days=7),
    "exchange_shipping": timedelta(days=10),
}
"""How long a state waits for somebody; the numbers are those of WeChat's own shops."""

WINDOW = timedelta(days=7)
"""So long after receipt a case may be opened; then the order is completed and settled."""

ATTEMPTS_MAX = 5
"""So often a line may be asked about, a changed request included."""

TEXT_CHARACTERS_MAX = 500
PARCEL_CHARACTERS_MAX = 40
"""So long is the name of a carrier, and a tracking number."""

SENDERS = ("buyer", "seller")
PHOTOGRAPHS_MAX = 9
"""So many may each side show in a case."""

VERDICTS = ("refunding", "buyer_to_return", "closed")

UNSHIPPED = frozenset({"paid", "ready_for_pickup"})
SHIPPED = frozenset({"partly_shipped", "shipped", "received"})
"""In these states of its order a case may be opened; when it is completed, the window is over."""


def is_sent(state: str, units_sent: int) -> bool:
    """Tell whether a line counts as sent: of an order sent in part, only what was in a parcel."""
    return state in SHIPPED and (state != "partly_shipped" or units_sent > 0)


SELLERS_FAULT = frozenset({
    "too_slow", "not_received", "damaged", "wrong_goods", "not_as_described", "faulty",
    "incomplete",
})  # fmt: skip
"""Reasons that lie with the seller: what was paid for freight is refunded too."""

_BEFORE = frozenset({"not_wanted", "wrong_order", "agreed", "too_slow"})
_AFTER = frozenset({"not_received", "damaged", "wrong_goods", "not_as_described", "faulty",
                    "incomplete", "agreed"})  # fmt: skip
_RETURN = frozenset({"no_reason", "damaged", "wrong_goods", "not_as_described", "faulty",
                     "incomplete", "agreed"})  # fmt: skip
_EXCHANGE = frozenset({"damaged", "wrong_goods", "faulty", "incomplete", "agreed"})
KINDS = ("refund_only", "return_and_refund", "exchange")


def may_step(state: str, to: str, doer: str) -> bool:
    """Tell whether this doer may lead a case from this state to that one."""
    return doer in TRANSITIONS.get((state, to), ())


def kinds(*, is_shipped: bool) -> tuple[str, ...]:
    """Give what a buyer may ask for: what was not sent cannot be sent back."""
    return KINDS if is_shipped else KINDS[:1]


def reasons(kind: str, *, is_shipped: bool) -> frozenset[str]:
    """Give the reasons a buyer may have to ask for this."""
    if kind == "refund_only":
        return _AFTER if is_shipped else _BEFORE
    return {"return_and_refund": _RETURN, "exchange": _EXCHANGE}.get(kind, frozenset())


def is_freight_refunded(reason: str, *, is_shipped: bool) -> bool:
    """Tell whether the freight is refunded with the goods: unsent, or the seller's fault."""
    return not is_shipped or reason in SELLERS_FAULT


def once_agreed(kind: str) -> str:
    """Give where a case goes when the seller agrees."""
    return "refunding" if kind == "refund_only" else "buyer_to_return"


def once_received(kind: str) -> str:
    """Give where a case goes when the goods have come back as they should."""
    return "exchange_shipping" if kind == "exchange" else "refunding"


def once_waited(state: str, kind: str, *, is_replaced: bool) -> str:
    """Give where a case goes by itself when nobody acted in time.

    A silent seller has agreed; a silent buyer has let it go.
    """
    if state == "seller_review":
        return once_agreed(kind)
    if state == "exchange_shipping":
        return "done" if is_replaced else "refunding"
    return "refunding" if state == "seller_to_receive" else "closed"


def is_text(text: str, characters_max: int, *, may_be_empty: bool = False) -> bool:
    """Tell whether a table keeps this: short enough, and without a NUL."""
    return (may_be_empty or bool(text.strip())) and (
        len(text) <= characters_max and "\x00" not in text
    )


def is_parcel(carrier: str, tracking_number: str) -> bool:
    """Tell whether a parcel can be traced by these."""
    return all(is_text(each, PARCEL_CHARACTERS_MAX) for each in (carrier, tracking_number))


def drawn() -> str:
    """Draw the table of steps as a diagram in Mermaid's words, for the documents."""
    arrows = [f"    [*] --> {FIRST}: buyer"]
    arrows += [f"    {state} --> {to}: {', '.join(by)}" for (state, to), by in TRANSITIONS.items()]
    arrows += [f"    {state} --> [*]" for state in sorted(FINAL)]
    return "\n".join(["stateDiagram-v2", *arrows])
