"""Rows gathered kind by kind, bound into one arrow table of the lake, in the order of time."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from jishi.gauges.lake import schema
from jishi.town.draws import Integers

DAY_SECONDS = 86_400
SHANGHAI_SECONDS = 8 * 3_600
MICRO = 1_000_000

Columns = Mapping[str, "Integers | np.ndarray[tuple[int], np.dtype[np.float64]]"]


class Sheaf:
    """Rows of one table; a word column is given as a word, or as places in a list of words."""

    def __init__(self, table: str, days_from: int, days: int, only: frozenset[str] | None) -> None:
        self.table = table
        self.days_from = days_from
        self.days = days
        self.only = only
        self.pieces: list[tuple[Integers, Integers, dict[str, object]]] = []

    def wants(self, kind: str) -> bool:
        return self.only is None or kind in self.only

    def put(self, day: Integers, second: Integers, **columns: object) -> None:
        """Lay in rows: what comes after the last day has not happened yet."""
        kind = columns.get("type")
        if isinstance(kind, str) and not self.wants(kind):
            return
        day = day + second // DAY_SECONDS
        is_past = day < self.days
        held = {
            name: column[is_past] if isinstance(column, np.ndarray) else column
            for name, column in columns.items()
        }
        if is_past.any():
            self.pieces.append((day[is_past], second[is_past] % DAY_SECONDS, held))

    def bound(self) -> pa.Table:
        """Bind the rows, numbered in the order of time."""
        kinds = schema(self.table)
        days = _joined([day for day, _, _ in self.pieces]) + self.days_from
        seconds = _joined([second for _, second, _ in self.pieces])
        at = (days * DAY_SECONDS + seconds - SHANGHAI_SECONDS) * MICRO
        order = np.argsort(at, kind="stable")
        number = pa.array(np.arange(1, len(at) + 1))
        known = {
            kinds.names[0]: number,
            "at": pa.array(at[order]).cast(kinds.field("at").type),
            "day": pa.array(days[order].astype(np.int32)),
            "is_simulated": pa.array(np.ones(len(at), np.bool_)),
        }
        columns = [
            known[field.name] if field.name in known else self._column(field, order)
            for field in kinds
        ]
        return pa.table(columns, schema=kinds)

    def _column(self, field: pa.Field, order: Integers) -> pa.Array:
        if field.type == pa.string():
            return self._words(field.name, order)
        if not any(field.name in held for _, _, held in self.pieces):
            return pa.array(np.zeros(len(order), field.type.to_pandas_dtype()))
        pieces = [
            np.broadcast_to(np.asarray(held.get(field.name, 0)), len(day))
            for day, _, held in self.pieces
        ]
        kind = field.type.to_pandas_dtype()
        return pa.array(_joined(pieces)[order].astype(kind), type=field.type)

    def _words(self, name: str, order: Integers) -> pa.Array:
        """Give a column of words: each piece has one, or a list of them and places in it."""
        words: dict[str, int] = {"": 0}
        pieces = []
        for day, _, held in self.pieces:
            given = held.get(name, "")
            if isinstance(given, str):
                pieces.append(np.full(len(day), words.setdefault(given, len(words)), np.int64))
                continue
            listed = held[f"{name}_words"]
            assert isinstance(listed, tuple)
            assert isinstance(given, np.ndarray)
            places = np.array([words.setdefault(word, len(words)) for word in listed])
            pieces.append(places[given])
        return pa.array(list(words)).take(pa.array(_joined(pieces)[order]))


def _joined(pieces: list[Integers]) -> Integers:
    return np.concatenate(pieces) if pieces else np.zeros(0, np.int64)
