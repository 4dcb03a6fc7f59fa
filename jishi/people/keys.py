"""The data key of a person: unwrapped with the market's secret, made when he is first met."""

from uuid import UUID

from jishi.kernel import Market
from jishi.kernel.secret import Secret
from jishi.people import rules, sealing, views
from jishi.people.meet_person import MeetPerson


async def key_of(market: Market, secret: Secret, person_id: int) -> bytes | None:
    """Give a person's data key; none when he was never met, or is forgotten."""
    if person_id <= 0:
        return None
    kept = await market.look(
        views.kept_key, person=person_id, of_book=rules.book_of(person_id), person_id=person_id
    )
    if kept is None or kept.wrapped_key is None:
        return None
    return sealing.unwrap(secret, person_id, kept.wrapped_key)


async def key_or_new(market: Market, secret: Secret, person_id: int) -> bytes | None:
    """Give a person's data key; whoever has none is met. None when he is forgotten.

    When somebody else has just met him, the key of that meeting is the one that is kept.
    """
    if known := await key_of(market, secret, person_id):
        return known
    wrapped = sealing.new_wrapped_key(secret, person_id)
    # The key of the request comes from the person: he is met once.
    asked = MeetPerson(
        key=UUID(int=person_id), book=rules.book_of(person_id), actor_id=person_id,
        wrapped_key=wrapped,
    )  # fmt: skip
    await market.ask(asked)
    return await key_of(market, secret, person_id)
