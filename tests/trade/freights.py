"""Freight for the tests."""

from uuid import uuid4

from jishi import trade
from jishi.trade.freight_rules import Zone


def flat(fen: int, free_from_fen: int = 0, divisions: tuple[str, ...] = ()) -> Zone:
    """Give a zone where every delivery costs the same."""
    return Zone(
        list(divisions), is_served=True, first=1, first_fen=fen, more=1, more_fen=0,
        free_from_fen=free_from_fen,
    )  # fmt: skip


def unserved(*divisions: str) -> Zone:
    """Give a zone where nothing is delivered to."""
    return Zone(
        list(divisions), is_served=False, first=1, first_fen=0, more=1, more_fen=0,
        free_from_fen=0,
    )  # fmt: skip


def set_freight(book: int, *zones: Zone, charged_by: str = "piece") -> trade.SetFreight:
    """Ask for a template."""
    return trade.SetFreight(key=uuid4(), book=book, actor_id=0, charged_by=charged_by, zones=zones)
