"""Small lakes, written by hand: a row says only what matters, the rest is 0 or ""."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from jishi.gauges.lake import Lake, of_arrow, schema
from jishi.gauges.vocabulary import TABLES

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BLANK: dict[str, object] = {
    "int64": 0, "int32": 0, "string": "", "float64": 0.0, "boolean": False,
}  # fmt: skip


class Pond:
    """A lake in the making."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}

    def seen(self, kind: str, person: int, day: int, **also: object) -> None:
        """Write an event."""
        self._write("events", type=kind, person_id=person, day=day, **also)

    def assigned(
        self, experiment: str, arm: str, unit: int, day: int, moment: str = "start"
    ) -> None:
        """Write an exposure."""
        self._write("exposures", experiment=experiment, arm=arm, unit_id=unit, day=day,
                    reason=moment, unit_type="person", propensity=0.5)  # fmt: skip

    def sent(self, person: int, day: int, **also: object) -> None:
        """Write a contact that was sent, a promotion unless said otherwise."""
        told = {"decision": "send", "kind": "promotion", "channel": "message"} | also
        self._write("contacts", person_id=person, day=day, **told)

    def _write(self, name: str, **values: Any) -> None:
        row = {
            column.name: values.pop(column.name, BLANK.get(column.kind)) for column in TABLES[name]
        }
        assert not values, values
        if row["at"] is None:
            # As they are written: later rows of a day are later.
            row["at"] = EPOCH + timedelta(days=row["day"], seconds=len(self.rows[name]))
        self.rows[name].append(row)

    def lake(self) -> Lake:
        """Give the lake."""
        return of_arrow(*(pa.Table.from_pylist(self.rows[name], schema(name)) for name in TABLES))

    def write(self, folder: Path) -> None:
        """Write it as the lake's files."""
        for name in TABLES:
            (folder / name).mkdir(parents=True)
            table = pa.Table.from_pylist(self.rows[name], schema(name))
            pq.write_table(table, folder / name / "all.parquet")
