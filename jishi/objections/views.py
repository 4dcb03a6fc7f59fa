"""What was said of the eight questions, and whether they are being asked. Read with `book=`."""

from datetime import date, datetime

import msgspec

from jishi.kernel import queries
from jishi.objections.types import Answer


class SaidRow(msgspec.Struct, frozen=True):
    """An answer as it is kept."""

    recording: int
    question: str
    simulation_id: int
    answer: str
    recorded_by: int
    recorded_at: datetime


class Said(msgspec.Struct, frozen=True):
    """An answer, when it was recorded, and by whom (0 nobody: the clock or the command line)."""

    recording: int
    simulation_id: int
    answer: Answer
    recorded_by: int
    recorded_at: datetime


class Past(msgspec.Struct, frozen=True):
    """A verdict of an earlier day."""

    recording: int
    said_on: date
    verdict: str
    recorded_by: int
    recorded_at: datetime


class Measuring(msgspec.Struct, frozen=True):
    """The last measuring that was asked for; `ended_at` is none while it goes on."""

    measuring: int
    asked_at: datetime
    ended_at: datetime | None
    trouble: str


sql = queries(__file__)
latest_rows = sql.many("latest", SaidRow)
history = sql.many("history", Past)
last_measuring = sql.one("last_measuring", Measuring)


def read(row: SaidRow) -> Said:
    """Read an answer as it is kept."""
    answer = msgspec.json.decode(row.answer, type=Answer)
    return Said(row.recording, row.simulation_id, answer, row.recorded_by, row.recorded_at)
