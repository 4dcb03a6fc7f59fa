"""Set a shop's freight: where it delivers and for how much; what was before is kept."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.trade import freight_rules
from jishi.trade.freight_rules import Zone


class SetFreight(Request, frozen=True, kw_only=True):
    """From now on delivery is charged so, by the `piece` or by `weight`, zone by zone.

    Refused: `freight_out_of_bounds`, `division_unknown`, `division_twice`.
    """

    charged_by: str
    zones: tuple[Zone, ...]


class FreightSet(Event, frozen=True, kw_only=True):
    """Delivery is charged so for every order that is placed from now on."""

    charged_by: str
    zones: list[Zone]


sql = queries(__file__)
write = sql.run("write")


async def gather(_tx: Tx, _asked: Sequence[SetFreight]) -> None:
    """Read nothing: a template stands for itself."""


def decide(_world: None, asked: SetFreight) -> FreightSet | Refused:
    """Accept a template that is in bounds and names no division twice."""
    if not freight_rules.are_zones_well_formed(asked.charged_by, asked.zones):
        return Refused("freight_out_of_bounds", {"zones_max": freight_rules.ZONES_MAX})
    if not freight_rules.are_divisions_known(asked.zones):
        return Refused("division_unknown")
    if not freight_rules.is_each_division_once(asked.zones):
        return Refused("division_twice")
    return FreightSet(subject_id=asked.book, charged_by=asked.charged_by, zones=list(asked.zones))


async def record(tx: Tx, happened: Sequence[Happened[SetFreight, FreightSet]]) -> None:
    """Write the template as a new one, and its zones."""
    zones = [
        (
            number, position, ",".join(zone.divisions), zone.is_served, zone.first,
            zone.first_fen, zone.more, zone.more_fen, zone.free_from_fen,
        )
        for _, event, number in happened
        for position, zone in enumerate(event.zones, start=1)
    ]  # fmt: skip
    await write(
        tx,
        **columns([(number, event.charged_by) for _, event, number in happened],
                  "numbers", "charges"),
        **columns(
            zones, "of_numbers", "positions", "divisions", "served", "firsts", "first_prices",
            "mores", "more_prices", "free_froms",
        ),
    )  # fmt: skip


set_freight = Act(SetFreight, FreightSet, gather, decide, record)
