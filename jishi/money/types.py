"""The nouns of money as plain records."""

import msgspec


class Attempt(msgspec.Struct):
    """An attempt to pay, as an act sees it under the lock; its state moves on within a batch."""

    attempt_id: int
    order_id: int
    appid: str
    mchid: str
    amount_fen: int
    state: str
    transaction_id: str


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
