"""The hammer: 64 callers in two server processes, 12,800 orders, 500 units: 500 are sold."""

import asyncio
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import asyncpg

from jishi.kernel import verify
from tests.faults.buyers import read
from tests.shops import seed_shops

STOCK, CALLERS, EACH = 500, 64, 200


def hammer(url: str, folder: Path, *, callers: int, orders: int, how: str) -> list[int]:
    """Let two processes order at once; give their exit codes."""
    processes = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.faults.buyers",
                url,
                "1000",
                str(folder / f"{n}.journal"),
                str(callers // 2),
                str(orders // 2),
                how,
            ],
            stderr=subprocess.DEVNULL,
        )
        for n in range(2)
    ]
    until = time.monotonic() + 60
    while len(list(folder.glob("*.ready"))) < len(processes) and time.monotonic() < until:
        time.sleep(0.01)
    (folder / "go").touch()
    return [process.wait(120) for process in processes]


def told(folder: Path) -> Counter[str]:
    """Count the answers by their first word."""
    answers: Counter[str] = Counter()
    for file in folder.glob("*.journal"):
        answers.update(answer.split()[0] for answer in read(file)[1].values())
    return answers


async def sold(owner_url: str) -> int:
    """Count the orders there are."""
    connection = await asyncpg.connect(owner_url)
    try:
        return int(await connection.fetchval("select count(*) from trade.orders"))
    finally:
        await connection.close()


async def broken(owner_url: str) -> list[str]:
    """Give the promises that are broken."""
    return [kept.promise async for kept in verify(owner_url) if kept.broken]


def test_exactly_what_is_there_is_sold(fresh_database: tuple[str, str], tmp_path: Path) -> None:
    url, owner_url = fresh_database
    asyncio.run(seed_shops(owner_url, 1_000, skus=1, stock=STOCK))
    assert hammer(url, tmp_path, callers=CALLERS, orders=CALLERS * EACH, how="locked") == [0, 0]
    assert told(tmp_path) == {"placed": STOCK, "out_of_stock": CALLERS * EACH - STOCK}
    assert asyncio.run(sold(owner_url)) == STOCK
    assert asyncio.run(broken(owner_url)) == []


def test_without_the_lock_the_hammer_is_caught(
    fresh_database: tuple[str, str], tmp_path: Path
) -> None:
    """The negative control: with the lock taken away it cannot come out right."""
    url, owner_url = fresh_database
    asyncio.run(seed_shops(owner_url, 1_000, skus=1, stock=STOCK))
    codes = hammer(url, tmp_path, callers=CALLERS, orders=2_000, how="unlocked")
    is_right = (
        codes == [0, 0]
        and told(tmp_path) == {"placed": STOCK, "out_of_stock": 2_000 - STOCK}
        and asyncio.run(broken(owner_url)) == []
    )
    assert not is_right
