"""What becomes of an order's money when it is settled: the fee, the commission, the shop's part.

WeChat takes its fee of each payment by the merchant's rate, half a fen rounded up, and gives back
of it in proportion to what is refunded, a part of a fen rounded down. Source: WeChat Pay, "Format
of trade bills" (the columns of fee and rate, of payments and of refunds).
"""

from collections.abc import Sequence

BASIS = 10_000
"""Rates are in basis points: parts of ten thousand."""

WECHAT_BPS = 60
"""0.60 percent, what WeChat Pay takes of a merchant by default; a shop may have another rate."""

COMMISSION_BPS_MAX = 3_000
"""A merchant may share 30 percent of a payment, unless WeChat agreed to more."""


def are_rates_in_bounds(wechat_bps: int, commission_bps: int) -> bool:
    """Tell whether WeChat could take the one and the market the other."""
    return 0 <= wechat_bps <= BASIS - COMMISSION_BPS_MAX and (
        0 <= commission_bps <= COMMISSION_BPS_MAX
    )


def part_fen(amount_fen: int, bps: int) -> int:
    """Give so many basis points of an amount, half a fen rounded up."""
    return (amount_fen * bps + BASIS // 2) // BASIS


def kept_fee_fen(paid_fen: Sequence[int], bps: Sequence[int], refunded_fen: int) -> int:
    """Give the fee of these payments, less what came back of it with what was refunded."""
    fee_fen = sum(part_fen(each, rate) for each, rate in zip(paid_fen, bps, strict=True))
    return fee_fen - fee_fen * refunded_fen // sum(paid_fen)


def commission_fen(left_fen: int, bps: int, fee_fen: int) -> int:
    """Give the market's part of what is left to the shop, never more than the fee leaves."""
    return min(part_fen(left_fen, bps), left_fen - fee_fen)
