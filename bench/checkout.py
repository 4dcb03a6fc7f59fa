"""The whole checkout over HTTP: product, cart, order, prepay, notification, paid.

Each buyer has a connection and cookies of his own, sends what a phone's browser would, and looks
at the cashier's page until it says that he paid. `python -m bench.checkout` measures nothing else:
beside the sandbox, and beside a stub that only signs.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import asyncpg
import psutil
import uvloop

from bench import stub
from bench.buyer import PORT, SEE_OTHER, SHOP, SOLD_OUT, buyer
from bench.http import HOST, Wire, get, wire
from bench.measure import Measured, measured
from bench.payments import PORT as WECHAT
from bench.payments import credentials
from jishi.kernel import migrate
from jishi.kernel.postgres import Embedded
from tests.shops import seed_shops

SECONDS = float(os.environ.get("JISHI_BENCH_SECONDS", "8"))
SIDES = {"jishi.sandbox": "wechat", "bench.stub": "wechat", "postgres": "postgres"}
FLASH, STOCK = SHOP + 1, 10**9
UNITS, BUYERS, AT_ONCE = 500, 2_000, 64
FOUND, REFUSED = 200, 409


async def checkouts(*, buyers: int, has_sandbox: bool) -> Measured:
    """Have so many buy again and again; one paid order is one."""
    took: list[float] = []
    until = time.perf_counter() + SECONDS

    async def shopper() -> None:
        one = await buyer(has_sandbox=has_sandbox)
        while (asked_at := time.perf_counter()) < until:
            await one.pay(await one.order_from_cart())
            took.append(time.perf_counter() - asked_at)

    began = time.perf_counter()
    await asyncio.gather(*(shopper() for _ in range(buyers)))
    return measured(len(took), time.perf_counter() - began, took)


class Flash(NamedTuple):
    """A flash sale: how an order went, how many were placed, refused, and sold too many."""

    asked: Measured
    placed: int
    refused: int
    oversold: int


async def flash_sale(owner: str, *, has_sandbox: bool) -> Flash:
    """Have many want the few units of one SKU at once; whoever gets one pays."""
    took: list[float] = []
    statuses: list[int] = []
    waiting = iter(range(BUYERS))

    async def shoppers() -> None:
        for _ in waiting:
            one = await buyer(has_sandbox=has_sandbox)
            asked_at = time.perf_counter()
            status, path = await one.order(FLASH)
            took.append(time.perf_counter() - asked_at)
            statuses.append(status)
            if status == SEE_OTHER:
                await one.pay(path)
            one.market.writer.close()
            one.wechat.writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(shoppers() for _ in range(AT_ONCE)))
    result = measured(len(took), time.perf_counter() - began, took)
    assert set(statuses) <= {SEE_OTHER, REFUSED, SOLD_OUT}, set(statuses)
    sold = await count(owner, "select count(*) from trade.orders where book = $1", FLASH)
    placed = statuses.count(SEE_OTHER)
    return Flash(result, placed, len(statuses) - placed, sold - UNITS)


async def count(owner: str, query: str, book: int) -> int:
    """Count rows."""
    connection = await asyncpg.connect(owner)
    try:
        return int(await connection.fetchval(query, book))
    finally:
        await connection.close()


@asynccontextmanager
async def beside_sandbox(login: str, home: Path) -> AsyncIterator[dict[str, str]]:
    """Serve the sandbox; give what the market is told of it."""
    environment = {**os.environ, "JISHI_DATABASE_URL": login, "JISHI_HOME": str(home)}
    command = [sys.executable, "-m", "jishi.sandbox", HOST, str(WECHAT)]
    async with running(command, environment):
        await credentials()
        yield {"JISHI_WECHAT": f"http://{HOST}:{WECHAT}", "JISHI_ORIGIN": f"http://{HOST}:{PORT}"}


@asynccontextmanager
async def beside_stub(home: Path) -> AsyncIterator[dict[str, str]]:
    """Serve the stub; give what the market is told of it."""
    keys, pay, told = stub.new_keys(), home / "pay.toml", home / "stub.json"
    told.write_text(json.dumps(keys))
    pay.touch(0o600)
    settings = {
        "appid": stub.APPID, "mchid": stub.MCHID, "serial": stub.SERIAL,
        "private_pem": keys.merchant_pem, "apiv3_key": keys.apiv3_key,
        "public_key_id": stub.KEY_ID, "public_key_pem": keys.public_pem,
        "origin": f"http://{HOST}:{PORT}", "base_urls": [f"http://{HOST}:{WECHAT}"],
        "one_owner": True,
    }  # fmt: skip
    pay.write_text("\n".join(f"{name} = {json.dumps(said)}" for name, said in settings.items()))
    async with running(
        [sys.executable, "-m", "bench.stub", str(WECHAT), str(told)], {**os.environ}
    ):
        await answers(WECHAT)
        yield {"JISHI_PAY": str(pay)}


@asynccontextmanager
async def running(command: list[str], environment: dict[str, str]) -> AsyncIterator[None]:
    """Keep a process for the while."""
    process = subprocess.Popen(  # noqa: ASYNC220 - started once
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


async def answers(port: int) -> Wire:
    """Wait until somebody listens."""
    for _ in range(300):
        try:
            return await wire(port)
        except OSError:
            await asyncio.sleep(0.1)
    raise AssertionError(f"nobody listens on {port}")


@asynccontextmanager
async def market(login: str, home: Path, told: Mapping[str, str]) -> AsyncIterator[None]:
    """Serve the market."""
    command = [sys.executable, "-m", "jishi.cli", "serve", "--port", str(PORT), "--workers", "2"]
    environment = {**os.environ, "JISHI_DATABASE_URL": login, "JISHI_HOME": str(home), **told}
    async with running(command, environment):
        line = await answers(PORT)
        status, _, _ = await line.send(get("/healthz"))
        assert status == FOUND
        yield


class Burnt:
    """Processor time by who used it: the market's pages, WeChat's side, PostgreSQL, the buyers."""

    def __init__(self) -> None:
        self.began = spent()

    def per(self, orders: int) -> str:
        """Give milliseconds of one core an order."""
        now = spent()
        each = {who: 1_000 * (now[who] - self.began[who]) / max(orders, 1) for who in now}
        return "  ".join(f"{who} {ms:.1f}" for who, ms in each.items()) + " ms of a core each"


def spent() -> dict[str, float]:
    """Give the seconds that each side has had of the processor."""
    seconds = {"market": 0.0, "wechat": 0.0, "postgres": 0.0, "buyers": 0.0}
    ours = psutil.Process()
    for process in [ours, *ours.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            words = " ".join(process.cmdline())
            who = next((side for said, side in SIDES.items() if said in words), "market")
            times = process.cpu_times()
            seconds["buyers" if process == ours else who] += times.user + times.system
    return seconds


async def main(owner: str, login: str, home: Path) -> None:
    """Measure alone, beside the one and beside the other."""
    await migrate(owner)
    await seed_shops(owner, SHOP, skus=1, stock=STOCK)
    for name, beside in (("sandbox", beside_sandbox(login, home)), ("stub", beside_stub(home))):
        await seed_shops(owner, FLASH + (name == "stub"), skus=1, stock=UNITS)
        async with beside as told, market(login, home, told):
            for buyers in (1, 16, 64):
                burnt = Burnt()
                result = await checkouts(buyers=buyers, has_sandbox=name == "sandbox")
                print(shown(f"paid orders beside the {name}, {buyers} buyers", result))
                print(f"  {burnt.per(result.count)}")
            if name == "sandbox":
                sale = await flash_sale(owner, has_sandbox=True)
                print(shown(f"flash sale, {BUYERS} want {UNITS}, {AT_ONCE} at once", sale.asked))
                print(f"  placed {sale.placed}, refused {sale.refused}, oversold {sale.oversold}")


def shown(what: str, result: Measured) -> str:
    """Write a line."""
    return (
        f"{what:44} {result.per_second:8,.1f}/s  p50 {result.p50_ms:8.2f} ms"
        f"  p99 {result.p99_ms:8.2f} ms"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="jishi-bench-") as folder:
        # So that PostgreSQL's own user, where root runs this, may pass.
        Path(folder).chmod(0o755)
        embedded = Embedded(Path(folder, "home"), say=print)
        embedded.start()
        try:
            uvloop.run(main(embedded.owner_url, embedded.login_url, Path(folder, "home")))
        finally:
            embedded.stop()
