"""How requests and answers of WeChat Pay are written: fen, China's time, no empty fields."""

from datetime import datetime, timedelta, timezone
from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

CHINA = timezone(timedelta(hours=8))
Moment: TypeAlias = Annotated[datetime, Meta(tz=True)]
"""A time that says of which zone it is; WeChat writes China's, as RFC 3339 has it."""


class Asked(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A request; a field without a value is left out. The caller answers for its limits."""


class Told(Struct, frozen=True, kw_only=True):
    """An answer; fields that we do not use are passed over.

    States are texts, not enumerations: WeChat adds some without asking.
    """


def in_china(moment: datetime) -> datetime:
    """Give a moment as WeChat writes it: China's time, whole seconds."""
    assert moment.tzinfo is not None, "a moment has its time zone"
    return moment.astimezone(CHINA).replace(microsecond=0)
