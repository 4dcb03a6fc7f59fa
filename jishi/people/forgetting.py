"""What follows when a person is erased: what he was recognised by goes, wherever it lies."""

from collections.abc import Sequence

from jishi.kernel import Market, Reaction, Request, Told
from jishi.people import rules, views
from jishi.people.erase_person import PersonErased
from jishi.people.post import NotOpen, post
from jishi.people.privacy.rules import SAYINGS_MAX
from jishi.people.remove_identity import RemoveIdentity


def open_market() -> Market:
    """Give the market that is open, to look at what has to go."""
    if post.market is None:
        raise NotOpen
    return post.market


async def forget(told: Sequence[Told[PersonErased]]) -> Sequence[Sequence[Request]]:
    """Let nobody be recognised as somebody who is forgotten."""
    return [await _forgotten(each) for each in told]


async def _forgotten(told: Told[PersonErased]) -> Sequence[Request]:
    person_id = told.event.subject_id
    found = await open_market().look(
        views.identities_of, person=person_id, person_id=person_id, identities_max=SAYINGS_MAX
    )
    return [
        RemoveIdentity(
            key=told.key(each.digest.hex()), book=rules.book_of_digest(each.digest),
            actor_id=person_id, digest=each.digest,
        )
        for each in found
    ]  # fmt: skip


Reaction("people.forget_identities", PersonErased, forget)
