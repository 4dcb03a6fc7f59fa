"""What a person agreed to: to which text, word for word, and the same on every page."""

from hashlib import sha256
from uuid import uuid4

import msgspec

from jishi import people
from jishi.people.privacy.views import Consent
from jishi.web.asked import Asked, house
from jishi.web.words.legal import LEGAL

SHOWN_MAX = 20


def version_of(purpose: str) -> str:
    """Give the version of a text: the beginning of its digest, so that no change is missed."""
    return sha256(msgspec.json.encode(LEGAL[purpose])).hexdigest()[:16]


async def consents_of(asked: Asked, person_id: int) -> list[Consent]:
    """Give what a person said lately, the newest first."""
    return await house(asked).market.look(
        people.privacy.views.consents_of, person=person_id, of_book=people.book_of(person_id),
        person_id=person_id, sayings_max=SHOWN_MAX,
    )  # fmt: skip


def standing(said: list[Consent]) -> dict[str, Consent]:
    """Give what holds of each purpose: what was said last."""
    return {each.purpose: each for each in reversed(said)}


async def agree(asked: Asked, person_id: int, place: str, purposes: tuple[str, ...]) -> None:
    """Write down that a person agreed to these texts as they are; one he agreed to is left."""
    holds = standing(await consents_of(asked, person_id))
    for purpose in purposes:
        version, last = version_of(purpose), holds.get(purpose)
        if last is None or not last.is_given or last.version != version:
            await house(asked).market.ask(
                people.GiveConsent(
                    key=uuid4(), book=people.book_of(person_id), actor_id=person_id,
                    purpose=purpose, version=version, place=place,
                )
            )  # fmt: skip
