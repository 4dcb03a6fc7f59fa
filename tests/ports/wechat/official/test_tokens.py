"""Tokens: one fetch for all processes, whoever dies, and never twice for one refusal."""

import asyncio

import pytest

from jishi.ports.wechat.failures import NotSent, OutcomeUnknown
from jishi.ports.wechat.official.tokens import Fetched, Patience, Token, Tokens
from tests.conftest import run_as_owner
from tests.ports.wechat.official.token_sources import Source, processes, row


def test_fifty_callers_in_two_processes_make_one_fetch(database_url: str, owner_url: str) -> None:
    async def play() -> None:
        source = Source()
        async with processes(database_url, source) as (one, two):
            got = await asyncio.gather(*((one, two)[each % 2].current() for each in range(50)))
            assert set(got) == {Token(1, "v1")}
            assert source.count == 1
            kept = await row(owner_url, one)
            assert (kept["number"], kept["lessee"], kept["leased_until"]) == (1, None, None)
            assert b"v1" not in kept["sealed"]
            assert 6_950 < kept["fresh"].total_seconds() <= 6_960
            assert await one.current() is await one.current()

    asyncio.run(play())


def test_a_refused_token_is_renewed_once_for_everybody(database_url: str) -> None:
    async def play() -> None:
        source = Source()
        async with processes(database_url, source) as (one, two):
            first = await one.current()
            assert await two.current() == first
            got = await asyncio.gather(
                *((one, two)[each % 2].instead_of(first) for each in range(50))
            )
            assert set(got) == {Token(2, "v2")}
            assert source.count == 2
            assert await one.instead_of(first) == Token(2, "v2")
            assert source.count == 2

    asyncio.run(play())


def test_a_refusal_that_comes_late_does_not_harm_the_new_token(database_url: str) -> None:
    async def play() -> None:
        source = Source()
        async with processes(database_url, source) as (one, two):
            first = await one.current()
            second = await two.instead_of(first)
            assert await one.instead_of(first) == second
            assert source.count == 2

    asyncio.run(play())


def test_a_token_that_wechat_insists_on_though_it_refused_it_is_forced(database_url: str) -> None:
    async def play() -> None:
        source = Source(7200, "same", "same", "other")
        async with processes(database_url, source, 1) as (one,):
            first = await one.current()
            assert await one.instead_of(first) == Token(2, "other")
            assert (source.count, source.forced) == (3, 1)

    asyncio.run(play())


def test_a_token_is_renewed_before_it_ends_while_the_others_use_the_old(
    database_url: str, owner_url: str
) -> None:
    async def play() -> None:
        source = Source()
        async with processes(database_url, source) as (one, two):
            await one.current()
            await run_as_owner(
                owner_url,
                "update ports.tokens set due_at = now(), expires_at = now() + interval '200 s'"
                f" where appid = '{one.place.appid}'",
            )
            one.held = None
            source.begun.clear()
            renewing = asyncio.create_task(one.current())
            await source.begun.wait()
            assert await two.current() == Token(1, "v1")
            assert await renewing == Token(2, "v2")
            assert await two.current() == Token(2, "v2")
            assert source.count == 2

    asyncio.run(play())


def test_a_renewal_that_fails_leaves_the_old_token_while_it_lives(
    database_url: str, owner_url: str
) -> None:
    async def play() -> None:
        source = Source()
        long = Patience(lease_seconds=30)
        async with processes(database_url, source, 1, long) as (one,):
            await one.current()
            await run_as_owner(
                owner_url,
                "update ports.tokens set due_at = now(), expires_at = now() + interval '200 s'"
                f" where appid = '{one.place.appid}'",
            )
            one.held, source.trouble = None, NotSent("x", "down", 1)
            assert [await one.current() for _ in range(5)] == [Token(1, "v1")] * 5
            assert source.count == 2, "the next try comes when the lease has lapsed"
            source.trouble = None
            await run_as_owner(
                owner_url,
                f"update ports.tokens set leased_until = now() where appid = '{one.place.appid}'",
            )
            assert await one.current() == Token(2, "v3")

    asyncio.run(play())


def test_a_winner_that_died_is_followed_when_its_lease_lapses(
    database_url: str, owner_url: str
) -> None:
    async def play() -> None:
        source = Source()
        async with processes(database_url, source) as (one, two):
            await run_as_owner(
                owner_url,
                "insert into ports.tokens (appid, kind, number, lessee, leased_until) values"
                f" ('{one.place.appid}', 'access_token', 0, 'dead',"
                " now() + interval '0.3 s')",
            )
            began = asyncio.get_running_loop().time()
            got = await asyncio.gather(one.current(), two.current())
            assert set(got) == {Token(1, "v1")}
            assert source.count == 1
            assert 0.2 < asyncio.get_running_loop().time() - began < 5

    asyncio.run(play())


def test_what_a_winner_brings_after_its_lease_lapsed_is_not_kept(database_url: str) -> None:
    async def play() -> None:
        class Slow(Source):
            async def fetch(self, *, is_forced: bool) -> Fetched:
                given = await super().fetch(is_forced=is_forced)
                if given.value == "v1":
                    await overtaken.wait()
                return given

        overtaken, source = asyncio.Event(), Slow()
        short = Patience(fetch_seconds_max=5, lease_seconds=0.1, poll_seconds=0.01)
        async with processes(database_url, source, patience=short) as (one, two):
            first = asyncio.create_task(one.current())
            await source.begun.wait()
            assert await two.current() == Token(1, "v2")
            overtaken.set()
            assert await first == Token(1, "v2")
            assert source.count == 2

    asyncio.run(play())


def test_without_any_token_a_failure_reaches_everybody_and_the_next_caller_tries_again(
    database_url: str,
) -> None:
    async def play() -> None:
        source = Source()
        source.trouble = OutcomeUnknown("POST /x", "ReadTimeout", 3)
        async with processes(database_url, source, 1) as (one,):
            got = await asyncio.gather(*(one.current() for _ in range(5)), return_exceptions=True)
            assert {type(each) for each in got} == {NotSent}
            assert source.count == 1
            source.trouble = None
            assert await one.current() == Token(1, "v2")

    asyncio.run(play())


def test_waiting_for_a_renewal_has_an_end(database_url: str, owner_url: str) -> None:
    async def play() -> None:
        hasty = Patience(wait_seconds_max=0.1, poll_seconds=0.01)
        async with processes(database_url, Source(), 1, hasty) as (one,):
            await run_as_owner(
                owner_url,
                "insert into ports.tokens (appid, kind, number, lessee, leased_until) values"
                f" ('{one.place.appid}', 'access_token', 0, 'slow', now() + interval '9 s')",
            )
            with pytest.raises(NotSent, match="nobody renewed it in time") as caught:
                await one.current()
            assert caught.value.is_certain

    asyncio.run(play())


@pytest.mark.parametrize("given", [Fetched("", 7200), Fetched("v", 0)])
def test_a_token_without_a_value_or_a_life_is_none(database_url: str, given: Fetched) -> None:
    async def play() -> None:
        async with processes(database_url, Source(), 1) as (one,):

            async def fetch(*, is_forced: bool) -> Fetched:
                assert not is_forced
                return given

            one.fetch = fetch
            with pytest.raises(NotSent):
                await one.current()

    asyncio.run(play())


def test_a_fetch_that_takes_too_long_is_cut_off(database_url: str) -> None:
    async def play() -> None:
        hasty = Patience(fetch_seconds_max=0.02, lease_seconds=1, wait_seconds_max=1)
        async with processes(database_url, Source(), 1, hasty) as (one,):
            with pytest.raises(NotSent, match="too long"):
                await one.current()

    asyncio.run(play())


def test_a_caller_that_goes_away_does_not_stop_the_renewal(database_url: str) -> None:
    async def play() -> None:
        source = Source()
        async with processes(database_url, source, 1) as (one,):
            gone = asyncio.create_task(one.current())
            await source.begun.wait()
            gone.cancel()
            assert await one.current() == Token(1, "v1")
            assert source.count == 1

    asyncio.run(play())


def test_closing_breaks_a_renewal_off_and_gives_the_lease_back(
    database_url: str, owner_url: str
) -> None:
    async def play() -> None:
        source = Source()
        async with processes(database_url, source, 1) as (one,):
            gone = asyncio.create_task(one.current())
            await source.begun.wait()
            await one.close()
            with pytest.raises(asyncio.CancelledError):
                await gone
            assert (await row(owner_url, one))["lessee"] is None

    asyncio.run(play())


def test_a_new_app_secret_makes_old_tokens_worthless(database_url: str) -> None:
    async def play() -> None:
        source = Source()
        async with processes(database_url, source, 1) as (one,):
            await one.current()
            other = Tokens(one.database, one.place, "another", source.fetch)
            assert await other.current() == Token(2, "v2")

    asyncio.run(play())
