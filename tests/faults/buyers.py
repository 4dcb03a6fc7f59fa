"""A server process with its buyers, and a journal of what they meant and what they were told.

Run as `python -m tests.faults.buyers URL BOOK JOURNAL CALLERS ORDERS HOW`. Every intent is
written down before it is asked and every answer after it came; a process that was killed is
started again on the same journal and asks again, with the same keys, whatever was not answered.
It begins when there is a file `go` beside its journal.
"""

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid4

from jishi import trade
from jishi.kernel import Market, Refused, new_id, new_public_id
from jishi.kernel.database import Database
from tests.shops import STORE, price_of, sku_of

PACED_SECONDS = 0.02


class Intent(NamedTuple):
    """What a buyer means to order: one unit of the first SKU."""

    key: str
    order_id: int


class Journal:
    """Lines that outlive the process: `meant KEY ORDER`, `told KEY ANSWER`."""

    def __init__(self, file: Path) -> None:
        self.file = os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        self.meant, self.told = read(file)

    def mean(self) -> Intent:
        """Write a new intent down."""
        intent = Intent(str(uuid4()), new_id())
        os.write(self.file, f"meant {intent.key} {intent.order_id}\n".encode())
        return intent

    def tell(self, intent: Intent, answer: str) -> None:
        """Write an answer down."""
        os.write(self.file, f"told {intent.key} {answer}\n".encode())


def read(file: Path) -> tuple[dict[str, Intent], dict[str, str]]:
    """Read a journal: the intents, and the answers, by key."""
    meant: dict[str, Intent] = {}
    told: dict[str, str] = {}
    for line in file.read_text().splitlines() if file.exists() else []:
        word, key, rest = line.split(" ", 2)
        if word == "meant":
            meant[key] = Intent(key, int(rest))
        else:
            told[key] = rest
    return meant, told


def request(intent: Intent, book: int) -> trade.PlaceOrder:
    """Give the request; asked again it is the same."""
    return trade.PlaceOrder(
        key=UUID(intent.key), book=book, actor_id=7, order_id=intent.order_id,
        public_id=new_public_id(), lines=(trade.Line(sku_of(book, 1), 1, price_of(1)),),
        destination=trade.Destination("pickup", store_id=STORE), seen_freight_fen=0,
    )  # fmt: skip


async def settle(market: Market, journal: Journal, intent: Intent, book: int) -> None:
    """Ask until there is an answer that stands."""
    while True:
        answer: object = None
        with suppress(OSError):
            answer = await market.ask(request(intent, book))
        if isinstance(answer, trade.OrderPlaced):
            journal.tell(intent, f"placed {answer.subject_id}")
            return
        if isinstance(answer, Refused) and answer.is_final:
            journal.tell(intent, answer.reason)
            return
        await asyncio.sleep(0.1)


async def buy(url: str, book: int, file: Path, callers: int, orders: int, pause: float) -> None:
    """Finish what an earlier life left, then order until there are so many intents."""
    journal = Journal(file)
    market = Market(url, is_working=False)
    while True:
        try:
            await market.open()
            break
        except Exception:  # noqa: BLE001 - the database is away; that is the test
            await market.database.close()
            await asyncio.sleep(0.1)
    file.with_suffix(".ready").touch()
    while not (file.parent / "go").exists():
        await asyncio.sleep(0.005)
    left = [intent for key, intent in journal.meant.items() if key not in journal.told]

    def intents() -> Iterator[Intent]:
        yield from left
        for _ in range(orders - len(journal.meant)):
            yield journal.mean()

    its = intents()

    async def caller() -> None:
        for intent in its:
            await settle(market, journal, intent, book)
            await asyncio.sleep(pause)

    await asyncio.gather(*(caller() for _ in range(callers)))
    await market.close()


def without_lock() -> None:
    """Take the lock away: the negative control."""
    locked = Database.transaction

    def unlocked(self: Database, **how: object) -> object:
        return locked(self, **{**how, "lock": False})  # type: ignore[arg-type]  # the same names

    Database.transaction = unlocked  # type: ignore[method-assign,assignment]  # that is the control


def main() -> None:
    """Run as a process of its own."""
    url, book, file, callers, orders, how = sys.argv[1:]
    if how == "unlocked":
        without_lock()
    pause = PACED_SECONDS if how == "paced" else 0
    asyncio.run(buy(url, int(book), Path(file), int(callers), int(orders), pause))


if __name__ == "__main__":
    main()
