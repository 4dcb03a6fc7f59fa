"""Give consent: a person agrees to a text, in the version that he was shown."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.people.privacy import consents, rules
from jishi.people.privacy.consents import Standing, World


class GiveConsent(Request, frozen=True, kw_only=True):
    """A person (`actor_id`) agrees, at a place of ours.

    Refused: `consent_unclear` (no such purpose, version or place), `person_unknown`,
    `consent_given_already` (to this version).
    """

    purpose: str
    version: str
    place: str


class ConsentGiven(Event, frozen=True, kw_only=True):
    """The person (`subject_id`) agreed."""

    purpose: str
    version: str


async def gather(tx: Tx, asked: Sequence[GiveConsent]) -> World:
    """Read what they said before."""
    return await consents.world_of(tx, [each.actor_id for each in asked])


def decide(world: World, asked: GiveConsent) -> ConsentGiven | Refused:
    """Accept a known purpose, once a version."""
    if not rules.is_clear(asked.purpose, asked.version, asked.place):
        return Refused("consent_unclear")
    if asked.actor_id not in world.met:
        return Refused("person_unknown")
    standing = Standing(asked.actor_id, asked.purpose, asked.version, is_given=True)
    if world.standing.get((asked.actor_id, asked.purpose)) == standing:
        return Refused("consent_given_already")
    world.standing[asked.actor_id, asked.purpose] = standing
    return ConsentGiven(subject_id=asked.actor_id, purpose=asked.purpose, version=asked.version)


async def record(tx: Tx, happened: Sequence[Happened[GiveConsent, ConsentGiven]]) -> None:
    """Write what was said."""
    await consents.write(tx, [
        (number, event.subject_id, event.purpose, event.version, True, asked.place)
        for asked, event, number in happened
    ])  # fmt: skip


give_consent = Act(GiveConsent, ConsentGiven, gather, decide, record)
