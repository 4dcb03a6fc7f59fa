"""`jishi rehearse`: what another policy would do, tried on a town before people are touched."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from rich.console import Console
from rich.progress import Progress

from jishi.cli.dials import PRESENT, Dials
from jishi.evidence import has_gauges
from jishi.objections import OBJECTIONS

if TYPE_CHECKING:
    from jishi.town.rehearsing import Rehearsal
    from jishi.town.simulations.types import Band

MISSING = "Rehearsing needs an extra that is not installed: pip install 'jishi\\[gauges]'."
HALF = 16
"""So many characters to each side of what is now."""


def rehearse(
    *,
    dials: Dials = PRESENT,
    people: int = 4_000,
    worlds: int = 8,
    seed: int = 1,
    json: Path | None = None,
) -> None:
    """Try a policy on simulated towns: a month and a year, against three touches a week.

    Parameters
    ----------
    dials
        The policy.
    people
        How many live in each town.
    worlds
        How many towns; each is assumed to be a little different.
    seed
        The same seed gives the same towns.
    json
        Write what came of it to a file too.
    """
    console = Console(highlight=False)
    if not has_gauges():
        console.print(MISSING)
        sys.exit(1)
    from jishi.town import rehearsing  # noqa: PLC0415 - it needs the extra

    tried = dials.policy()
    found: rehearsing.Rehearsal | None = None
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("towns", total=worlds)
        for each in rehearsing.rehearse(
            PRESENT.policy(), tried, people=people, worlds=worlds, seed=seed
        ):
            if isinstance(each, int):
                progress.update(task, completed=each)
            else:
                found = each
    assert found is not None, "it ends with what came of it"
    if json is not None:
        json.write_bytes(msgspec.json.encode(found))
    _show(console, found)


def _show(console: Console, found: "Rehearsal") -> None:
    console.print(
        f"[bold magenta]SIMULATED: {found.worlds} towns of {found.people:,} people, not your"
        " market.[/]\nChanges against the present policy; the bar is where eight of ten lie.\n"
    )
    for title, bands in (("first month", found.first_month), ("year", found.year)):
        console.print(f"[bold]{title}[/]")
        for name, band in bands.items():
            console.print(f"  {name:<12}{_bar(band)}  {_said(band)}")
    console.print("[bold]the eight questions, in a year[/]")
    for move in found.moves:
        title = OBJECTIONS[move.question].title.en
        if move.change is None:
            console.print(f"  {title:<12}[dim]no dial of these moves it[/]")
            continue
        judged, measure = _judged(move.change, move.better), move.measure.replace("_", " ")
        console.print(f"  {title:<12}{_bar(move.change)}  {_said(move.change)}  {judged}")
        console.print(f"  {'':<12}[dim]{measure}[/]")


def _judged(band: "Band", better: str) -> str:
    if band.low <= 0 <= band.high:
        return "[yellow]cannot be told[/]"
    is_better = (band.low > 0) == (better == "more")
    return "[green]better[/]" if is_better else "[red]worse[/]"


def _said(band: "Band") -> str:
    return f"{band.middle:+7.1%} [dim]\\[{band.low:+.1%}, {band.high:+.1%}][/]"


def _bar(band: "Band") -> str:
    """Draw a band around what is now; a doubling is at the right end."""
    line = [" "] * (2 * HALF + 1)

    def place(change: float) -> int:
        return HALF + round(max(-1.0, min(1.0, change)) * HALF)

    low, high = place(band.low), place(band.high)
    line[low : high + 1] = "━" * (high + 1 - low)
    line[HALF] = "┃"
    line[place(band.middle)] = "●"
    return "".join(line)
