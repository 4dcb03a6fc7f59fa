"""Pickup codes: twelve digits that nobody can guess, and that the tables do not know.

Eleven digits come from the market's secret, the order and a turn by HMAC-SHA256; the last is a
check digit (ISO/IEC 7064, MOD 11,10), which finds every single wrong digit. Kept are the turn and
a digest by the same secret: whoever has a copy of the tables alone has no code.
"""

import unicodedata

from jishi.fulfilment.pickup.rules import TURNS_MAX
from jishi.kernel.secret import Secret

DIGITS = 12
GROUP = 4


def code_of(secret: Secret, book: int, order_id: int, turn: int) -> str:
    """Give the code of an order's voucher."""
    drawn = int.from_bytes(secret.derive("voucher", f"{book} {order_id} {turn}"), "big")
    digits = f"{drawn % 10 ** (DIGITS - 1):0{DIGITS - 1}}"
    return f"{digits}{check_digit(digits)}"


def digest_of(secret: Secret, code: str) -> str:
    """Give what is kept of a code."""
    return secret.sign("voucher", code)


def digests_of(secret: Secret, book: int, order_id: int) -> tuple[str, ...]:
    """Give the digests of the codes that an order's voucher may have, by their turns."""
    return tuple(
        digest_of(secret, code_of(secret, book, order_id, turn)) for turn in range(TURNS_MAX)
    )


def spoken(code: str) -> str:
    """Write a code in groups that can be read out."""
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read(typed: str) -> str | None:
    """Read a code as somebody typed it; none where a digit is missing or wrong."""
    code = "".join(unicodedata.normalize("NFKC", typed).replace("-", " ").split())
    is_code = len(code) == DIGITS and code.isascii() and code.isdecimal()
    return code if is_code and check_digit(code[:-1]) == int(code[-1]) else None


def check_digit(digits: str) -> int:
    """Give the check digit of ISO/IEC 7064, MOD 11,10."""
    rest = 10
    for digit in digits:
        rest = ((rest + int(digit)) % 10 or 10) * 2 % 11
    return (11 - rest) % 10
