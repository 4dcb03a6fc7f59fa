"""The numbers that WeChat gives to sharings, parts and returns."""

import secrets
from datetime import datetime

from jishi.sandbox.pay.rules import BEIJING


def new_number(prefix: str, now: datetime) -> str:
    """Give a new number of 28 digits: what it names, its day, and luck."""
    return f"{prefix}{now.astimezone(BEIJING):%Y%m%d}{secrets.randbelow(10**16):016}"
