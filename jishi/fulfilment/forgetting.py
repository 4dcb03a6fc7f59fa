"""What follows in fulfilment when a person is erased: what carriers noted goes, in every shop."""

from collections.abc import Sequence

from jishi import people
from jishi.fulfilment.forget_scans import ForgetScans
from jishi.fulfilment.tracking import views
from jishi.kernel import Reaction, Request, Told
from jishi.people import PersonErased


async def forget(told: Sequence[Told[PersonErased]]) -> Sequence[Sequence[Request]]:
    """Forget what was noted of each one's parcels."""
    return [await _forgotten(each) for each in told]


async def _forgotten(told: Told[PersonErased]) -> Sequence[Request]:
    buyer_id = told.event.subject_id
    found = await people.forgetting.open_market().look(
        views.noted_books, person=buyer_id, buyer_id=buyer_id
    )
    return [
        ForgetScans(key=told.key(f"scans {each.of_book}"), book=each.of_book, actor_id=buyer_id)
        for each in found
    ]


Reaction("fulfilment.forget_scans", PersonErased, forget)
