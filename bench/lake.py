"""A lake as large as one likes: a year of a market's events as Parquet, laid as its files are.

The people, orders and shares in it are made of their numbers, so that what belongs together is
found again without being kept: the plausible mix matters here, not what it says.
"""

from pathlib import Path
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from msgspec import Struct

from jishi.gauges.lake import LAID_BY, ROWS_A_GROUP, schema
from jishi.gauges.types import Floats, Integers
from jishi.gauges.vocabulary import ENTRIES, EXPERIMENTS, TYPES

FIRST_DAY, DAYS, DAYS_A_FILE = 20_000, 365, 5
EVENTS_A_PERSON, CONTACTS_A_HUNDRED_EVENTS = 200, 10
MICROSECONDS = 86_400_000_000

MIX = {
    "page.view": 190, "product.view": 160, "article.open": 150, "article.progress": 130,
    "page.perf": 90, "card.view": 50, "share.open": 50, "search.query": 30, "cart.add": 25,
    "rec.view": 20, "article.share": 8, "article.favourite": 8, "follow": 3, "unfollow": 1,
    "reject": 1, "complaint": 0.2, "mute_request": 0.2,
}  # fmt: skip
"""Of a thousand events, so many are of each type; what follows an order comes on top."""

ORDERS, SHARES = 10, 5
AFTER_ORDER = {
    "order.place": (0, 1.0), "pay.start": (0, 1.0), "order.pay": (0, 0.97),
    "shipment.ship": (1, 0.96), "shipment.receive": (4, 0.95), "order.complete": (10, 0.94),
    "order.refund": (6, 0.02), "order.dispute": (7, 0.01), "settle.due": (10, 0.94),
    "settle.paid": (11, 0.93),
}  # fmt: skip
"""How many days after an order each follows, and in what share of orders."""

WORDS = {
    "type": tuple(sorted(kind.type for kind in TYPES)),
    "object_type": ("", "order", "share", "article"),
    "entry": ("", *ENTRIES),
    "source": ("", "poster", "offer", "friend"),
    "props": ("",),
}
SOURCES, ENTRY_COUNT = 4, len(ENTRIES) + 1


Column: TypeAlias = np.ndarray[tuple[int], np.dtype[np.generic]]


class Size(Struct, frozen=True):
    """How many events in all; people, orders and shares follow."""

    events: int

    @property
    def people(self) -> int:
        return self.events // EVENTS_A_PERSON

    def a_day(self, of_thousand: float) -> int:
        return max(1, round(self.events / DAYS * of_thousand / 1_000))


class Day:
    """A day's rows: columns of noughts, filled slice by slice."""

    def __init__(self, size: Size, number: int) -> None:
        self.size, self.number = size, number
        self.lot = np.random.default_rng(number)
        self.rows = sum(self.counts().values())
        self.columns = {
            name: np.zeros(self.rows, _dtype(name, schema("events").field(name).type))
            for name in schema("events").names
        }
        self.filled = 0

    def counts(self) -> dict[str, int]:
        orders = self.size.a_day(ORDERS)
        counts = {kind: self.size.a_day(share) for kind, share in MIX.items()}
        after = {
            kind: int(orders * share) if self.number >= days else 0
            for kind, (days, share) in AFTER_ORDER.items()
        }
        return counts | after | {"share.create": self.size.a_day(SHARES)}

    def fill(self) -> dict[str, Column]:
        for kind, rows in self.counts().items():
            here = slice(self.filled, self.filled + rows)
            self.filled += rows
            self.columns["type"][here] = WORDS["type"].index(kind)
            self.columns["person_id"][here] = self.somebody(rows)
            self.columns["entry"][here] = self.lot.integers(1, ENTRY_COUNT, rows)
            self.particulars(kind, here, rows)
        self.columns["at"][:] = self.lot.integers(0, MICROSECONDS, self.rows)
        self.columns["at"] += (FIRST_DAY + self.number) * MICROSECONDS
        self.columns["day"][:] = FIRST_DAY + self.number
        self.columns["shop_id"][:] = self.lot.integers(2, 200, self.rows)
        self.columns["session_id"][:] = self.lot.integers(1, 1 << 40, self.rows)
        first = self.number * self.rows
        self.columns["event_id"] = np.arange(first, first + self.rows)
        return self.columns

    def somebody(self, rows: int) -> Integers:
        """Some do much more than others."""
        return (self.size.people * self.lot.random(rows) ** 1.5).astype(np.int64) + 1

    def particulars(self, kind: str, here: slice, rows: int) -> None:
        columns, lot = self.columns, self.lot
        if kind in AFTER_ORDER:
            days = AFTER_ORDER[kind][0]
            number = (self.number - days) * self.size.a_day(ORDERS) + np.arange(rows)
            self.order(number, here)
        elif kind == "share.create":
            number = self.number * rows + np.arange(rows) + 1
            columns["share_id"][here] = number
            columns["person_id"][here] = columns["actor_id"][here] = self.sharer(number)
            columns["touch_id"][here] = (number % 3 == 0) * np.maximum(number - 50, 0)
        elif kind == "share.open":
            number = self.recent_share(rows)
            columns["share_id"][here], columns["actor_id"][here] = number, self.sharer(number)
            columns["depth"][here] = lot.integers(1, 4, rows)
        elif kind == "article.progress":
            columns["value"][here] = lot.choice((25.0, 50.0, 75.0, 100.0), rows)
        elif kind == "page.perf":
            columns["value"][here] = lot.lognormal(-1, 0.5, rows)
        elif kind == "search.query":
            columns["quantity"][here] = lot.integers(0, 12, rows)
        elif kind == "follow":
            columns["source"][here] = lot.integers(1, SOURCES, rows)
            columns["amount_fen"][here] = lot.integers(0, 900, rows)

    def order(self, number: Integers, here: slice) -> None:
        """Every order has the same buyer and sum whenever it is named."""
        columns = self.columns
        columns["object_id"][here] = number + 1
        columns["object_type"][here] = 1
        columns["person_id"][here] = _mixed(number, self.size.people)
        columns["amount_fen"][here] = 1_000 + _mixed(number + 7, 20_000)
        is_shared = number % 5 == 0
        share = is_shared * (1 + _mixed(number, max(1, self.number * self.size.a_day(SHARES))))
        columns["share_id"][here] = share
        columns["actor_id"][here] = is_shared * self.sharer(share)
        columns["depth"][here] = is_shared * (1 + number % 3)
        friend = WORDS["entry"].index("share_friend")
        columns["entry"][here] = np.where(is_shared, friend, columns["entry"][here])

    def sharer(self, share: Integers) -> Integers:
        """Give who made a share: one person in twenty shares."""
        return _mixed(share, max(1, self.size.people // 20))

    def recent_share(self, rows: int) -> Integers:
        a_day = self.size.a_day(SHARES)
        newest = (self.number + 1) * a_day
        return 1 + np.maximum(0, newest - 1 - self.lot.integers(0, 5 * a_day, rows))


def _mixed(number: Integers, most: int) -> Integers:
    """Give a number from 1 to `most` that another number always has."""
    scattered: Integers = (number * 2_654_435_761 + 12_345) % 4_294_967_291 % most + 1
    return scattered


def _dtype(name: str, kind: pa.DataType) -> np.dtype[np.generic]:
    if name in WORDS:
        return np.dtype(np.int8)
    return np.dtype(np.int64) if pa.types.is_timestamp(kind) else np.dtype(kind.to_pandas_dtype())


def _events(days: list[dict[str, Column]]) -> pa.Table:
    """Give the days' rows, those of a type together, the earlier first."""
    columns = {name: np.concatenate([day[name] for day in days]) for name in days[0]}
    order = np.lexsort((columns["at"], columns["type"]))
    held = []
    for field in schema("events"):
        column = columns[field.name][order]
        if field.name in WORDS:
            words = pa.array(WORDS[field.name])
            held.append(pa.DictionaryArray.from_arrays(pa.array(column), words))
        else:
            held.append(pa.array(column).cast(field.type))
    return pa.Table.from_arrays(held, names=schema("events").names)


def make(folder: Path, events: int) -> None:
    """Write the lake."""
    size = Size(events)
    for name in ("events", "exposures", "contacts"):
        (folder / name).mkdir(parents=True)
    for first in range(0, DAYS, DAYS_A_FILE):
        days = [Day(size, number).fill() for number in range(first, first + DAYS_A_FILE)]
        _write(_events(days), folder / "events" / f"{first:03}.parquet")
    _write(_exposures(size), folder / "exposures" / "all.parquet")
    for month in range(12):
        _write(
            _contacts(size, month).sort_by(LAID_BY["contacts"]),
            folder / "contacts" / f"{month:02}.parquet",
        )


def _write(table: pa.Table, file: Path) -> None:
    pq.write_table(table, file, compression="zstd", row_group_size=ROWS_A_GROUP, store_schema=False)


def _exposures(size: Size) -> pa.Table:
    """Everybody is in every experiment, from a day of the first two months."""
    parts = []
    for number, experiment in enumerate(EXPERIMENTS):
        lot = np.random.default_rng(1_000 + number)
        arm = lot.integers(0, len(experiment.arms), size.people)
        start = FIRST_DAY + lot.integers(30, 90, size.people)
        for at, moment in enumerate(experiment.moments):
            day = start + at * (90 + lot.integers(0, 30, size.people))
            words = {"experiment": experiment.name, "reason": moment, "unit_type": "person"}
            chance = np.full(size.people, 1 / len(experiment.arms))
            arms = pa.array(experiment.arms).take(pa.array(arm))
            parts.append(_moment(words | {"policy": "1"}, arms, day, chance))
    return pa.concat_tables(parts)


def _moment(words: dict[str, str], arms: pa.Array, day: Integers, chance: Floats) -> pa.Table:
    rows = len(day)
    unit, no = np.arange(1, rows + 1), np.zeros(rows, np.bool_)
    columns = {
        "exposure_id": unit, "at": day * MICROSECONDS, "day": day, "unit_id": unit,
        "propensity": chance, "is_counterfactual": no, "is_simulated": no,
    }  # fmt: skip
    held = {
        **{key: pa.array(column) for key, column in columns.items()},
        **{key: pa.repeat(word, rows) for key, word in words.items()},
        "arm": arms,
    }
    return _cast("exposures", held)


def _contacts(size: Size, month: int) -> pa.Table:
    rows = size.events * CONTACTS_A_HUNDRED_EVENTS // 100 // 12
    lot = np.random.default_rng(2_000 + month)
    day = np.sort(FIRST_DAY + month * 30 + lot.integers(0, 30, rows))
    kinds, channels = ("promotion", "content", "transactional"), ("message", "template", "article")
    held = {
        "contact_id": pa.array(np.arange(rows) + month * rows),
        "at": pa.array(day * MICROSECONDS),
        "day": pa.array(day),
        "person_id": pa.array(lot.integers(1, size.people + 1, rows)),
        "channel": pa.array(channels).take(pa.array(lot.integers(0, 3, rows))),
        "kind": pa.array(kinds).take(pa.array(lot.integers(0, 3, rows))),
        "cost": pa.array(np.full(rows, 4)),
        "balance": pa.array(lot.integers(0, 12, rows)),
        "decision": pa.array(("send", "deny")).take(pa.array(lot.integers(0, 2, rows))),
        "reason": pa.repeat("", rows),
        "exposure_id": pa.array(np.zeros(rows, np.int64)),
        "is_simulated": pa.array(np.zeros(rows, np.bool_)),
    }
    return _cast("contacts", held)


def _cast(name: str, held: dict[str, pa.Array]) -> pa.Table:
    kinds = schema(name)
    return pa.Table.from_arrays(
        [held[field.name].cast(field.type) for field in kinds], schema=kinds
    )
