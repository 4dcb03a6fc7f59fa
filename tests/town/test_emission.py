"""A town speaks the market's vocabulary: its tables, its words, nothing unknown, nothing null."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from jishi.gauges.lake import at_folder, of_arrow, schema
from jishi.gauges.vocabulary import ENTRIES, EXPERIMENTS, TYPES
from jishi.town.emission import Tables, emit, keep
from jishi.town.people import settle
from jishi.town.policy import ARMS, Policy, Schedule
from jishi.town.simulation import Run, simulate

DAYS = 100


@pytest.fixture(scope="module")
def run() -> Run:
    policy = Policy(experiments=tuple(ARMS), schedule=Schedule(same=56), share_quota=3)
    return simulate(settle(6_000, 9), policy, DAYS, keeps=True)


@pytest.fixture(scope="module")
def tables(run: Run) -> Tables:
    return emit(run)


def test_the_tables_are_those_of_the_lake_whole_and_marked(tables: Tables, run: Run) -> None:
    for name, table in zip(Tables._fields, tables, strict=True):
        assert table.schema == schema(name)
        assert all(column.null_count == 0 for column in table.columns)
        assert pc.all(table["is_simulated"]).as_py()
        assert table.column(0).to_pylist() == list(range(1, table.num_rows + 1))
        at = table["at"].cast(pa.int64()).to_numpy()
        assert (np.diff(at) >= 0).all()
        assert ((at // 1_000_000 + 8 * 3_600) // 86_400 == table["day"].to_numpy()).all()
        assert pc.max(table["day"]).as_py() < run.town.first_day + DAYS
    assert of_arrow(*tables).events.count().to_pyarrow().as_py() == tables.events.num_rows


def test_only_words_of_the_vocabulary_are_used(tables: Tables) -> None:
    assert set(pc.unique(tables.events["type"]).to_pylist()) <= {kind.type for kind in TYPES}
    assert set(pc.unique(tables.events["entry"]).to_pylist()) <= {"", *ENTRIES}
    for experiment in EXPERIMENTS:
        rows = tables.exposures.filter(pc.field("experiment") == experiment.name)
        assert set(pc.unique(rows["arm"]).to_pylist()) == set(experiment.arms)
        assert set(pc.unique(rows["reason"]).to_pylist()) == set(experiment.moments)
    assert set(pc.unique(tables.contacts["decision"]).to_pylist()) == {"send", "ghost"}


def test_what_is_told_is_what_was_counted(tables: Tables, run: Run) -> None:
    told = {
        row["values"]: row["counts"] for row in pc.value_counts(tables.events["type"]).to_pylist()
    }
    counted = {name: int(days.sum()) for name, days in run.counts.items()}
    for kind, name in (
        ("order.pay", "orders"),
        ("article.open", "opens"),
        ("share.open", "share_opens"),
        ("share.create", "shares"),
        ("unfollow", "unfollows"),
        ("follow", "follows"),
    ):
        assert told[kind] == counted[name]
    paid = tables.events.filter(pc.field("type") == "order.pay")
    assert pc.sum(paid["amount_fen"]).as_py() == counted["amount_fen"]
    assert told["order.place"] == told["pay.start"] == told["order.pay"] + told["order.cancel"]
    decisions = tables.contacts["decision"].to_pylist()
    assert decisions.count("send") == counted["contacts"]
    assert decisions.count("ghost") == counted["withheld"]


def test_a_purchase_through_a_share_says_whose_it_was(tables: Tables) -> None:
    paid = tables.events.filter(
        (pc.field("type") == "order.pay") & (pc.field("entry") == "share_friend")
    ).to_pylist()
    shares = {
        row["share_id"]: row
        for row in tables.events.filter(pc.field("type") == "share.create").to_pylist()
    }
    assert paid
    for row in paid:
        share = shares[row["share_id"]]
        assert (row["actor_id"], row["depth"]) == (share["person_id"], share["depth"])
        assert row["person_id"] != row["actor_id"]
        assert share["touch_id"] == 0 or shares[share["touch_id"]]["depth"] == share["depth"] - 1


def test_a_prompted_order_names_its_contact(tables: Tables) -> None:
    contacts = {row["contact_id"]: row for row in tables.contacts.to_pylist()}
    paid = tables.events.filter(
        (pc.field("type") == "order.pay") & (pc.field("touch_id") > 0)
    ).to_pylist()
    assert paid
    for row in paid:
        assert contacts[row["touch_id"]]["person_id"] == row["person_id"]
        assert contacts[row["touch_id"]]["day"] <= row["day"]


def test_nobody_is_reminded_after_his_reminders_stopped(tables: Tables) -> None:
    stops = {
        row["unit_id"]: row["day"]
        for row in tables.exposures.filter(pc.field("reason") == "withdrawn").to_pylist()
    }
    prompts = tables.events.filter(pc.field("type") == "reorder.prompt").to_pylist()
    assert prompts
    assert all(row["day"] < stops.get(row["person_id"], 1 << 30) for row in prompts)


def test_a_town_may_tell_some_types_only(run: Run, tables: Tables) -> None:
    some = emit(run, frozenset({"order.pay"}))
    assert pc.unique(some.events["type"]).to_pylist() == ["order.pay"]
    paid = tables.events.filter(pc.field("type") == "order.pay")
    assert some.events["person_id"] == paid["person_id"]


def test_what_is_kept_is_read_again(tables: Tables, tmp_path: Path) -> None:
    keep(tables, tmp_path)
    for name, table in zip(Tables._fields, at_folder(tmp_path), strict=True):
        held = getattr(tables, name)
        assert table.count().to_pyarrow().as_py() == held.num_rows
        assert table.schema().to_pyarrow() == held.schema
