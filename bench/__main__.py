"""`make bench`: everything in one run, on a database of its own with fsync on."""

import asyncio
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlencode

import msgspec
import uvloop
from rich.console import Console
from rich.table import Table

from bench import http, single
from bench.floor import floor
from bench.measure import Measured
from bench.payments import payments
from bench.tills import tills, wide_basket
from jishi.kernel import migrate
from jishi.kernel.postgres import Embedded
from tests.shops import seed_shops

SECONDS = float(os.environ.get("JISHI_BENCH_SECONDS", "4"))
PORT = int(os.environ.get("JISHI_BENCH_PORT", "8765"))
WIDE, HOT, FIFTY, MANY = 1_000, 2_000, 10_000, 100_000
STOCK = 10**9


class Row(msgspec.Struct):
    """A line of the report; `to` says which figure the ratio is to."""

    what: str
    result: Measured
    ratio: float | None = None
    to: str = ""


class Report:
    """The lines so far, printed as they come."""

    def __init__(self, console: Console) -> None:
        self.rows: list[Row] = []
        self.console = console

    async def add(self, what: str, work: Awaitable[Measured], to: str = "") -> Measured:
        """Measure, and set beside another line of this run."""
        result = await work
        floor_of = next((row.result for row in self.rows if row.what == to), None)
        ratio = round(result.per_second / floor_of.per_second, 2) if floor_of else None
        self.rows.append(Row(what, result, ratio, to))
        beside = f"   {ratio:.2f} x {to}" if ratio is not None else ""
        self.console.print(
            f"{what:44} {result.per_second:10,.0f}/s  p50 {result.p50_ms:8.2f} ms"
            f"  p99 {result.p99_ms:8.2f} ms{beside}"
        )
        return result

    def table(self) -> Table:
        """Give the whole as a table."""
        table = Table("What", "a second", "p50 ms", "p99 ms", "ratio", "to")
        for row in self.rows:
            result, ratio = row.result, "" if row.ratio is None else f"{row.ratio:.2f}"
            figures = (f"{result.per_second:,.0f}", f"{result.p50_ms}", f"{result.p99_ms}")
            table.add_row(row.what, *figures, ratio, row.to)
        return table


async def orders(report: Report, login: str) -> None:
    """Measure the floor and the tills over 1,000 SKUs of one shop."""
    baskets = [wide_basket(1_000) for _ in range(120_000)]
    for connections in (1, 16, 64):
        await report.add(
            f"floor: one transaction, {connections} connections",
            floor(login, [WIDE], baskets[:30_000], connections=connections, batch=1,
                  seconds=SECONDS),
        )  # fmt: skip
    await report.add(
        "floor: 256 orders a transaction",
        floor(login, [WIDE], baskets, connections=1, batch=256, seconds=SECONDS),
    )
    for callers in (1, 16, 64, 256, 1024):
        await report.add(
            f"till: 1,000 SKUs, {callers} callers",
            tills(login, [WIDE], lambda: wide_basket(1_000), callers=callers, seconds=SECONDS),
            "floor: 256 orders a transaction" if callers >= 256 else  # noqa: PLR2004 - as named
            "floor: one transaction, 64 connections",
        )  # fmt: skip
    for callers in (64, 256):
        await report.add(
            f"till: 1,000 SKUs, {callers} callers, beside one by one",
            tills(login, [WIDE], lambda: wide_basket(1_000), callers=callers, seconds=SECONDS),
            "floor: one transaction, 64 connections",
        )


async def shops(report: Report, login: str) -> None:
    """Measure many books with few requests each."""
    many = [baskets_of_ten() for _ in range(30_000)]
    for name, first, shops in (("50 shops", FIFTY, 50), ("5,000 shops", MANY, 5_000)):
        books = list(range(first, first + shops))
        await report.add(
            f"floor: {name}, one transaction, 64 connections",
            floor(login, books, many, connections=64, batch=1, seconds=SECONDS),
        )
        await report.add(
            f"till: {name}, 256 callers",
            tills(login, books, baskets_of_ten, callers=256, seconds=SECONDS),
            f"floor: {name}, one transaction, 64 connections",
        )


async def hot(report: Report, login: str, owner: str) -> None:
    """Measure one SKU that everybody wants, beside the best that others do."""
    await single.prepare(owner)
    for scheme in single.SCHEMES:
        await report.add(
            f"peer on one SKU: {scheme}, 64 connections",
            single.single(owner, scheme, connections=64, seconds=SECONDS),
        )
    peers = [row for row in report.rows if row.what.startswith("peer")]
    best = max(peers, key=lambda row: row.result.per_second).what
    for callers in (1, 64, 256, 1024):
        await report.add(
            f"till: one SKU, {callers} callers",
            tills(login, [HOT], lambda: [(1, 1)], callers=callers, seconds=SECONDS),
            best,
        )


def baskets_of_ten() -> list[tuple[int, int]]:
    """Give a basket from a small shop's ten SKUs."""
    return list(wide_basket(10))


async def pages(report: Report) -> None:
    """Measure over HTTP, from one client process beside the servers and PostgreSQL."""
    path = f"/shops/shop-{WIDE}/products/product-{WIDE}-1"
    chosen = urlencode({"product": f"product-{WIDE}-1", "quantity": "1", "o0": "100克"})
    form = await http.order_form(PORT, f"/shops/shop-{WIDE}/checkout?{chosen}")
    page = http.get(path)
    for connections in (1, 32):
        await report.add(
            f"HTTP: product page, {connections} connections",
            http.http(PORT, lambda: page, 200, connections=connections, seconds=SECONDS),
        )
    for connections in (1, 64):
        await report.add(
            f"HTTP: orders, {connections} connections",
            http.http(PORT, form.request, 303, connections=connections, seconds=SECONDS),
        )


async def serve(login: str, home: Path, work: Callable[[], Awaitable[None]]) -> None:
    """Run the web server beside, for the while."""
    server = subprocess.Popen(  # noqa: ASYNC220 - started once
        [sys.executable, "-m", "jishi.cli", "serve", "--port", str(PORT), "--workers", "2"],
        env={**os.environ, "JISHI_DATABASE_URL": login, "JISHI_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            try:
                line = await http.wire(PORT)
                status, _, _ = await line.send(http.get("/healthz"))
                if status == 200:  # noqa: PLR2004 - HTTP's own
                    break
            except OSError:
                await asyncio.sleep(0.1)
        await work()
    finally:
        server.terminate()
        server.wait(30)


async def bench(report: Report, home: Path, owner: str, login: str) -> None:
    """Run it all."""
    await migrate(owner)
    await seed_shops(owner, WIDE, skus=1_000, stock=STOCK)
    await seed_shops(owner, HOT, skus=1, stock=STOCK)
    await seed_shops(owner, FIFTY, shops=50, skus=10, stock=STOCK)
    await seed_shops(owner, MANY, shops=5_000, skus=10, stock=STOCK)
    await orders(report, login)
    await shops(report, login)
    await hot(report, login, owner)
    await serve(login, home, lambda: pages(report))
    for callers in (1, 16):
        await report.add(
            f"WeChat sandbox: prepaid, paid, told, {callers} callers",
            payments(login, callers=callers),
        )


def main() -> None:
    """Print the table, and write the same as JSON."""
    console = Console(highlight=False, width=140)
    console.print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    began, report = time.perf_counter(), Report(console)
    with tempfile.TemporaryDirectory(prefix="jishi-bench-") as folder:
        # So that PostgreSQL's own user, where root runs this, may pass.
        Path(folder).chmod(0o755)
        home = Path(folder, "home")
        embedded = Embedded(home, say=console.print)
        embedded.start()
        try:
            uvloop.run(bench(report, home, embedded.owner_url, embedded.login_url))
        finally:
            embedded.stop()
    console.print(report.table())
    file = Path("bench/latest.json")
    file.write_bytes(msgspec.json.format(msgspec.json.encode(report.rows), indent=1))
    console.print(f"{time.perf_counter() - began:,.0f} s; also in {file}")


if __name__ == "__main__":
    main()
