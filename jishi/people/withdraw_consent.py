"""Withdraw consent: a person agrees to a text no more."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.people.privacy import consents, rules
from jishi.people.privacy.consents import World


class WithdrawConsent(Request, frozen=True, kw_only=True):
    """A person (`actor_id`) takes back what he agreed to; the version is the one he gave.

    Refused: `consent_unclear` (no such purpose), `person_unknown`, `consent_not_given`.
    """

    purpose: str


class ConsentWithdrawn(Event, frozen=True, kw_only=True):
    """The person (`subject_id`) agrees no more."""

    purpose: str
    version: str


async def gather(tx: Tx, asked: Sequence[WithdrawConsent]) -> World:
    """Read what they said before."""
    return await consents.world_of(tx, [each.actor_id for each in asked])


def decide(world: World, asked: WithdrawConsent) -> ConsentWithdrawn | Refused:
    """Accept what stands."""
    if asked.purpose not in rules.PURPOSES:
        return Refused("consent_unclear")
    if asked.actor_id not in world.met:
        return Refused("person_unknown")
    standing = world.standing.get((asked.actor_id, asked.purpose))
    if standing is None or not standing.is_given:
        return Refused("consent_not_given")
    world.standing[asked.actor_id, asked.purpose] = msgspec.structs.replace(
        standing, is_given=False
    )
    return ConsentWithdrawn(
        subject_id=asked.actor_id, purpose=asked.purpose, version=standing.version
    )


async def record(tx: Tx, happened: Sequence[Happened[WithdrawConsent, ConsentWithdrawn]]) -> None:
    """Write what was said."""
    await consents.write(tx, [
        (number, event.subject_id, event.purpose, event.version, False, "privacy_page")
        for _, event, number in happened
    ])  # fmt: skip


withdraw_consent = Act(WithdrawConsent, ConsentWithdrawn, gather, decide, record)
