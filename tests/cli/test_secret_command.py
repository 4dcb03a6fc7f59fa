"""`jishi secret rotate`: killed in the middle everything is read, and called again it is done."""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import asyncpg
import pytest

from jishi import money, people
from jishi.kernel import new_id
from jishi.kernel.secret import Secret, read_secret
from jishi.money.payees.credentials import Keys, reader, seal
from jishi.people import sealing
from tests.conftest import opened
from tests.money.payees.test_set_credentials import KEYS, given
from tests.people.persons import met
from tests.shops import seed_shops
from tests.web.reader import count

PERSONS = 2_000
DONE = "select count(*) from kernel.events where name = 'KeyRewrapped' and $1::bigint = 0"
KEPT = "select person_id, wrapped_key from people.persons"
MARKETS = b"the secret of a market, kept in its environment"


def start(folder: Path, urls: tuple[str, str]) -> "subprocess.Popen[str]":
    """Begin to change the key, in a process of its own."""
    given = {
        **os.environ, "JISHI_HOME": str(folder), "JISHI_SECRET": MARKETS.decode(),
        "JISHI_DATABASE_URL": urls[0], "JISHI_DATABASE_OWNER_URL": urls[1],
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "jishi.cli", "secret", "rotate"], env=given, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def go_on(folder: Path, urls: tuple[str, str]) -> str:
    """Call it again, once the connections of the killed one are gone; give what it says."""
    again = start(folder, urls)
    told, _ = again.communicate(timeout=60)
    if again.returncode == 0:
        return str(told)
    assert "Stop the market first" in told
    time.sleep(0.2)
    return go_on(folder, urls)


async def give_credentials(urls: tuple[str, str], book: int) -> None:
    """Let a shop have a merchant of its own."""
    await seed_shops(urls[1], book)
    async with opened(urls[0]) as market:
        sealed = seal(Secret(MARKETS), book, "1900000117", KEYS)
        assert isinstance(await market.ask(given(book, sealed=sealed)), money.CredentialsSet)


async def credentials(url: str, secret: Secret, book: int) -> list[Keys]:
    """Read a shop's credentials."""
    async with opened(url) as market:
        return [each.keys for each in await reader(market, lambda: secret)(book)]


async def meet_all(url: str) -> dict[int, bytes]:
    """Meet many, each with a data key; give those."""
    secret, first = Secret(MARKETS), new_id()
    wrapped = {
        first + number: sealing.new_wrapped_key(secret, first + number) for number in range(PERSONS)
    }
    async with opened(url) as market:
        asked = [met(person, wrapped_key=key) for person, key in wrapped.items()]
        answers = [
            answer
            for at in range(0, PERSONS, 200)
            for answer in await asyncio.gather(*map(market.ask, asked[at : at + 200]))
        ]
    assert all(isinstance(each, people.PersonMet) for each in answers)
    return {person: sealing.unwrap(secret, person, key) for person, key in wrapped.items()}


async def kept(owner_url: str) -> dict[int, bytes]:
    """Read what lies wrapped."""
    owner = await asyncpg.connect(owner_url)
    try:
        return {row["person_id"]: row["wrapped_key"] for row in await owner.fetch(KEPT)}
    finally:
        await owner.close()


def opened_by(secret: Secret, wrapped: dict[int, bytes]) -> dict[int, bytes]:
    """Unwrap all that lies there."""
    return {person: sealing.unwrap(secret, person, key) for person, key in wrapped.items()}


def test_killed_in_the_middle_all_is_read_and_called_again_it_is_done(
    fresh_database: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = fresh_database
    monkeypatch.setenv("JISHI_HOME", str(tmp_path))
    monkeypatch.setenv("JISHI_SECRET", MARKETS.decode())
    plain, book = asyncio.run(meet_all(urls[0])), new_id() >> 20
    asyncio.run(give_credentials(urls, book))
    running = start(tmp_path, urls)
    while (brought := asyncio.run(count(urls[1], DONE, 0))) == 0:
        assert running.poll() is None, running.communicate()[0]
        time.sleep(0.03)
    running.kill()
    running.communicate()
    assert brought < PERSONS, "it was killed in the middle"
    assert len(read_secret().data_keys) == 2
    half = asyncio.run(kept(urls[1]))
    assert opened_by(read_secret(), half) == plain, "everything is read by both keys"
    newest = Secret(MARKETS, read_secret().data_keys[:1])
    with pytest.raises(ValueError, match="another key"):
        opened_by(newest, half)

    told = go_on(tmp_path, urls)
    assert "It goes on where it was." in told
    assert "the older one is gone" in told
    done = asyncio.run(kept(urls[1]))
    (key,) = read_secret().data_keys
    assert (tmp_path / "data-keys").stat().st_mode & 0o777 == 0o600
    assert opened_by(Secret(b"", [key]), done) == plain
    assert asyncio.run(credentials(urls[0], Secret(b"", [key]), book)) == [KEYS]
    with pytest.raises(ValueError, match="another key"):
        opened_by(Secret(MARKETS), done)
    assert asyncio.run(count(urls[1], DONE, 0)) == PERSONS, "no key was brought twice"


def test_nothing_is_changed_while_somebody_works(
    fresh_database: tuple[str, str], tmp_path: Path
) -> None:
    async def scene() -> str:
        async with opened(fresh_database[0]):
            running = start(tmp_path, fresh_database)
            told, _ = await asyncio.to_thread(running.communicate)
            assert running.returncode == 1
            return told

    assert "Stop the market first" in asyncio.run(scene())
    assert not (tmp_path / "data-keys").exists()
