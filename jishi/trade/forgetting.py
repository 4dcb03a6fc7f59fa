"""What follows in trade when a person is erased: his remarks go, in every shop."""

from collections.abc import Sequence

from jishi import people
from jishi.kernel import Reaction, Request, Told
from jishi.people import PersonErased
from jishi.trade.forget_remarks import ForgetRemarks
from jishi.trade.mine import views


async def forget(told: Sequence[Told[PersonErased]]) -> Sequence[Sequence[Request]]:
    """Forget what each of them wrote beside his orders."""
    return [await _forgotten(each) for each in told]


async def _forgotten(told: Told[PersonErased]) -> Sequence[Request]:
    buyer_id = told.event.subject_id
    found = await people.forgetting.open_market().look(
        views.remarked_books, person=buyer_id, buyer_id=buyer_id
    )
    return [
        ForgetRemarks(key=told.key(f"remarks {each.of_book}"), book=each.of_book, actor_id=buyer_id)
        for each in found
    ]


Reaction("trade.forget_remarks", PersonErased, forget)
