"""What fulfilment tells a shop's staff: a parcel got into trouble, and nobody else will ask."""

from collections.abc import Sequence

from jishi.fulfilment.track_parcel import ParcelTracked
from jishi.fulfilment.tracking.rules import TROUBLES
from jishi.kernel import Reaction, Request, Told
from jishi.staff import TellShop


async def tell_troubled(told: Sequence[Told[ParcelTracked]]) -> Sequence[Sequence[Request]]:
    """Tell of each parcel that is lost, held up or brought back now, and was not so before."""
    return [_troubled(each) for each in told]


def _troubled(told: Told[ParcelTracked]) -> Sequence[Request]:
    event = told.event
    if event.state not in TROUBLES or event.state == event.was:
        return []
    return [
        TellShop(
            key=told.key("tell_shop"), book=told.book, actor_id=0, kind="parcel_troubled",
            about_id=event.subject_id,
        )
    ]  # fmt: skip


Reaction("fulfilment.tell_troubled", ParcelTracked, tell_troubled)
