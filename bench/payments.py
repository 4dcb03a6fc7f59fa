"""The sandbox's payments: prepaid by a signed request, paid, and told to the merchant's server.

The requests are signed beforehand, so that the client is not what is measured; a cycle is over when
the notification has come in. `python -m bench.payments` measures nothing else.
"""

import asyncio
import json
import os
import secrets
import sys
import tempfile
import time
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import psutil
import uvloop
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from bench.http import HOST, Wire, wire
from bench.measure import Measured, measured
from jishi.kernel import migrate
from jishi.kernel.postgres import Embedded
from jishi.ports.wechat.signing import Authorization, request_message, sign
from jishi.sandbox.certificates import read_private

PORT = int(os.environ.get("JISHI_BENCH_PORT", "8765")) + 1
PATH = "/v3/pay/transactions/native"
PREPARED = int(os.environ.get("JISHI_BENCH_PAYMENTS", "3000"))
START_SECONDS_MAX = 60
HEAD = f"host: {HOST}:{PORT}\r\naccept: application/json\r\nuser-agent: bench\r\n"


class Shop(NamedTuple):
    """Who is paid, in which account."""

    appid: str
    mchid: str
    serial: str
    key: RSAPrivateKey


class Told:
    """The shop's server: for each number the moment when its notification came in."""

    def __init__(self) -> None:
        self.waiting: dict[str, asyncio.Event] = {}

    async def take(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Take what comes on one connection."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
                await reader.readexactly(length)
                writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
                number = head.partition(b" /")[2].partition(b" ")[0].decode()
                self.waiting.pop(number).set()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


def requests(shop: Shop, port: int) -> Iterator[tuple[str, bytes]]:
    """Sign orders without end; the number of each is where its notification goes."""
    while True:
        number = secrets.token_hex(12)
        body = json.dumps(
            {
                "appid": shop.appid, "mchid": shop.mchid, "description": "龙井 100克",
                "out_trade_no": number, "notify_url": f"http://{HOST}:{port}/{number}",
                "amount": {"total": 1},
            }
        ).encode()  # fmt: skip
        now, nonce = int(time.time()), secrets.token_hex(16)
        signature = sign(shop.key, request_message("POST", PATH, now, nonce, body))
        told = Authorization(shop.mchid, nonce, now, shop.serial, signature).header()
        head = f"POST {PATH} HTTP/1.1\r\n{HEAD}authorization: {told}\r\n"
        yield number, f"{head}content-length: {len(body)}\r\n\r\n".encode() + body


def payment(code_url: str) -> bytes:
    """Pay what a code asks for."""
    body = json.dumps({"code_url": code_url}).encode()
    head = f"POST /sandbox/payments HTTP/1.1\r\n{HEAD}content-length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def cycle(line: Wire, told: Told, number: str, request: bytes) -> None:
    """Prepay, pay, and wait until the shop has been told."""
    arrived = told.waiting[number] = asyncio.Event()
    status, _, body = await line.send(request)
    assert status == 200, (status, body)  # noqa: PLR2004 - HTTP's own
    status, _, body = await line.send(payment(json.loads(body)["code_url"]))
    assert status == 200, (status, body)  # noqa: PLR2004 - HTTP's own
    await arrived.wait()


async def payments(login: str, *, callers: int) -> Measured:
    """Measure cycles."""
    result, _ = await cycles(login, callers=callers)
    return result


async def cycles(login: str, *, callers: int) -> tuple[Measured, float]:
    """Measure cycles; give too how many the sandbox does in a second of its own processor time."""
    async with served(login) as (process, shop):
        told, took = Told(), list[float]()
        server = await asyncio.start_server(told.take, HOST, 0)
        made = requests(shop, server.sockets[0].getsockname()[1])
        prepared = [next(made) for _ in range(PREPARED)]

        async def caller() -> None:
            line = await wire(PORT)
            while prepared:
                asked_at = time.perf_counter()
                await cycle(line, told, *prepared.pop())
                took.append(time.perf_counter() - asked_at)
            line.writer.close()

        began, burnt = time.perf_counter(), processor_seconds(process)
        await asyncio.gather(*(caller() for _ in range(callers)))
        seconds, burnt = time.perf_counter() - began, processor_seconds(process) - burnt
        server.close()
        return measured(len(took), seconds, took), len(took) / burnt


def processor_seconds(process: psutil.Process) -> float:
    """Give what a process and its workers have had of the processor."""
    family = [process, *process.children(recursive=True)]
    return sum(sum(each.cpu_times()[:2]) for each in family)


@asynccontextmanager
async def served(login: str) -> AsyncIterator[tuple[psutil.Process, Shop]]:
    """Serve a sandbox in a process of its own."""
    process = psutil.Popen(
        [sys.executable, "-m", "jishi.sandbox", HOST, str(PORT)],
        env={**os.environ, "JISHI_DATABASE_URL": login},
    )
    try:
        yield process, shop_of(await credentials())
    finally:
        process.terminate()
        process.wait(30)


async def credentials() -> Any:
    """Wait until the sandbox tells its secrets."""
    deadline = time.monotonic() + START_SECONDS_MAX
    async with httpx.AsyncClient(base_url=f"http://{HOST}:{PORT}") as client:
        while True:
            try:
                return (await client.get("/sandbox/credentials")).raise_for_status().json()
            except httpx.TransportError:
                assert time.monotonic() < deadline, "the sandbox did not start"
                await asyncio.sleep(0.1)


def shop_of(told: Any) -> Shop:
    """Give the first merchant in the first account."""
    merchant = told["merchants"][0]
    key = read_private(merchant["private_pem"])
    return Shop(told["accounts"][0]["appid"], merchant["mchid"], merchant["serial"], key)


async def main(owner: str, login: str) -> None:
    """Measure alone."""
    await migrate(owner)
    for callers in (1, 16, 64):
        result, per_cpu_second = await cycles(login, callers=callers)
        print(
            f"prepaid, paid, told, {callers:2} callers: {result.per_second:6,.0f}/s"
            f"  p50 {result.p50_ms:7.2f} ms  p99 {result.p99_ms:7.2f} ms"
            f"  {per_cpu_second:6,.0f} a second of the sandbox's processor"
        )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="jishi-bench-") as folder:
        # So that PostgreSQL's own user, where root runs this, may pass.
        Path(folder).chmod(0o755)
        embedded = Embedded(Path(folder, "home"), say=print)
        embedded.start()
        try:
            uvloop.run(main(embedded.owner_url, embedded.login_url))
        finally:
            embedded.stop()
