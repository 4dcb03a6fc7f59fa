"""Calls reach WeChat through what goes wrong on the way: slowness, breakdowns, dead hosts."""

import asyncio
from collections.abc import Callable
from typing import TypeAlias

import httpx
import pytest

from jishi.ports.wechat.failures import AnswerNotTrusted, NotSent, OutcomeUnknown
from jishi.ports.wechat.transport import Answer, Call, Limits, Transport
from tests.ports.wechat.pay.platform import HOSTS, Passing

Step: TypeAlias = Callable[[httpx.Request], httpx.Response]


def ok(_request: httpx.Request) -> httpx.Response:
    """Answer well."""
    return httpx.Response(200, content=b"fine")


def status(code: int) -> Step:
    """Answer with a status."""
    return lambda _request: httpx.Response(code)


def failing(error: type[httpx.TransportError]) -> Step:
    """Break the connection."""

    def break_off(request: httpx.Request) -> httpx.Response:
        raise error("broken", request=request)

    return break_off


class Way:
    """A way to hosts that answer in the order of `steps`, the last one for ever."""

    def __init__(self, *steps: Step, limits: Limits | None = None) -> None:
        self.steps, self.time, self.requests = steps, Passing(), list[httpx.Request]()
        self.count = 0
        client = httpx.AsyncClient(transport=httpx.MockTransport(self.handle))
        self.transport = Transport(HOSTS, client=client, limits=limits, means=self.time.means())

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.steps[min(len(self.requests), len(self.steps)) - 1](request)

    async def send(self, *, is_repeatable: bool = True, bytes_max: int = 100) -> Answer:
        """Send a call whose header counts its tries."""
        return await self.transport.send(
            Call(
                method="POST",
                target="/v3/thing?token=secret",
                body=b'{"a":"\xe4\xb8\xad"}',
                is_repeatable=is_repeatable,
                headers=self.headers,
                answer_bytes_max=bytes_max,
            )
        )

    def headers(self, target: str) -> dict[str, str]:
        self.count += 1
        return {"X-Try": str(self.count), "X-Target": target}

    def hosts(self) -> list[str]:
        """Name the hosts that were asked."""
        return [request.url.host.partition(".")[0] for request in self.requests]


def test_a_good_answer_is_given_as_it_is() -> None:
    way = Way(ok)
    answer = asyncio.run(way.send())
    assert (answer.status, answer.body, answer.is_doubtful) == (200, b"fine", False)
    assert way.requests[0].headers["x-target"] == "/v3/thing?token=secret"
    assert way.hosts() == ["one"]


@pytest.mark.parametrize(
    ("step", "is_doubtful"),
    [
        (status(500), True),
        (status(503), True),
        (status(429), False),
        (failing(httpx.ReadTimeout), True),
        (failing(httpx.WriteError), True),
        (failing(httpx.RemoteProtocolError), True),
        (failing(httpx.ConnectError), False),
        (failing(httpx.ConnectTimeout), False),
    ],
    ids=["500", "503", "429", "read", "write", "protocol", "connect", "connect_timeout"],
)
def test_what_may_pass_is_tried_again_with_the_same_bytes_and_new_headers(
    step: Step, is_doubtful: bool
) -> None:
    way = Way(step, step, ok)
    answer = asyncio.run(way.send())
    assert answer.body == b"fine"
    assert answer.is_doubtful is is_doubtful
    first, second, third = way.requests
    assert first.content == second.content == third.content == b'{"a":"\xe4\xb8\xad"}'
    assert [each.headers["x-try"] for each in way.requests] == ["1", "2", "3"]
    assert len(way.time.naps) == 2
    assert 0.1 <= way.time.naps[0] <= 0.2 <= way.time.naps[1] <= 0.4


@pytest.mark.parametrize("code", [500, 429])
def test_a_breakdown_of_what_is_not_repeatable_is_its_answer(code: int) -> None:
    way = Way(status(code), ok)
    assert asyncio.run(way.send(is_repeatable=False)).status == code
    assert (len(way.requests), way.time.naps) == (1, [])


@pytest.mark.parametrize("error", [httpx.ReadTimeout, httpx.ConnectError])
def test_what_is_not_repeatable_is_sent_once(error: type[httpx.TransportError]) -> None:
    way = Way(failing(error), ok)
    with pytest.raises((OutcomeUnknown, NotSent)) as failure:
        asyncio.run(way.send(is_repeatable=False))
    assert failure.value.tries == len(way.requests) == 1
    assert way.time.naps == []


@pytest.mark.parametrize("code", [400, 401, 403, 404, 302])
def test_a_no_is_not_asked_twice(code: int) -> None:
    way = Way(status(code))
    assert asyncio.run(way.send()).status == code
    assert len(way.requests) == 1


def test_the_next_host_is_asked_when_one_is_away_and_left_alone_for_a_while() -> None:
    def one_is_away(request: httpx.Request) -> httpx.Response:
        if request.url.host.startswith("one"):
            raise httpx.ConnectError("refused", request=request)
        return ok(request)

    way = Way(one_is_away)

    async def scene() -> None:
        await way.send()
        await way.send()
        way.time.seconds += 31
        await way.send()

    asyncio.run(scene())
    assert way.hosts() == ["one", "two", "two", "one", "two"]


def test_too_many_calls_are_not_the_hosts_fault() -> None:
    way = Way(status(429), ok)
    asyncio.run(way.send())
    assert way.hosts() == ["one", "one"]


def test_nothing_sent_and_nothing_known_are_told_apart() -> None:
    away, silent = failing(httpx.ConnectError), failing(httpx.ReadTimeout)
    with pytest.raises(NotSent) as nothing:
        asyncio.run(Way(away).send())
    assert (nothing.value.reason, nothing.value.tries) == ("ConnectError", 3)
    assert nothing.value.is_certain
    with pytest.raises(OutcomeUnknown) as unknown:
        asyncio.run(Way(silent, away, away).send())
    assert not unknown.value.is_certain
    assert str(unknown.value) == "POST /v3/thing: no answer after 3 tries: ConnectError"


def test_after_the_last_try_the_breakdown_is_the_answer() -> None:
    way = Way(status(500))
    answer = asyncio.run(way.send())
    assert (answer.status, answer.is_doubtful, len(way.requests)) == (500, True, 3)


def test_no_pause_goes_beyond_the_deadline() -> None:
    limits = Limits(call_seconds_max=0.25, tries_max=100, pause_seconds_min=0.1)
    way = Way(status(500), limits=limits)
    asyncio.run(way.send())
    assert way.time.seconds < 0.25
    assert 1 < len(way.requests) < 5


def test_a_host_that_drips_is_cut_off_at_the_deadline() -> None:
    async def drip(_request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(60)
        raise AssertionError("nobody waits that long")

    async def scene() -> None:
        client = httpx.AsyncClient(transport=httpx.MockTransport(drip))
        limits = Limits(call_seconds_max=0.05)
        transport = Transport(HOSTS, client=client, limits=limits)
        with pytest.raises(OutcomeUnknown) as failure:
            await transport.send(Call(method="GET", target="/v3/thing", is_repeatable=True))
        assert failure.value.reason == "deadline"

    asyncio.run(scene())


def test_a_flood_is_not_read_to_its_end() -> None:
    flood = Way(lambda _request: httpx.Response(200, content=b"x" * 101))
    with pytest.raises(AnswerNotTrusted) as failure:
        asyncio.run(flood.send())
    assert failure.value.reason == "too_large"
    assert asyncio.run(flood.send(bytes_max=101)).body == b"x" * 101


def test_a_client_that_was_handed_in_stays_open() -> None:
    async def scene() -> tuple[bool, bool]:
        way = Way(ok)
        async with Transport(HOSTS) as own:
            pass
        async with way.transport:
            pass
        return own.client.is_closed, way.transport.client.is_closed

    assert asyncio.run(scene()) == (True, False)


def test_a_call_of_ours_that_cannot_be_written_is_a_bug() -> None:
    way = Way(failing(httpx.LocalProtocolError))
    with pytest.raises(httpx.LocalProtocolError):
        asyncio.run(way.send())
    assert len(way.requests) == 1
