"""`jishi town`: people who do not exist live some days, told in the market's own vocabulary."""

import sys
import time
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from jishi.cli.days import day_number, this_day
from jishi.cli.dials import PRESENT, Dials
from jishi.evidence import has_gauges

MISSING = "A town needs an extra that is not installed: pip install 'jishi\\[gauges]'."
SHOWN = ("contacts", "orders", "elsewhere", "opens", "follows", "unfollows", "shares")
BAR = 32


def town(
    *,
    dials: Dials = PRESENT,
    people: int = 20_000,
    days: int = 365,
    seed: int = 1,
    until: date | None = None,
    emit: Path | None = None,
) -> None:
    """Simulate a town and say what happened; `jishi verdicts --on` asks it the eight questions.

    Parameters
    ----------
    people
        How many people live there.
    days
        For how many days.
    seed
        The same seed gives the same town.
    until
        The first day that is not lived any more; today, if none is given. Seasons are as they are.
    emit
        A folder that does not exist yet: the town is told there, as a lake.
    dials
        The policy.
    """
    console = Console(highlight=False)
    if not has_gauges():
        console.print(MISSING)
        sys.exit(1)
    from jishi.town.living_year import live_year  # noqa: PLC0415 - it needs the extra

    policy = dials.policy()
    began = time.perf_counter()
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task(f"{people:,} people live {days:,} days", total=days)
        counts = live_year(
            policy, people=people, days=days, seed=seed, folder=emit,
            until=day_number(until) if until else this_day(),
            tell=lambda over: progress.update(task, completed=over),
        )  # fmt: skip
    took = time.perf_counter() - began
    console.print("[bold magenta]SIMULATED: a town that does not exist.[/]")
    most = max(counts[name] for name in SHOWN) or 1
    for name in SHOWN:
        bar = "━" * max(1, round(counts[name] / most * BAR)) if counts[name] else ""
        console.print(f"{name:<12}{counts[name]:>12,}  {bar}")
    console.print(f"[dim]{took:.1f} s; {people * days / took / 1e6:.1f} million person-days/s[/]")
    if emit is not None:
        console.print(f"Ask it: jishi verdicts --on {emit}")
