"""The eight gauges' expressions, asked of DuckDB here and of Spark: the same sums.

It runs where there are PySpark, its ibis backend and Java; Jishi itself needs none of them:
`pip install 'ibis-framework[pyspark]'`, then `pytest -m spark`.
"""

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path

import ibis
import numpy as np
import pytest
from msgspec import Struct, structs

from bench.lake import make
from jishi.gauges import (
    boundary,
    conversion,
    ecology,
    habit,
    media,
    moments,
    operation,
    weight,
)
from jishi.gauges.lake import Lake, at_folder
from jishi.gauges.spreads import Spread
from jishi.gauges.terms import Terms
from jishi.gauges.vocabulary import TABLES
from jishi.gauges.windows import newest_day

pytestmark = [
    pytest.mark.spark,
    # Spark's own client is not as strict with itself as we are.
    pytest.mark.filterwarnings("ignore"),
]
GAUGES = (habit, media, conversion, boundary, ecology, moments, weight, operation)
EVENTS = 60_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("PySpark is not installed here")
    if shutil.which("java") is None:
        pytest.skip("there is no Java here, and Spark runs on it")
    made = tmp_path_factory.mktemp("lake")
    make(made, EVENTS)
    return made


@pytest.fixture(scope="module")
def spark(folder: Path) -> Iterator[Lake]:
    """Open the same files with Spark, in this process."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - not installed everywhere

    settings = {
        "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2",
        "spark.sql.session.timeZone": "UTC", "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
    }  # fmt: skip
    builder = SparkSession.builder.master("local[2]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    backend = ibis.pyspark.connect(session)
    yield Lake(*(backend.read_parquet(str(folder / name), table_name=name) for name in TABLES))
    session.stop()


@pytest.mark.parametrize("gauge", GAUGES, ids=lambda gauge: gauge.__name__.rpartition(".")[2])
def test_spark_adds_up_what_duckdb_adds_up(gauge: object, folder: Path, spark: Lake) -> None:
    here = at_folder(folder)
    newest = newest_day(here)
    assert newest_day(spark) == newest
    one, other = (flat(gauge.gather(lake, Terms(), newest)) for lake in (here, spark))  # type: ignore[attr-defined]  # modules have no common type
    assert len(one) > 3
    assert sum(value != 0 for value in one.values()) > 2, "a lake in which nothing happens"
    assert other == pytest.approx(one, rel=1e-9)


def flat(sums: Struct) -> dict[str, float]:
    """Give every number of some sums under a name; rows in an order of their own."""
    found: dict[str, float] = {}
    rows = {name: held for name, held in structs.asdict(sums).items() if hasattr(held, "shape")}
    if rows:
        order = np.lexsort(tuple(rows.values()))
        for name, held in rows.items():
            found |= {f"{name} {at}": float(value) for at, value in enumerate(held[order])}
    for name, held in structs.asdict(sums).items():
        if isinstance(held, dict):
            for key, inner in held.items():
                found |= {f"{name} {key} {at}": v for at, v in _numbers(inner).items()}
        elif isinstance(held, Struct):
            for key, inner in structs.asdict(held).items():
                found |= {f"{name} {key} {at}": v for at, v in _numbers(inner).items()}
        elif isinstance(held, tuple):
            found |= {f"{name} {each.arm} {each.days} {each.ending}": each.units for each in held}
        elif isinstance(held, int | float):
            found[name] = float(held)
    return found


def _numbers(held: Spread | tuple[int, ...] | float) -> dict[str, float]:
    if isinstance(held, tuple):
        return {str(at): float(value) for at, value in enumerate(held)}
    if isinstance(held, Spread):
        weeks = {f"week {week}": done.total for week, done in held.weeks.items()}
        return {"units": held.units, **held.totals, **held.products, **weeks}
    return {"": float(held)}
