"""The phone's templates, and what they may name."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

from jishi.pages import Engine
from jishi.pages.formats import SHANGHAI
from jishi.sandbox.phone.files import ADDRESS

FOLDER = Path(__file__).parent / "page" / "templates"
TINTS = 8
MONTHS_MAX = 12


@cache
def engine() -> Engine:
    """Give the engine of the phone's pages."""
    given = {"static": ADDRESS, "tint": tint, "clock": clock, "stamp": stamp, "day": day}
    return Engine((FOLDER,), given)


def render(language: str, template: str, page: Mapping[str, object]) -> str:
    """Render a template for a reader of this language."""
    return engine().render(language, template, page)


def tint(person_id: int) -> str:
    """Give the colour behind a person's face, as a class."""
    return f"tint-{person_id % TINTS}"


def clock(at: datetime) -> str:
    """Give the hour and minute in Shanghai."""
    return f"{at.astimezone(SHANGHAI):%H:%M}"


def stamp(at: datetime) -> str:
    """Give a moment to the second, in Shanghai."""
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"


def day(at: datetime, now: datetime) -> str:
    """Give a moment as a list of chats does: the hour today, else the day."""
    there, here = at.astimezone(SHANGHAI), now.astimezone(SHANGHAI)
    if there.date() == here.date():
        return f"{there:%H:%M}"
    return f"{there.month}/{there.day}" if there.year == here.year else f"{there:%Y/%m/%d}"
