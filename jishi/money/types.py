"""The nouns of money as plain records."""

import msgspec


class CombinedPart(msgspec.Struct, frozen=True):
    """One shop's part of a combined payment: an attempt in its book, paid to its merchant."""

    book: int
    order_id: int
    attempt_id: int
    mchid: str


class Combined(msgspec.Struct, frozen=True):
    """A payment of several shops' orders at once: who combines it, and all its parts.

    It is kept with each part, so that whoever has one can ask for, or close, the whole.
    """

    combined_id: int
    appid: str
    mchid: str
    parts: tuple[CombinedPart, ...]


class Attempt(msgspec.Struct):
    """An attempt to pay, as an act sees it under the lock; its state moves on within a batch.

    `combined` is the payment that it is a part of, none when it is paid alone.
    """

    attempt_id: int
    order_id: int
    appid: str
    mchid: str
    amount_fen: int
    state: str
    transaction_id: str
    combined: Combined | None


class PaidAttempt(msgspec.Struct):
    """An attempt that was paid; `left_fen` of it is not asked back, `escrow_fen` is there."""

    attempt_id: int
    order_id: int
    amount_fen: int
    left_fen: int
    escrow_fen: int


class Refund(msgspec.Struct):
    """A refund, as an act sees it under the lock; `looks` counts how often WeChat was asked."""

    refund_id: int
    order_id: int
    attempt_id: int
    amount_fen: int
    reason: str
    cause_id: int
    state: str
    looks: int


class Came(msgspec.Struct, frozen=True, kw_only=True):
    """What WeChat vouches for: this much came in, for whom, under which numbers."""

    out_trade_no: str
    transaction_id: str
    appid: str
    mchid: str
    amount_fen: int
    currency: str
