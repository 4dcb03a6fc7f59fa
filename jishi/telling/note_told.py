"""Note that a buyer was told: what became of his order was said to him, in WeChat."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.telling import rules


class NoteTold(Request, frozen=True, kw_only=True):
    """WeChat took a message to the buyer of an order, by the template of this title.

    Refused: `news_unknown` (no template of ours is called so).
    """

    order_id: int
    title: str


class BuyerTold(Event, frozen=True, kw_only=True):
    """The buyer of the order (`subject_id`) was told."""

    title: str


async def gather(tx: Tx, asked: Sequence[NoteTold]) -> None:
    """Nothing has to be known."""
    del tx, asked


def decide(_world: None, asked: NoteTold) -> BuyerTold | Refused:
    """Accept what is told here."""
    if asked.title not in rules.LIBRARY:
        return Refused("news_unknown")
    return BuyerTold(subject_id=asked.order_id, title=asked.title)


async def record(tx: Tx, happened: Sequence[Happened[NoteTold, BuyerTold]]) -> None:
    """The event says it all."""
    del tx, happened


note_told = Act(NoteTold, BuyerTold, gather, decide, record)
