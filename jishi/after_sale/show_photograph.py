"""Show a photograph in a case: what somebody says of the goods can be seen by the other side.

It comes as `goods.renditions` writes it, WebP of pixels alone; anything else is refused.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import ClassVar

import msgspec

from jishi import goods
from jishi.after_sale import rules, steps
from jishi.after_sale.steps import Cases
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries


class ShowPhotograph(Request, frozen=True, kw_only=True):
    """The `sender`, buyer (`actor_id`) or seller, shows base64 of a WebP in up to three widths.

    Refused: `doer_unknown`, `case_unknown`, `case_elsewhere`, `picture_too_large`,
    `picture_unreadable`, `photograph_known`, `too_many_photographs`.
    """

    made: ClassVar[dict[str, object]] = {}

    case_id: int
    sender: str
    renditions: tuple[str, ...]


class PhotographShown(Event, frozen=True, kw_only=True):
    """The case (`subject_id`) has one more photograph, known by this digest."""

    digest: str


class Shown(msgspec.Struct, frozen=True):
    """A photograph that a case has."""

    case_id: int
    sender: str
    digest: str


class World(msgspec.Struct):
    """The cases, and what each side has shown in them."""

    cases: Cases
    shown: dict[int, set[str]]
    counts: dict[tuple[int, str], int]


sql = queries(__file__)
shown = sql.many("shown", Shown)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[ShowPhotograph]) -> World:
    """Read the cases with their photographs, without their bytes."""
    case_ids = sorted({each.case_id for each in asked})
    world = World(await steps.cases(tx, case_ids), {}, {})
    for each in await shown(tx, case_ids=case_ids):
        note(world, each.case_id, each.sender, each.digest)
    return world


def note(world: World, case_id: int, sender: str, digest: str) -> None:
    """Take down that a case has this photograph."""
    world.shown.setdefault(case_id, set()).add(digest)
    world.counts[case_id, sender] = world.counts.get((case_id, sender), 0) + 1


def decide(world: World, asked: ShowPhotograph) -> PhotographShown | Refused:
    """Accept a new photograph while the case is open, up to nine of each side."""
    if reason := _reason_against(world, asked):
        return reason
    if sum(len(each) for each in asked.renditions) > goods.BASE64_CHARACTERS_MAX:
        return Refused("picture_too_large", {"bytes_max": goods.BYTES_MAX})
    sizes = goods.sizes_of(asked.renditions)
    if not sizes:
        return Refused("picture_unreadable")
    digest = sha256(sizes[-1].data).hexdigest()
    if digest in world.shown.get(asked.case_id, ()):
        return Refused("photograph_known")
    if world.counts.get((asked.case_id, asked.sender), 0) >= rules.PHOTOGRAPHS_MAX:
        return Refused("too_many_photographs", {"photographs_max": rules.PHOTOGRAPHS_MAX})
    note(world, asked.case_id, asked.sender, digest)
    return PhotographShown(subject_id=asked.case_id, digest=digest)


def _reason_against(world: World, asked: ShowPhotograph) -> Refused | None:
    if asked.sender not in rules.SENDERS:
        return Refused("doer_unknown")
    case = world.cases.cases.get(asked.case_id)
    if case is None or (asked.sender == "buyer" and case.buyer_id != asked.actor_id):
        return Refused("case_unknown")
    if case.state in rules.FINAL:
        return Refused("case_elsewhere", {"state": case.state})
    return None


async def record(tx: Tx, happened: Sequence[Happened[ShowPhotograph, PhotographShown]]) -> None:
    """Write the photographs, each in the size of a list and in that of a page."""
    rows = []
    for asked, event, number in happened:
        sizes = goods.sizes_of(asked.renditions)
        shown_by = (asked.case_id, number, asked.sender, event.digest)
        rows.append((*shown_by, sizes[0].data, sizes[-1].data))
    names = ("case_ids", "numbers", "senders", "digests", "smalls", "wholes")
    await write(tx, **columns(rows, *names))


show_photograph = Act(ShowPhotograph, PhotographShown, gather, decide, record)
