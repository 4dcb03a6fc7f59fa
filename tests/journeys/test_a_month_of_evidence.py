"""A month of real requests: the gauges, a recount of the raw tables and the shoppers agree."""

import asyncio
import time
from pathlib import Path
from typing import Any

import asyncpg
import ibis

from jishi.gauges import operation, weight
from jishi.gauges.lake import Lake, at_folder
from jishi.gauges.terms import Terms
from jishi.kernel.postgres import Embedded
from tests.journeys.month import Seller, Shopper, Tally, close_all
from tests.journeys.whole import Whole, a_whole_market

STEPS, DAYS = 4, 8
WAIT_SECONDS_MAX = 30
ROBOT = "Mozilla/5.0 (compatible; Baiduspider/2.0)"
RECOUNTED = ("orders_", "settled_", "unexplained", "differences_")
"""What only the gauges count."""

RELEASE = "update kernel.schedules set brake = null, braked_at = null, due_at = now()"
RAW = (Path(__file__).parent / "month.sql").read_text("utf-8")


def test_a_month_of_requests_is_counted_alike_by_all(tmp_path: Path) -> None:
    tally = Tally()
    with a_whole_market(has_sample=True) as whole:
        url = live(whole, tally)
        # The market may be at it by itself just then: it missed so many nights.
        wait(lambda: whole.command("lake").returncode == 0)
        (whole.home / "lake").rename(tmp_path / "lake")
        raw = asyncio.run(recount(url))
        close_all()
    lake = at_folder(tmp_path / "lake")
    of_lake, of_raw = counts(lake), {row["type"]: (row["times"], row["fen"]) for row in raw}
    own = {kind: (tally.times[kind], tally.fen[kind]) for kind in tally.times}
    shared = {kind: of_raw[kind] for kind in own if kind in of_raw}
    assert shared == {kind: own[kind] for kind in shared}
    assert own == {kind: of_lake[kind] for kind in own}
    known = {kind: found for kind, found in of_raw.items() if not kind.startswith(RECOUNTED)}
    assert known == {kind: of_lake.get(kind, (0, 0)) for kind in known}
    the_gauges_agree(lake, tally, of_raw)


def live(whole: Whole, tally: Tally) -> str:
    """Live a month; gives where the database is."""
    robot, passer = Shopper(whole, Tally(), ROBOT), Shopper(whole, tally)
    # What was imported is found a moment later.
    wait(lambda: robot.search("花生"))
    seller, people = Seller(whole, tally), [Shopper(whole, tally) for _ in range(3)]
    for number, person in enumerate(people):
        person.sign_in(f"1390000000{number}")
    sent: list[tuple[Shopper, str]] = []
    url = Embedded(whole.home, say=print).owner_url
    for step in range(STEPS):
        for person, order in sent:
            person.confirm(order)
        sent = a_day(whole, tally, seller, people, step)
        follower = passer.follow(f"路人{step}")
        leap(whole, url, days=DAYS)
        if step % 2:
            passer.deed("unfollow", follower)
    leap(whole, url, hours=1)
    for kind, often in (("order.cancel", STEPS), ("order.complete", 2 * (STEPS - 1))):
        until(url, kind, often)
        tally.times[kind] += often
    leap(whole, url, minutes=5)
    return url


def leap(whole: Whole, url: str, **by: float) -> None:
    """Put the clock forward; what that braked goes on, as if an operator had looked."""
    whole.clock.forward(**by)
    asyncio.run(run(url, RELEASE))


def a_day(
    whole: Whole, tally: Tally, seller: Seller, people: list[Shopper], step: int
) -> list[tuple[Shopper, str]]:
    """Come by five; two orders are sent, one is paid back, one is never fetched, one never paid."""
    sent = []
    for number, person in enumerate(people):
        product = person.visit(("menu", "msg", "share_friend")[number])
        order, cost = person.order(product, "", quantity=1 + (step % 2 if number < 2 else 0))
        person.pay(order, cost)
        wait(lambda order=order: seller.stands(order) == "paid")
        if number < 2:
            seller.ship(order, f"SF{step}{number}345678901")
            sent.append((person, order))
        else:
            person.ask_back(order)
            seller.agree(cost)
    guest = Shopper(whole, tally)
    order, cost = guest.order(guest.visit("poster_qr"), "pickup")
    guest.pay(order, cost)
    other = Shopper(whole, tally)
    other.order(other.visit("direct"), "pickup")
    Shopper(whole, Tally(), ROBOT).get("/")
    return sent


def wait(is_so: Any) -> None:
    """Wait until it is so."""
    end = time.monotonic() + WAIT_SECONDS_MAX
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.2)


def until(url: str, kind: str, often: int) -> None:
    """Wait until the raw tables have so many of a kind."""

    def is_so() -> bool:
        found = {row["type"]: row["times"] for row in asyncio.run(recount(url))}
        return bool(found.get(kind, 0) == often)

    wait(is_so)


async def run(url: str, statement: str) -> None:
    """Run a statement as the owner."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def recount(url: str) -> list[asyncpg.Record]:
    """Count in the raw tables, without the evidence's own translation."""
    connection = await asyncpg.connect(url)
    try:
        return list(await connection.fetch(RAW))
    finally:
        await connection.close()


def counts(lake: Lake) -> dict[str, tuple[int, int]]:
    """Count the lake's events, and what they come to."""
    rows = lake.events
    asked = rows.group_by("type").aggregate(times=rows.count(), fen=rows.amount_fen.sum())
    return {row["type"]: (row["times"], row["fen"]) for row in asked.to_pyarrow().to_pylist()}


def the_gauges_agree(lake: Lake, tally: Tally, raw: dict[str, tuple[int, int]]) -> None:
    """See the sums of two questions against the recount and the shoppers."""
    newest = int(lake.events.day.max().to_pyarrow().as_py())
    heavy = weight.gather(lake, Terms(), newest)
    assert heavy.searches == tally.times["search.query"]
    assert heavy.empty == tally.empty > 0
    assert heavy.begun == tally.times["pay.start"] == raw["pay.start"][0]
    assert heavy.paid == tally.times["order.pay"] == raw["order.pay"][0]
    assert sum(heavy.pages.values()) == tally.times["page.perf"]
    done = operation.gather(lake, Terms(), newest)
    assert (done.orders, done.perfect) == (raw["orders_over"][0], raw["orders_perfect"][0])
    assert (done.orders, done.perfect) == (4 * (STEPS - 1), 2 * (STEPS - 1))
    assert done.due == done.in_time == raw["settled_in_time"][0] > 0
    assert done.settled.get(0, 0) == raw["settled_at_once"][0]
    assert done.unexplained == raw["unexplained"][0]
    # None, but for a refund that ends while the clocks are being put forward.
    none = (0, 0)
    assert done.breaks == raw.get("differences_over", none)[0]
    assert sum(done.cleared.values()) == raw.get("differences_ripe", none)[0]
    entries = lake.events.filter(lake.events.type == "order.pay").entry.value_counts()
    found = dict(tuple(row.values()) for row in rows_of(entries))
    assert found == dict.fromkeys(("menu", "msg", "share_friend", "poster_qr"), STEPS)


def rows_of(table: ibis.Table) -> list[dict[str, Any]]:
    """Read a small table."""
    return list(table.to_pyarrow().to_pylist())
