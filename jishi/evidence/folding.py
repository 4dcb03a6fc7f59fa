"""Folding: who was erased is added to the sums of the forgotten; then no file names him any more.

What an experiment measured of him is kept as `jishi.gauges.spreads.Spread`: how many there were in
each arm, totals and products. His rows stay as nobody's, so that orders, searches and pages are
still counted; his exposures and contacts go. All of it can be done again: once forgotten he is in
no sum that is read from the files, and a file that names nobody is left as it is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from ibis import Table

from jishi.evidence import leaving, views
from jishi.evidence.forget_leavers import Folded
from jishi.evidence.leaving import leavers
from jishi.evidence.rolling import write_file
from jishi.gauges import boundary, conversion, ecology, habit, media, weight
from jishi.gauges.lake import Lake, at_folder
from jishi.gauges.spreads import WEEK, Spread, measures_of, spreads
from jishi.gauges.terms import Terms
from jishi.gauges.types import Moments
from jishi.gauges.windows import newest_day
from jishi.kernel import MARKET, Market

Expression = Callable[[Lake, Terms, int], Table]
UNITS: Mapping[str, Expression] = {
    "habit": habit.expression,
    "media": media.expression,
    "conversion": conversion.expression,
    "conversion.holdout": conversion.held_out,
    "conversion.sources": conversion.by_source,
    "boundary": boundary.expression,
    "ecology": ecology.expression,
    "weight": weight.expression,
}
"""Questions whose experiments assign persons: one row a unit, its arm, what is measured of it."""

NAMED = {"events": ("person_id", "actor_id"), "exposures": ("unit_id",), "contacts": ("person_id",)}
"""Where in each table a person is named."""


async def forget(market: Market, folder: Path, terms: Terms) -> int:
    """Fold and forget whoever left; give how many. Nobody else may write the lake meanwhile."""
    found = await leavers(market)
    waiting = [each.person_id for each in found if each.is_waiting]
    if waiting:
        sums = tuple(flat(sums_of(at_folder(folder), terms, waiting)))
        await leaving.forget(market, waiting, sums)
    # Also whoever was forgotten lately: this may have ended right after the market forgot.
    clean(folder, [each.person_id for each in found])
    return len(waiting)


def sums_of(lake: Lake, terms: Terms, person_ids: Sequence[int]) -> dict[str, dict[str, Spread]]:
    """Give what these persons add up to, by question and arm."""
    newest, found = newest_day(lake), {}
    for question, expression in UNITS.items():
        units = expression(lake, terms, newest)
        found[question] = spread(units.filter(units.unit_id.isin(list(person_ids))))
    return found


def spread(units: Table) -> dict[str, Spread]:
    """Give the spread of all measures of units, by arm."""
    return spreads(units, measures_of(units))


def flat(sums: Mapping[str, Mapping[str, Spread]]) -> Iterable[Folded]:
    """Give sums as rows of `evidence.folded`."""
    for question, arms in sums.items():
        for arm, its in arms.items():
            for measure, total in (its.totals | its.products).items():
                yield Folded(question, arm, measure, its.units, total)
            for week, done in its.weeks.items():
                name = f"{WEEK}{week}"
                yield Folded(question, arm, name, done.units, done.total)
                yield Folded(question, arm, f"{name}*{name}", done.units, done.squares)


async def folded(market: Market) -> dict[str, dict[str, Spread]]:
    """Give what the forgotten add up to, by question and arm: added to a gauge's own spreads."""
    rows = await market.look(views.folded, book=MARKET)
    found: dict[str, dict[str, Spread]] = {}
    for question, of_question in groupby(rows, lambda row: row.question):
        arms = groupby(of_question, lambda row: row.arm)
        found[question] = {arm: _spread({row.measure: row for row in its}) for arm, its in arms}
    return found


def _spread(rows: Mapping[str, Folded]) -> Spread:
    """Put rows together; what was not measured yet of the first is taken as of those after."""
    units = max((row.units for name, row in rows.items() if not name.startswith(WEEK)), default=0)
    sums = {
        name: row.sum * units / row.units for name, row in rows.items() if not name.startswith(WEEK)
    }
    return Spread(
        units=units,
        totals={name: total for name, total in sums.items() if "*" not in name},
        products={name: total for name, total in sums.items() if "*" in name},
        weeks={
            int(name.removeprefix(WEEK)): Moments(row.units, row.sum, rows[f"{name}*{name}"].sum)
            for name, row in rows.items()
            if name.startswith(WEEK) and "*" not in name
        },
    )


def clean(folder: Path, person_ids: Sequence[int]) -> int:
    """Rewrite each file that names one of them; give how many did."""
    gone, files = pa.array(person_ids, pa.int64()), 0
    for name, columns in NAMED.items() if person_ids else ():
        for file in sorted((folder / name).glob("**/*.parquet")):
            known = pq.read_table(file, columns=list(columns), partitioning=None)
            if any(pc.any(pc.is_in(known[each], gone)).as_py() for each in columns):
                write_file(file, nameless(pq.read_table(file, partitioning=None), name, gone))
                files += 1
    return files


def nameless(table: pa.Table, name: str, gone: pa.Array) -> pa.Table:
    """Let a table name none of these: events become nobody's, exposures and contacts go."""
    is_his = pc.is_in(table[NAMED[name][0]], gone)
    if name == "exposures":
        is_his = pc.and_(is_his, pc.equal(table["unit_type"], "person"))
    if name != "events":
        return table.filter(pc.invert(is_his))
    for column in ("person_id", "session_id", "touch_id", "share_id"):
        table = _nought(table, column, is_his)
    return _nought(table, "actor_id", pc.is_in(table["actor_id"], gone))


def _nought(table: pa.Table, column: str, where: pa.ChunkedArray) -> pa.Table:
    at = table.schema.get_field_index(column)
    cleared = pc.if_else(where, pa.scalar(0, pa.int64()), table[column])
    return table.set_column(at, table.schema.field(at), cleared)
