"""The rules of freight: where a shop delivers to, for how much, and from where on it is free."""

from collections.abc import Sequence

import msgspec

from jishi.trade.types import Destination

ZONES_MAX = 40
DIVISIONS_MAX = 400
CHARGES = ("piece", "weight")
FEN_MAX = 1_000_000
AMOUNT_MAX = 1_000_000
"""Pieces or grams: a ton, in grams."""
FREE_FROM_MAX = 100_000_000
PREFIX_LENGTHS = (2, 4, 6)
"""Province, city and district are two digits each (GB/T 2260)."""


class Zone(msgspec.Struct, frozen=True):
    """A part of the country, by the prefixes of its division codes; none means all the rest.

    The first so many pieces or grams cost `first_fen`, each further `more` (begun ones whole)
    `more_fen`; goods for `free_from_fen` or more go free, where that is not 0.
    """

    divisions: list[str]
    is_served: bool
    first: int
    first_fen: int
    more: int
    more_fen: int
    free_from_fen: int


class Freight(msgspec.Struct, frozen=True):
    """How a shop charges for delivery: by the `piece` or by `weight`, zone by zone."""

    charged_by: str
    zones: list[Zone]


class Charge(msgspec.Struct, frozen=True):
    """What delivery costs (fen), and why it is so."""

    fen: int
    reason: str


def freight_of(
    freight: Freight | None, destination: Destination, *, pieces: int, grams: int, goods_fen: int
) -> Charge | None:
    """Give the charge, or none where the shop does not deliver to.

    Whoever comes to the store pays nothing; a shop without a template delivers free everywhere.
    """
    if destination.delivery == "pickup":
        return Charge(0, "pickup")
    if freight is None:
        return Charge(0, "always_free")
    zone = zone_of(freight, destination.division)
    if zone is None or not zone.is_served:
        return None
    if 0 < zone.free_from_fen <= goods_fen:
        return Charge(0, "free_from")
    amount = pieces if freight.charged_by == "piece" else grams
    further = -(-max(0, amount - zone.first) // zone.more)
    return Charge(zone.first_fen + further * zone.more_fen, freight.charged_by)


def zone_of(freight: Freight, division: str) -> Zone | None:
    """Give the zone with the longest prefix of a division; the rest of the country fits all."""
    longest, found = -1, None
    for zone in freight.zones:
        for prefix in zone.divisions or ("",):
            if len(prefix) > longest and division.startswith(prefix):
                longest, found = len(prefix), zone
    return found


def missing_for_free(freight: Freight | None, division: str, goods_fen: int) -> int:
    """Give the fen that are missing for free delivery; 0 where it is free, or never will be."""
    zone = zone_of(freight, division) if freight else None
    if zone is None or not zone.is_served or zone.first_fen + zone.more_fen == 0:
        return 0
    return max(0, zone.free_from_fen - goods_fen)


def prefixes_of(zones: Sequence[Zone]) -> list[str]:
    """Give every prefix that zones name; the rest of the country is the empty one."""
    return [prefix for zone in zones for prefix in zone.divisions or [""]]


def are_divisions_known(zones: Sequence[Zone]) -> bool:
    """Tell whether zones name beginnings of division codes, and not too many."""
    prefixes = prefixes_of(zones)
    return len(prefixes) <= DIVISIONS_MAX and all(map(is_prefix, prefixes))


def is_each_division_once(zones: Sequence[Zone]) -> bool:
    """Tell whether no two zones name the same."""
    prefixes = prefixes_of(zones)
    return len(set(prefixes)) == len(prefixes)


def are_zones_well_formed(charged_by: str, zones: Sequence[Zone]) -> bool:
    """Tell whether there are 1 to 40 zones, all numbers in bounds."""
    return charged_by in CHARGES and 1 <= len(zones) <= ZONES_MAX and all(map(is_in_bounds, zones))


def is_prefix(code: str) -> bool:
    """Tell whether this begins a division's code, or is empty."""
    is_code = code.isascii() and code.isdecimal() and len(code) in PREFIX_LENGTHS
    return code == "" or is_code


def is_in_bounds(zone: Zone) -> bool:
    """Tell whether a zone's numbers are in bounds."""
    return (
        1 <= zone.first <= AMOUNT_MAX
        and 1 <= zone.more <= AMOUNT_MAX
        and 0 <= zone.first_fen <= FEN_MAX
        and 0 <= zone.more_fen <= FEN_MAX
        and 0 <= zone.free_from_fen <= FREE_FROM_MAX
    )
