"""Calls that reach WeChat: pooled, within a deadline, repeated only where twice is once.

A call is encoded once and its bytes are the same at each try; its headers (a signature) are made
anew. What came back is given as it is: its signature, its errors and its meaning are the port's.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import count
from random import Random, SystemRandom
from types import TracebackType
from typing import Self

import httpx
from msgspec import Struct

from jishi.ports.wechat.failures import (
    SERVER_ERROR,
    AnswerNotTrusted,
    NotSent,
    OutcomeUnknown,
)

ANSWER_BYTES_MAX = 4 * 1024 * 1024
TOO_MANY_REQUESTS = 429

# httpx tells its log whole addresses; those of WeChat carry tokens.
logging.getLogger("httpx").setLevel(logging.WARNING)


class Limits(Struct, frozen=True, kw_only=True):
    """How long and how often; all in seconds but the tries.

    The pause before the next try doubles from the first up to the last, and luck takes up to half
    of it away. A host that could not be reached is left alone for `host_rest_seconds`.
    """

    connect_seconds_max: float = 3.0
    read_seconds_max: float = 10.0
    call_seconds_max: float = 25.0
    tries_max: int = 3
    pause_seconds_min: float = 0.2
    pause_seconds_max: float = 2.0
    host_rest_seconds: float = 30.0


class Means(Struct, frozen=True, kw_only=True):
    """Time and luck, handed in: a clock that never goes back, the time of day, sleep, chance."""

    clock: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    luck: Random = SystemRandom()


class Answer(Struct, frozen=True, kw_only=True):
    """What came back; `is_doubtful` tells that an earlier try may have been carried out."""

    status: int
    headers: httpx.Headers
    body: bytes
    is_doubtful: bool = False


def passes(answer: Answer) -> bool:
    """Tell whether the same call may go better in a moment: too many calls, or a breakdown."""
    return answer.status == TOO_MANY_REQUESTS or answer.status >= SERVER_ERROR


def no_headers(_target: str) -> Mapping[str, str]:
    """Give no headers."""
    return {}


class Call(Struct, frozen=True, kw_only=True):
    """One call; `target` is the path with its query, `is_repeatable` that twice is once.

    `headers` is asked at each try, with the target as it is sent; `is_passing` whether an answer
    is worth another try.
    """

    method: str
    target: str
    is_repeatable: bool
    body: bytes = b""
    headers: Callable[[str], Mapping[str, str]] = no_headers
    is_passing: Callable[[Answer], bool] = passes
    answer_bytes_max: int = ANSWER_BYTES_MAX

    @property
    def operation(self) -> str:
        """Name the call without its query, which may hold a token."""
        return f"{self.method} {self.target.partition('?')[0]}"


class Silence(Struct, frozen=True):
    """No answer: why, and whether something was sent."""

    reason: str
    is_sent: bool


class Transport:
    """Sends calls to the first host that can be reached."""

    def __init__(
        self,
        base_urls: Sequence[str],
        *,
        client: httpx.AsyncClient | None = None,
        limits: Limits | None = None,
        means: Means | None = None,
    ) -> None:
        """Take the hosts in the order of preference; a client that is handed in stays open."""
        self.base_urls = tuple(url.rstrip("/") for url in base_urls)
        self.limits, self.means = limits or Limits(), means or Means()
        self.client = client or httpx.AsyncClient()
        self.is_owner = client is None
        self.rests_until = dict.fromkeys(self.base_urls, 0.0)
        self.timeout = httpx.Timeout(
            self.limits.read_seconds_max, connect=self.limits.connect_seconds_max
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the client that was made here."""
        if self.is_owner:
            await self.client.aclose()

    async def send(self, call: Call) -> Answer:
        """Give the answer, whatever its status.

        Raises NotSent, OutcomeUnknown, or AnswerNotTrusted when the answer is too large.
        """
        until = self.means.clock() + self.limits.call_seconds_max
        tries_max = self.limits.tries_max if call.is_repeatable else 1
        is_doubtful = False
        for tries in count(1):
            got = await self._try(call, until)
            is_good = isinstance(got, Answer) and not call.is_passing(got)
            if is_good or tries == tries_max or not await self._paused(tries, until):
                return _settled(call, got, tries, is_doubtful=is_doubtful)
            is_doubtful = is_doubtful or _is_in_doubt(got)
        raise AssertionError("counting has no end")

    async def _try(self, call: Call, until: float) -> Answer | Silence:
        host = self._host()
        got = await self._listen(host, call, until)
        if isinstance(got, Silence) or got.status >= SERVER_ERROR:
            self.rests_until[host] = self.means.clock() + self.limits.host_rest_seconds
        return got

    def _host(self) -> str:
        """Give the first host that does not rest; when all do, the one whose rest ends first."""
        now = self.means.clock()
        awake = (url for url in self.base_urls if self.rests_until[url] <= now)
        return next(awake, min(self.base_urls, key=self.rests_until.__getitem__))

    async def _listen(self, host: str, call: Call, until: float) -> Answer | Silence:
        """Send once and take the answer down, as long as the call's deadline lets us."""
        try:
            async with asyncio.timeout(max(0.0, until - self.means.clock())):
                return await self._exchange(host, call)
        except TimeoutError:
            return Silence("deadline", is_sent=True)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            return Silence(type(error).__name__, is_sent=False)
        except (httpx.LocalProtocolError, httpx.UnsupportedProtocol):
            raise  # a bug of ours: it would fail for ever
        except (httpx.TransportError, httpx.DecodingError) as error:
            return Silence(type(error).__name__, is_sent=True)

    async def _exchange(self, host: str, call: Call) -> Answer:
        request = self.client.build_request(
            call.method, host + call.target, content=call.body or None, timeout=self.timeout
        )
        request.headers.update(call.headers(request.url.raw_path.decode()))
        response = await self.client.send(request, stream=True, follow_redirects=False)
        try:
            body = await _read(response, call)
        finally:
            await response.aclose()
        return Answer(status=response.status_code, headers=response.headers, body=body)

    async def _paused(self, tries: int, until: float) -> bool:
        """Wait before the next try; not where the deadline comes first."""
        limits = self.limits
        pause = min(limits.pause_seconds_max, limits.pause_seconds_min * 2 ** (tries - 1))
        pause *= 1 - self.means.luck.random() / 2
        if self.means.clock() + pause >= until:
            return False
        await self.means.sleep(pause)
        return True


async def _read(response: httpx.Response, call: Call) -> bytes:
    """Read no more than the call allows; compressed bytes count when they are unpacked."""
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > call.answer_bytes_max:
            raise AnswerNotTrusted(call.operation, "too_large")
    return bytes(body)


def _is_in_doubt(got: Answer | Silence) -> bool:
    """Tell whether this try may have been carried out, though it brought nothing to use."""
    return got.is_sent if isinstance(got, Silence) else got.status >= SERVER_ERROR


def _settled(call: Call, got: Answer | Silence, tries: int, *, is_doubtful: bool) -> Answer:
    """Give the last answer, or say what its absence means over all tries."""
    if isinstance(got, Answer):
        return Answer(
            status=got.status, headers=got.headers, body=got.body, is_doubtful=is_doubtful
        )
    if got.is_sent or is_doubtful:
        raise OutcomeUnknown(call.operation, got.reason, tries)
    raise NotSent(call.operation, got.reason, tries)
