"""Passwords are kept as argon2id makes them (RFC 9106), a few at a time, beside the loop."""

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHERS_MAX = 2
"""Each takes 64 MiB and a core for some 50 ms."""

WAITING_MAX = 32
NOBODY = "nobody has this password"


class Crowded(Exception):
    """Too many passwords wait to be looked at."""


class Desk:
    """Hashes passwords, so many at a time; whoever comes when too many wait is turned away."""

    def __init__(self) -> None:
        self.hasher = PasswordHasher()
        self.seats = asyncio.Semaphore(HASHERS_MAX)
        self.waiting = 0

    async def hash(self, password: str) -> str:
        """Give what is kept of a password."""
        async with self.seats:
            return await asyncio.to_thread(self.hasher.hash, password)

    async def is_right(self, kept: str, password: str) -> bool:
        """Tell whether this is the password; nothing kept takes as long as something."""
        if self.waiting >= WAITING_MAX:
            raise Crowded
        self.waiting += 1
        try:
            async with self.seats:
                known = kept or await asyncio.to_thread(nobody)
                return bool(kept) & await asyncio.to_thread(self.verify, known, password)
        finally:
            self.waiting -= 1

    def verify(self, kept: str, password: str) -> bool:
        """Compare, in constant time."""
        try:
            return self.hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False


@cache
def nobody() -> str:
    """Give the hash that is compared where there is nobody of that name."""
    return PasswordHasher().hash(NOBODY)
