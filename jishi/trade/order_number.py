"""Order numbers that people can read out: JS, the day, six shuffled digits, a check digit.

The digits are a permutation of the event's number in its shop (four Feistel rounds on two halves),
so they do not tell how many orders there were; a shop that has had a million events gets ten of
them. The check digit is Luhn's. A number is unique in its shop.
"""

from datetime import datetime, timedelta, timezone
from functools import lru_cache

SHANGHAI = timezone(timedelta(hours=8))
ROUNDS = 4
LUHN = {f"{pair:02}": pair // 10 + pair % 10 * 2 // 10 + pair % 10 * 2 % 10 for pair in range(100)}
"""What two neighbouring digits add to Luhn's sum: the right one doubled, its digits added."""


def order_number(event_number: int, at: datetime, book: int) -> str:
    """Give the order number (15 characters, later 19) of the order placed by this event."""
    width = 3 if event_number < 10**6 else 5
    shuffled = _shuffle(event_number % 10 ** (2 * width), book, 10**width)
    digits = f"{_day(at)}{shuffled:0{2 * width}}"
    return f"JS{digits}{_check_digit(digits)}"


def is_well_formed(number: str) -> bool:
    """Tell whether this could be an order number: its shape and its check digit."""
    digits = number[2:-1]
    return (
        len(number) in {15, 19}
        and number.startswith("JS")
        and number[2:].isascii()
        and number[2:].isdecimal()
        and number[-1] == str(_check_digit(digits))
    )


@lru_cache(maxsize=8)
def _day(at: datetime) -> str:
    """Give the day in Shanghai; a batch has one moment, so it is worked out once."""
    return f"{at.astimezone(SHANGHAI):%y%m%d}"


def _shuffle(count: int, book: int, half: int) -> int:
    """Map 0 .. half squared - 1 onto itself, another way for each book."""
    left, right = divmod(count, half)
    for round_ in range(ROUNDS):
        mixed = ((right + 1) * 389 + (book % 9_973) * 31 + round_ * 577) * (right + 7)
        left, right = right, (left + mixed) % half
    return left * half + right


def _check_digit(digits: str) -> int:
    """Give Luhn's check digit of an even number of digits."""
    return -sum(LUHN[digits[at : at + 2]] for at in range(0, len(digits), 2)) % 10
