"""Consents: a person's word that one message of a template may be sent, spent by sending it."""

from collections.abc import Sequence

from msgspec import Struct

from jishi.kernel import Tx, queries


class Consent(Struct, frozen=True):
    """A consent that was spent, or one for the long term that never is."""

    consent_id: int


sql = queries(__file__)
give = sql.run("give")
spend_consent = sql.one("spend_consent", Consent)
withdraw = sql.run("withdraw")


async def consent(
    tx: Tx, appid: str, person_id: int, template_ids: Sequence[str], scene: str = ""
) -> None:
    """Give one's word, once for each of these templates; for a long-term one it lasts."""
    await give(tx, appid=appid, person_id=person_id, template_ids=template_ids, scene=scene)


async def spend(tx: Tx, appid: str, person_id: int, template_id: str, scene: str = "") -> bool:
    """Spend the oldest word for this template; false when there is none left."""
    spent = await spend_consent(
        tx, appid=appid, person_id=person_id, template_id=template_id, scene=scene
    )
    return spent is not None
