"""`python -m bench.town`: person-days a second, beside Mesa on the same days, all in one run.

`python -m bench.town million` lets a million people live a year, their ties read from a folder.
Mesa is in the dependency group `bench`; without it its line is left out.
"""

import importlib.util
import multiprocessing
import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from msgspec.structs import replace
from rich.console import Console
from rich.table import Table

from jishi.town.compiled import live as compiled
from jishi.town.graph import graph
from jishi.town.living import live
from jishi.town.people import Town, settle
from jishi.town.policy import Policy
from jishi.town.simulation import Engine, simulate

FULL = Policy(touches_week=3.0, limit_week=3.0, cards=1, share_quota=7)
PLAIN = replace(FULL, cards=0, share_quota=0)
"""What Mesa lives too: messages, reading, needs, habits, leaving; no cards, no shares."""

ENGINES: tuple[tuple[str, Engine], ...] = (("NumPy", live), ("numba", compiled))
PEOPLE, DAYS = 200_000, 40
MESA_PEOPLE, MESA_DAYS = 5_000, 20
MILLION, YEAR = 1_000_000, 365
GIGABYTE = 1 << 20
TRIES = 3


def pace(town: Town, days: int, life: Callable[[], object]) -> float:
    """Give person-days a second, the best of some tries: the others were disturbed."""
    took = []
    for _ in range(TRIES):
        began = time.perf_counter()
        life()
        took.append(time.perf_counter() - began)
    return town.people * days / min(took)


def side_by_side(console: Console) -> None:
    """Measure each engine on the full model and on the plain one, and Mesa on the plain one."""
    town = settle(PEOPLE, 1)
    simulate(settle(1_000, 1), FULL, 1, engine=compiled)
    table = Table("engine", "threads", "full model, M/s", "plain, M/s", "plain: times Mesa")
    mesa = _mesa(console)
    for name, engine in ENGINES:
        for threads in (1, 2):
            full, plain = (
                pace(town, DAYS, lambda policy=policy: simulate(  # type: ignore[misc] # bound now
                    town, policy, DAYS, threads=threads, engine=engine  # noqa: B023 - called at once
                ))
                for policy in (FULL, PLAIN)
            )  # fmt: skip
            beside = f"{plain / mesa:,.0f}" if mesa else ""
            table.add_row(name, str(threads), f"{full / 1e6:.2f}", f"{plain / 1e6:.2f}", beside)
    if mesa:
        table.add_row("Mesa", "1", "", f"{mesa / 1e6:.3f}", "1")
    console.print(table)


def _mesa(console: Console) -> float:
    if importlib.util.find_spec("mesa") is None:
        console.print("Mesa is not here (the dependency group `bench`)")
        return 0.0
    from bench import mesa_town  # noqa: PLC0415 - Mesa may not be here

    town = settle(MESA_PEOPLE, 1)
    theirs = mesa_town.simulate(town, PLAIN, MESA_DAYS)
    ours = simulate(town, PLAIN, MESA_DAYS)
    for name, count in theirs.items():
        console.print(f"{name:10} town {int(ours.counts[name].sum()):7,}  Mesa {count:7,}")
    return pace(town, MESA_DAYS, lambda: mesa_town.simulate(town, PLAIN, MESA_DAYS))


def million(console: Console) -> None:
    """Let a million live a year with either engine; the ties are drawn once, then read.

    Each in a process of its own, so that its memory is its own too.
    """
    spawn = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        for work, name in ((_draw, ""), *((_year, name) for name, _ in ENGINES)):
            with ProcessPoolExecutor(1, mp_context=spawn) as alone:
                console.print(alone.submit(work, Path(folder), name).result())


def _draw(folder: Path, _name: str) -> str:
    began = time.perf_counter()
    graph(MILLION, 1, folder)
    return f"ties drawn and kept: {time.perf_counter() - began:.1f} s, peak {_peak():.2f} GB"


def _year(folder: Path, name: str) -> str:
    engine = dict(ENGINES)[name]
    # Compiled code is made ready before the clock starts.
    simulate(settle(1_000, 1), FULL, 1, engine=engine)
    began = time.perf_counter()
    town = settle(MILLION, 1, ties=graph(MILLION, 1, folder))
    settled = time.perf_counter()
    run = simulate(town, FULL, YEAR, threads=2, engine=engine)
    took = time.perf_counter() - settled
    return (
        f"{name}: settled in {settled - began:.1f} s, {YEAR} days in {took:.1f} s"
        f" ({MILLION * YEAR / took / 1e6:.1f} M/s), peak {_peak():.2f} GB,"
        f" {int(run.counts['orders'].sum()):,} orders"
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / GIGABYTE


def main() -> None:
    """Print what was measured."""
    console = Console(highlight=False, width=120)
    console.print(
        f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f},"
        f" Python {platform.python_version()}"
    )
    if "million" in sys.argv[1:]:
        million(console)
    else:
        side_by_side(console)


if __name__ == "__main__":
    main()
