"""The eight questions over a large lake: seconds of each, events a second, memory.

`python -m bench.gauges` makes 100 million events (some gigabytes on disk, removed afterwards);
`--events` says otherwise.
"""

import argparse
import os
import platform
import resource
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from msgspec import Struct
from rich.console import Console
from rich.table import Table

from bench.lake import DAYS, FIRST_DAY, make
from jishi.gauges.lake import Lake, at_folder
from jishi.gauges.terms import Terms
from jishi.gauges.windows import newest_day
from jishi.objections.answering import answer_all
from jishi.objections.taking import TAKING, Asking

MILLION = 1_000_000
THREADS = 2


class Took(Struct, frozen=True):
    """What was asked, and how many seconds it took."""

    what: str
    seconds: float


def opened(folder: Path) -> Lake:
    lake = at_folder(folder)
    lake.events.get_backend().raw_sql(f"set threads to {THREADS}")
    return lake


def ask(folder: Path) -> list[Took]:
    """Ask each question alone, then all at once of a lake opened anew."""
    lake, took = opened(folder), []
    asking = Asking(lake, Terms(), newest_day(lake), FIRST_DAY + DAYS, {})
    for question, take in TAKING.items():
        began = time.perf_counter()
        take(asking)
        took.append(Took(question, time.perf_counter() - began))
    lake = opened(folder)
    began = time.perf_counter()
    answers = answer_all(lake, Terms(), FIRST_DAY + DAYS, is_simulated=False)
    assert len(answers) == len(TAKING), answers
    assert all(answer.measures for answer in answers), "a question found nothing to measure"
    return [*took, Took("all eight", time.perf_counter() - began)]


def main() -> None:
    """Make the lake, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100 * MILLION)
    parser.add_argument("--folder", type=Path, help="where to make it; by default a temporary one")
    told = parser.parse_args()
    console = Console(highlight=False, width=100)
    with tempfile.TemporaryDirectory(prefix="jishi-lake-", dir=told.folder) as folder:
        began = time.perf_counter()
        # Elsewhere, so that its memory is not taken for that of the questions.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as maker:
            maker.submit(make, Path(folder), told.events).result()
        made, lake = time.perf_counter() - began, opened(Path(folder))
        events = int(lake.events.count().to_pyarrow().as_py())
        size = sum(file.stat().st_size for file in Path(folder).rglob("*.parquet"))
        console.print(
            f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f};"
            f" {events:,} events, {size / MILLION:,.0f} MB, made in {made:,.0f} s"
        )
        took = ask(Path(folder))
    table = Table("Question", "seconds", "events a second")
    for one in took:
        table.add_row(one.what, f"{one.seconds:.2f}", f"{events / one.seconds:,.0f}")
    console.print(table)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    console.print(f"the most memory at once: {peak:,.0f} MB")


if __name__ == "__main__":
    main()
