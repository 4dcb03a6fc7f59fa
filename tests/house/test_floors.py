"""Imports and SQL only go down the floors, and leave no trace on a pooled connection."""

from tests.house.checks import floors, state
from tests.house.checks.tree import ROOT, hold


def test_imports_only_go_down() -> None:
    hold(floors.imports(ROOT))


def test_sql_writes_its_own_schema_and_reads_only_down() -> None:
    hold(floors.sql_reach(ROOT))


def test_nothing_outlives_its_transaction() -> None:
    hold(state.session_state(ROOT))
