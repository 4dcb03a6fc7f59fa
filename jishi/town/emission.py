"""A run told in the market's own vocabulary: events, exposures and contacts, all simulated."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from jishi.town.aftermath import ordered
from jishi.town.dials import arms, stops
from jishi.town.diary import Notes, merged
from jishi.town.draws import Integers
from jishi.town.following import came_and_went
from jishi.town.policy import ARMS, thousandths
from jishi.town.reading import read, shared
from jishi.town.rules import TOUCH
from jishi.town.sheaf import Sheaf
from jishi.town.simulation import Run
from jishi.town.telling import Telling

POLICY = "town"
FIRST_HOUR = 7 * 3_600


class Tables(NamedTuple):
    """The three tables of the lake."""

    events: pa.Table
    exposures: pa.Table
    contacts: pa.Table


def emit(run: Run, only: frozenset[str] | None = None) -> Tables:
    """Tell a run that was noted; `only` names the types of events that are wanted."""
    town = run.town
    events = Sheaf("events", town.first_day, run.days, only)
    exposures = Sheaf("exposures", town.first_day, run.days, None)
    contacts = Sheaf("contacts", town.first_day, run.days, None)
    _contacts(run, contacts)
    _exposures(run, exposures)
    told = Telling(run, events)
    came_and_went(told)
    read(told)
    shared(told)
    ordered(told, sent=merged(run.diaries, "contact"))
    return Tables(events.bound(), exposures.bound(), contacts.bound())


def _contacts(run: Run, sheaf: Sheaf) -> None:
    notes = merged(run.diaries, "contact")
    sheaf.put(
        notes.day,
        np.full(len(notes.day), FIRST_HOUR),
        person_id=run.town.ids[notes.person],
        channel="message",
        kind="promotion",
        cost=np.full(len(notes.day), TOUCH),
        balance=notes.more["balance"],
        decision=notes.more["withheld"],
        decision_words=("send", "ghost"),
        reason=notes.more["withheld"],
        reason_words=("", "holdout"),
    )


def _exposures(run: Run, sheaf: Sheaf) -> None:
    town, schedule = run.town, run.policy.schedule
    followers = np.flatnonzero(town.born.follows)
    start = np.full(len(followers), schedule.start)
    for name in run.policy.experiments:
        who, day = _begun(run, name, followers, start)
        _expose(run, sheaf, (name, "start"), who, day)
        if name == "cards" and schedule.same:
            _expose(run, sheaf, (name, "same"), followers, start + schedule.same)
        if name == "prompts":
            ends = stops(town, schedule)[followers].astype(np.int64)
            _expose(run, sheaf, (name, "withdrawn"), followers, ends)


def _begun(run: Run, name: str, followers: Integers, start: Integers) -> tuple[Integers, Integers]:
    """Say who is assigned, and when: at once, or where the experiment first meets him."""
    if name == "depth":
        met = merged(run.diaries, "scan")
    elif name == "named":
        met = merged(run.diaries, "share_open")
    elif name == "told":
        met = merged(run.diaries, "order")
        through = (met.more["sharer"] > 0) & (met.more["paid"] > 0)
        met = Notes(met.day[through], met.person[through], {})
    else:
        return followers, start
    who, first = np.unique(met.person, return_index=True)
    return who, met.day[first]


def _expose(run: Run, sheaf: Sheaf, moment: tuple[str, str], who: Integers, day: Integers) -> None:
    name, reason = moment
    town = run.town
    arm = arms(town, name)[who]
    shares = np.array([share / 1000 for _, share in thousandths(name)])
    sheaf.put(
        day,
        np.full(len(who), FIRST_HOUR - 1),
        experiment=name,
        arm=arm,
        arm_words=ARMS[name],
        unit_type="person",
        unit_id=town.ids[who],
        propensity=shares[arm],
        policy=POLICY,
        reason=reason,
    )


def keep(tables: Tables, folder: Path) -> None:
    """Write the tables where `jishi.gauges.lake.at_folder` finds them."""
    for name, table in zip(Tables._fields, tables, strict=True):
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        parquet.write_table(table, place / "town.parquet", compression="zstd")
