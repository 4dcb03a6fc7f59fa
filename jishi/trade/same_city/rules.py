"""The rules of same-city delivery: plain functions of plain values."""

from jishi.trade.freight_rules import AMOUNT_MAX, FEN_MAX, FREE_FROM_MAX, Freight, Zone
from jishi.trade.same_city.types import Terms

DIVISIONS_MAX = 100
DIVISION_DIGITS = 6
NOWHERE = Freight("piece", [])


def is_served(terms: Terms | None, division: str) -> bool:
    """Tell whether a shop brings goods to a district."""
    return terms is not None and terms.is_offered and division in terms.divisions


def missing_fen(terms: Terms, goods_fen: int) -> int:
    """Give the fen by which an order is too small to be brought."""
    return max(0, terms.minimum_fen - goods_fen)


def as_freight(terms: Terms | None) -> Freight:
    """Give the terms as a freight template: one price an order, and nowhere else."""
    if terms is None or not terms.is_offered:
        return NOWHERE
    zone = Zone(
        terms.divisions, is_served=True, first=AMOUNT_MAX, first_fen=terms.fee_fen,
        more=AMOUNT_MAX, more_fen=0, free_from_fen=terms.free_from_fen,
    )  # fmt: skip
    return Freight("piece", [zone])


def are_in_bounds(terms: Terms) -> bool:
    """Tell whether the amounts are in bounds."""
    return (
        0 <= terms.fee_fen <= FEN_MAX
        and 0 <= terms.free_from_fen <= FREE_FROM_MAX
        and 0 <= terms.minimum_fen <= FREE_FROM_MAX
    )


def are_districts(divisions: list[str]) -> bool:
    """Tell whether these have the form of codes of districts, each once, and are not too many."""
    return len(divisions) <= DIVISIONS_MAX and all(
        len(each) == DIVISION_DIGITS and each.isascii() and each.isdecimal() for each in divisions
    )
