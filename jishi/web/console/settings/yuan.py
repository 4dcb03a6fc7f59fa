"""Amounts as people type them: yuan with a point."""

FEN = 100
YUAN_DIGITS_MAX = 9


def read_fen(yuan: str) -> int:
    """Read an amount written in yuan, as fen; nothing written is 0, and -1 what is no amount."""
    whole, _, rest = yuan.strip().partition(".")
    if not whole and not rest:
        return 0
    is_sum = whole.isascii() and whole.isdigit() and len(whole) <= YUAN_DIGITS_MAX
    is_rest = len(rest) <= len("99") and (not rest or (rest.isascii() and rest.isdigit()))
    return int(whole) * FEN + int(rest.ljust(2, "0")) if is_sum and is_rest else -1
