"""State a licence: who stands behind a shop, or behind the market, as the law wants it known."""

from collections.abc import Sequence
from typing import ClassVar

from jishi.goods import keeping_rules
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries


class StateLicence(Request, frozen=True, kw_only=True):
    """Who sells in this book, or, in the market's own, runs the market.

    Either `registration`, a unified social credit code, or `exemption`, the ground on which none
    is needed (E-Commerce Law of 2018, art. 10 and 15). Refused: `seller_unnamed`,
    `registration_wrong`, `exemption_unknown`, `seller_unreachable`.
    """

    made: ClassVar[dict[str, object]] = {}

    legal_name: str
    registration: str
    exemption: str
    address: str
    phone: str
    mail: str
    filing: str


class LicenceStated(Event, frozen=True, kw_only=True):
    """The shop (its book) says who stands behind it."""


sql = queries(__file__)
write = sql.run("write")


async def gather(_tx: Tx, _asked: Sequence[StateLicence]) -> None:
    """Read nothing: what is stated stands for itself."""


def decide(_world: None, stated: StateLicence) -> LicenceStated | Refused:
    """Accept a name, a code whose check digit is right or a ground for none, a way to ask."""
    if not keeping_rules.is_line(stated.legal_name):
        return Refused("seller_unnamed", {"characters_max": keeping_rules.LINE_CHARACTERS_MAX})
    if stated.registration and not keeping_rules.is_registration(stated.registration):
        return Refused("registration_wrong")
    grounds = ("",) if stated.registration else keeping_rules.EXEMPTIONS
    if stated.exemption not in grounds:
        return Refused("exemption_unknown")
    if not keeping_rules.is_reachable(stated.address, stated.phone, stated.mail, stated.filing):
        return Refused("seller_unreachable", {"characters_max": keeping_rules.LINE_CHARACTERS_MAX})
    return LicenceStated(subject_id=stated.book)


async def record(tx: Tx, happened: Sequence[Happened[StateLicence, LicenceStated]]) -> None:
    """Write what was stated."""
    rows = [
        (number, asked.legal_name, asked.registration, asked.exemption, asked.address,
         asked.phone, asked.mail, asked.filing)
        for asked, _, number in happened
    ]  # fmt: skip
    names = (
        "numbers", "legal_names", "registrations", "exemptions", "addresses", "phones", "mails",
        "filings",
    )  # fmt: skip
    await write(tx, **columns(rows, *names))


state_licence = Act(StateLicence, LicenceStated, gather, decide, record)
