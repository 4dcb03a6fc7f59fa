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
    """An attempt that was paid; `left_fen` of it is not asked back, `escrow_fen` is there.

    Once its order is settled the rest is to be had as well: the shop owes it from then on.
    """

    attempt_id: int
    order_id: int
    amount_fen: int
    left_fen: int
    escrow_fen: int
    is_settled: bool

    @property
    def to_be_had_fen(self) -> int:
        """Give how much of it can go back."""
        return self.left_fen if self.is_settled else min(self.left_fen, self.escrow_fen)


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
    debt_fen: int


class Came(msgspec.Struct, frozen=True, kw_only=True):
    """What WeChat vouches for: this much came in, for whom, under which numbers."""

    out_trade_no: str
    transaction_id: str
    appid: str
    mchid: str
    amount_fen: int
    currency: str
