"""`jishi verdicts`: the eight questions asked of a lake, and what may be said of them today."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import msgspec
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from jishi.cli.connection import HOME, database
from jishi.cli.days import this_day
from jishi.evidence import has_gauges, lake_folder
from jishi.kernel import MARKET, Market, Refused
from jishi.objections import OBJECTIONS, Answer, Measure, RecordVerdicts, rules

if TYPE_CHECKING:
    from jishi.gauges.lake import Lake
    from jishi.objections.taking import Folded

MISSING = "The questions need an extra that is not installed: pip install 'jishi\\[gauges]'."
COLOURS = {"holds": "red", "refuted": "green", "undecided": "yellow", "not_measured": "dim"}
BAR, INTERVAL, NAME_MAX = 24, 28, 42
"""So many characters wide an interval is drawn and written, and a number is named at most."""


def verdicts(
    *,
    on: Path | None = None,
    record: bool = False,
    measuring: int = 0,
    simulation: int = 0,
    json: Path | None = None,
    home: Path = HOME,
) -> None:
    """Ask the eight questions and show the answers.

    Parameters
    ----------
    on
        The lake's folder; else the market's own, after what happened since was brought to it.
    record
        Keep the answers with their date, for the console.
    measuring
        Which measuring they were waited for by.
    simulation
        Which simulation the folder is of.
    json
        Write the answers to a file too.
    home
        The data folder.
    """
    console = Console(highlight=False)
    if not has_gauges():
        console.print(MISSING)
        sys.exit(1)
    if on is None or record:
        record_as = (measuring, simulation) if record else None
        with database(home) as urls:
            answers = asyncio.run(_of_market(urls.login, home, on, record_as))
    else:
        answers = _answers(on, {})
    if isinstance(answers, str):
        console.print(answers)
        sys.exit(1)
    if json is not None:
        json.write_bytes(msgspec.json.format(msgspec.json.encode(answers)))
    _show(console, answers)


async def _of_market(
    url: str, home: Path, on: Path | None, record_as: tuple[int, int] | None
) -> tuple[Answer, ...] | str:
    """Answer, after rolling over what is the market's; record it if that is wished."""
    from jishi.evidence import folding, rolling  # noqa: PLC0415 - it needs the extra

    market = Market(url, is_working=False)
    await market.open()
    try:
        folder = on or lake_folder(home)
        if on is None:
            with rolling.alone(folder):
                await rolling.roll_over(market, folder)
        # The forgotten are nobody of a town's, whatever folder is named.
        sums = await folding.folded(market) if on is None else {}
        answers = await asyncio.to_thread(_answers, folder, sums)
        if record_as is None:
            return answers
        kept = await market.ask(
            RecordVerdicts(
                key=uuid4(), book=MARKET, actor_id=0, measuring=record_as[0],
                lake=rules.SIMULATED_LAKE if answers[0].is_simulated else rules.MARKET_LAKE,
                simulation_id=record_as[1], answers=answers,
            )
        )  # fmt: skip
        return f"It was not recorded: {kept.reason}" if isinstance(kept, Refused) else answers
    except rolling.AtWork:
        return "Somebody else is at the lake just now. Try again in a minute."
    finally:
        await market.close()


def _answers(folder: Path, folded: "Folded") -> tuple[Answer, ...]:
    """Ask a lake's folder; a lake with simulated rows is a simulated one, all of it."""
    from jishi.gauges.lake import at_folder  # noqa: PLC0415 - it needs the extra
    from jishi.gauges.terms import Terms  # noqa: PLC0415 - the same
    from jishi.gauges.windows import newest_day  # noqa: PLC0415 - the same
    from jishi.objections.answering import answer_all  # noqa: PLC0415 - the same

    lake = at_folder(folder)
    is_simulated = _is_simulated(lake)
    # A town's days are its own: it is as old as its newest event.
    day = newest_day(lake) if is_simulated else this_day()
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("the eight questions", total=len(OBJECTIONS))
        return answer_all(
            lake, Terms(), day, is_simulated=is_simulated, folded=folded,
            tell=lambda asked: progress.update(task, completed=asked),
        )  # fmt: skip


def _is_simulated(lake: "Lake") -> bool:
    return bool(lake.events.is_simulated.any().to_pyarrow().as_py())


def _show(console: Console, answers: tuple[Answer, ...]) -> None:
    if answers[0].is_simulated:
        console.print("[bold magenta]SIMULATED: a town that does not exist, not your market.[/]")
    console.print(f"As of {answers[0].as_of}\n")
    for answer in answers:
        colour, said = COLOURS[answer.verdict], answer.verdict.replace("_", " ")
        title = OBJECTIONS[answer.question].title.en
        console.print(f"[bold]{title:<12}[/][{colour}]{said}[/]  [dim]{_price(answer)}[/]")
        _measures(console, answer)


def _measures(console: Console, answer: Answer) -> None:
    """Show the numbers that a bar is held against."""
    table = Table.grid(padding=(0, 2), expand=False)
    name = min(NAME_MAX, console.width - BAR - INTERVAL - 4)
    table.add_column(width=name, no_wrap=True)
    table.add_column(no_wrap=True, justify="right")
    table.add_column(no_wrap=True)
    for each in answer.measures:
        if each.holds_at is not None or each.refuted_at is not None:
            words = OBJECTIONS[answer.question].measures[each.name].en
            table.add_row(f"  {words}", _bar(each), _interval(each))
    console.print(table)


def _price(answer: Answer) -> str:
    """Say what forbids a verdict, or what it would cost to know."""
    if answer.verdict == "not_measured":
        return ", ".join((*answer.closed, *answer.missing)).replace("_", " ")
    if answer.units_more:
        return f"{answer.units_more:,} more, some {answer.days_more:,} days"
    if answer.verdict == "undecided" and (wanted := {*answer.missing, *answer.unripe}):
        return f"wants {', '.join(sorted(wanted))}".replace("_", " ")
    return ""


def _interval(measure: Measure) -> str:
    low, high = (_end(each) for each in (measure.low, measure.high))
    return f"{measure.value:,.4g} \\[{low}, {high}]"


def _end(end: float | None) -> str:
    return "…" if end is None else f"{end:,.4g}"


def _bar(measure: Measure) -> str:
    """Draw an interval, and the bars it is held against, on one line."""
    limits = [each for each in (measure.holds_at, measure.refuted_at) if each is not None]
    ends = [each for each in (measure.low, measure.high) if each is not None]
    known = [*limits, *ends, measure.value]
    first, reach = min(known), (max(known) - min(known)) or 1.0
    line = [" "] * BAR

    def place(at: float) -> int:
        return min(BAR - 1, int((at - first) / reach * BAR))

    low = place(measure.low) if measure.low is not None else 0
    high = place(measure.high) if measure.high is not None else BAR - 1
    line[low : high + 1] = "━" * (high + 1 - low)
    for limit in limits:
        line[place(limit)] = "┃"
    line[place(measure.value)] = "●"
    return "".join(line)
