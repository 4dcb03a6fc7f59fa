"""Tell a shop's staff that something waits for them: an order that is paid, a case that runs."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.staff import rules


class TellShop(Request, frozen=True, kw_only=True):
    """Something of this kind came in; asked in the shop's book. It names ids alone.

    Refused: `notice_kind_unknown`.
    """

    kind: str
    about_id: int


class ShopTold(Event, frozen=True, kw_only=True):
    """Whoever may do something about it (`subject_id`) finds the notice."""

    kind: str


sql = queries(__file__)
write = sql.run("write")


async def gather(_tx: Tx, _asked: Sequence[TellShop]) -> None:
    """Read nothing: whatever came in is told."""


def decide(_world: None, asked: TellShop) -> ShopTold | Refused:
    """Accept every kind for which somebody may be told."""
    if asked.kind not in rules.NOTICES:
        return Refused("notice_kind_unknown")
    return ShopTold(subject_id=asked.about_id, kind=asked.kind)


async def record(tx: Tx, happened: Sequence[Happened[TellShop, ShopTold]]) -> None:
    """Write the notices."""
    rows = [(number, event.kind, event.subject_id) for _, event, number in happened]
    await write(tx, **columns(rows, "numbers", "kinds", "abouts"))


tell_shop = Act(TellShop, ShopTold, gather, decide, record)
