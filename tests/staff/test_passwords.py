"""Passwords: right or wrong, by argon2id; a crowd is turned away, and nobody costs the same."""

import asyncio

import pytest

from jishi.staff import passwords


def test_only_the_password_is_right() -> None:
    async def scene() -> None:
        desk = passwords.Desk()
        kept = await desk.hash("correct horse")
        assert kept.startswith("$argon2id$")
        assert await desk.is_right(kept, "correct horse")
        assert not await desk.is_right(kept, "correct horsf")
        assert not await desk.is_right("$argon2id$broken", "correct horse")

    asyncio.run(scene())


def test_nobody_has_no_password_not_even_the_one_that_is_compared() -> None:
    async def scene() -> None:
        assert not await passwords.Desk().is_right("", passwords.NOBODY)

    asyncio.run(scene())


def test_a_crowd_is_turned_away() -> None:
    async def scene() -> None:
        desk = passwords.Desk()
        desk.waiting = passwords.WAITING_MAX
        with pytest.raises(passwords.Crowded):
            await desk.is_right("", "x")

    asyncio.run(scene())
