"""A toy act that uses a hold of another book, and the reaction that confirms it there."""

from collections.abc import Sequence
from typing import NamedTuple

from jishi import ledger
from jishi.kernel import Act, Event, Happened, Reaction, Refused, Request, Told, Tx


class Board(Request, frozen=True, kw_only=True):
    """Get on board with a ticket that another book holds for us."""

    hold_id: int
    from_book: int


class Boarded(Event, frozen=True, kw_only=True):
    """The ticket is used."""

    from_book: int


class World(NamedTuple):
    """Holds that were answered here."""

    answered: set[int]


async def gather(tx: Tx, asked: Sequence[Board]) -> World:
    """Read the answers."""
    found = await ledger.answers(tx, hold_ids=[board.hold_id for board in asked])
    return World({each.hold_id for each in found})


def decide(world: World, board: Board) -> Boarded | Refused:
    """Accept a ticket that was neither used nor declined."""
    if board.hold_id in world.answered:
        return Refused("ticket_void")
    world.answered.add(board.hold_id)
    return Boarded(subject_id=board.hold_id, from_book=board.from_book)


async def record(tx: Tx, happened: Sequence[Happened[Board, Boarded]]) -> None:
    """Write that it is used."""
    await ledger.use_holds(
        tx, [(board.hold_id, board.from_book, number) for board, _, number in happened]
    )


async def confirm(told: Sequence[Told[Boarded]]) -> Sequence[Sequence[Request]]:
    """Confirm the hold in the book that holds it."""
    return [
        [
            ledger.ConfirmHold(
                key=each.key("confirm"),
                book=each.event.from_book,
                actor_id=0,
                hold_id=each.event.subject_id,
            )
        ]
        for each in told
    ]


board_act = Act(Board, Boarded, gather, decide, record)
Reaction("toy.confirm", Boarded, confirm)
