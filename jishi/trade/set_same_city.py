"""Set a shop's same-city delivery: to which districts, and for how much; what was is kept."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.trade.same_city import rules
from jishi.trade.same_city.types import Terms


class SetSameCity(Request, frozen=True, kw_only=True):
    """From now on the shop brings goods on these terms, or, where it is not offered, to nobody.

    Refused: `same_city_out_of_bounds`, `division_unknown`, `division_twice`,
    `same_city_nowhere`.
    """

    terms: Terms


class SameCitySet(Event, frozen=True, kw_only=True):
    """Goods are brought on these terms for every order that is placed from now on."""

    terms: Terms


sql = queries(__file__)
write = sql.run("write")


async def gather(_tx: Tx, _asked: Sequence[SetSameCity]) -> None:
    """Read nothing: terms stand for themselves."""


def decide(_world: None, asked: SetSameCity) -> SameCitySet | Refused:
    """Accept terms that are in bounds and name each district once."""
    terms = asked.terms
    if not rules.are_in_bounds(terms):
        return Refused("same_city_out_of_bounds")
    if not rules.are_districts(terms.divisions):
        return Refused("division_unknown")
    if len(set(terms.divisions)) < len(terms.divisions):
        return Refused("division_twice")
    if terms.is_offered and not terms.divisions:
        return Refused("same_city_nowhere")
    return SameCitySet(subject_id=asked.book, terms=terms)


async def record(tx: Tx, happened: Sequence[Happened[SetSameCity, SameCitySet]]) -> None:
    """Write the terms as new ones."""
    rows = [
        (
            number, event.terms.is_offered, ",".join(event.terms.divisions), event.terms.fee_fen,
            event.terms.free_from_fen, event.terms.minimum_fen,
        )
        for _, event, number in happened
    ]  # fmt: skip
    names = ("numbers", "offered", "divisions", "fees", "free_froms", "minimums")
    await write(tx, **columns(rows, *names))


set_same_city = Act(SetSameCity, SameCitySet, gather, decide, record)
