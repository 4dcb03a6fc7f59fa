"""The audit: what each member did, read from the record of all that ever happened.

There is no second log that could say otherwise: every act leaves its event, with who asked. Read
the doers with `book=MARKET`, where members are kept, the deeds with the book in which they were.
"""

from datetime import datetime

import msgspec

from jishi.kernel import queries


class Colleagues(msgspec.Struct, frozen=True):
    """A member who may have done something here."""

    staff_id: int
    works_in: int
    name: str


class Deed(msgspec.Struct, frozen=True):
    """What happened, when, by whom and to what; `body` is the rest of the event, as JSON."""

    number: int
    at: datetime
    name: str
    subject_id: int
    actor_id: int
    body: str


sql = queries(__file__)
doers = sql.many("doers", Colleagues)
deeds = sql.many("deeds", Deed)
about = sql.many("about", Deed)
