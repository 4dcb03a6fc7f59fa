"""What is written down of a day: counts always, and who did what if somebody will read it."""

from typing import NamedTuple

import numpy as np

from jishi.town.draws import Flags, Integers, Singles

COUNTS = (
    "contacts", "withheld", "opens", "orders", "amount_fen", "credited", "elsewhere", "follows",
    "unfollows", "hushes", "shares", "share_opens", "share_orders", "declines", "commission_fen",
)  # fmt: skip
COLUMNS = {
    "contact": ("balance", "withheld"),
    "open": ("cards", "touched"),
    "order": ("entry", "basket", "good", "paid", "share", "sharer", "depth"),
    "elsewhere": (),
    "leave": (),
    "hush": (),
    "follow": ("source",),
    "prompt": (),
    "scan": (),
    "share": ("number", "parent", "depth"),
    "share_open": ("share", "sharer", "depth"),
    "decline": ("sharer",),
}
"""What is noted of each, beside the day and the person."""


class Notes(NamedTuple):
    """All of one kind, as columns."""

    day: Integers
    person: Integers
    more: dict[str, Integers]


class Diary:
    """The counts of a town's days, and the notes if they are kept."""

    def __init__(self, days: int, *, keeps: bool) -> None:
        self.counts = {name: np.zeros(days, np.int64) for name in COUNTS}
        self.keeps = keeps
        self.pages: dict[str, list[tuple[int, tuple[Integers, ...]]]] = {
            kind: [] for kind in COLUMNS
        }

    def count(self, day: int, name: str, number: int) -> None:
        self.counts[name][day] += number

    def note(self, day: int, kind: str, *columns: Integers | Singles | Flags) -> None:
        """Write down some people and what belongs to each."""
        if self.keeps and len(columns[0]):
            held = tuple(np.asarray(column, np.int64) for column in columns)
            self.pages[kind].append((day, held))


def merged(diaries: list[Diary], kind: str) -> Notes:
    """Give all notes of a kind in the order of days, in each the blocks in theirs."""
    pages = sorted((page for diary in diaries for page in diary.pages[kind]), key=lambda p: p[0])
    days = [np.full(len(held[0]), day, np.int64) for day, held in pages]
    names = ("person", *COLUMNS[kind])
    columns = {
        name: _joined([held[place] for _, held in pages]) for place, name in enumerate(names)
    }
    return Notes(_joined(days), columns.pop("person"), columns)


def _joined(pieces: list[Integers]) -> Integers:
    return np.concatenate(pieces) if pieces else np.zeros(0, np.int64)


def total(diaries: list[Diary]) -> dict[str, Integers]:
    return {
        name: np.sum([diary.counts[name] for diary in diaries], axis=0, dtype=np.int64)
        for name in COUNTS
    }
