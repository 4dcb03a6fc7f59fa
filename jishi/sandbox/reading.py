"""Reading what a request carries: numbers in its address, and the JSON of its body."""

import msgspec

DIGITS_MAX = 18
"""Each number of so many digits fits the 63 bits that the database keeps."""


def number(told: str) -> int | None:
    """Give the number that a text is; none when it is none, or one that is kept nowhere."""
    return int(told) if told.isascii() and told.isdigit() and len(told) <= DIGITS_MAX else None


def json(body: bytes, body_type: type) -> object:
    """Read a body as a record; raises msgspec.DecodeError, or UnicodeDecodeError.

    The record leaves some of a body unread: what is handed on as it came, what is ignored. That
    too must be text, no deeper than can be followed, with numbers that a database keeps.
    """
    body.decode()
    try:
        is_beyond = _has_beyond(msgspec.json.decode(body))
    except RecursionError as error:
        raise msgspec.DecodeError("nested too deep") from error
    if is_beyond:
        raise msgspec.DecodeError("a number of more than 63 bits")
    return msgspec.json.decode(body, type=body_type)


def _has_beyond(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_has_beyond, value.values()))
    if isinstance(value, list):
        return any(map(_has_beyond, value))
    return isinstance(value, int) and not -(2**63) <= value < 2**63
