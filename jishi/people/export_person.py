"""Export a person: he takes his data with him; that he did is written down."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.people.privacy import rules


class ExportPerson(Request, frozen=True, kw_only=True):
    """A person (`actor_id`) wants all that is kept of him.

    Refused: `person_unknown`, `exported_lately`.
    """


class PersonExported(Event, frozen=True, kw_only=True):
    """The person (`subject_id`) was given what is kept of him; what it was is not told here."""


class Known(msgspec.Struct, frozen=True):
    """Somebody who was met, and how often he took his data lately."""

    person_id: int
    times: int


World = dict[int, int]
sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[ExportPerson]) -> World:
    """Read who was met, and how often they asked."""
    person_ids = [each.actor_id for each in asked]
    found = await known(tx, person_ids=person_ids, within=rules.EXPORTS_WITHIN)
    return {each.person_id: each.times for each in found}


def decide(world: World, asked: ExportPerson) -> PersonExported | Refused:
    """Accept a few times a day."""
    if asked.actor_id not in world:
        return Refused("person_unknown")
    if world[asked.actor_id] >= rules.EXPORTS_MAX:
        detail = {"times_max": rules.EXPORTS_MAX}
        return Refused("exported_lately", detail, is_final=False)
    world[asked.actor_id] += 1
    return PersonExported(subject_id=asked.actor_id)


async def record(tx: Tx, happened: Sequence[Happened[ExportPerson, PersonExported]]) -> None:
    """Write who took his data, and when."""
    rows = [(number, event.subject_id) for _, event, number in happened]
    await write(tx, **columns(rows, "numbers", "person_ids"))


export_person = Act(ExportPerson, PersonExported, gather, decide, record)
