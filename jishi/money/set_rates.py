"""Set what WeChat and the market take of a shop's sales; what was before holds for what it saw."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.money import settle_rules


class SetRates(Request, frozen=True, kw_only=True):
    """Payments that start from now on are charged so, in basis points. Refused: `rates_unlikely`.

    WeChat's rate is the one of the shop's contract with it, for the bills to agree with.
    """

    wechat_bps: int
    commission_bps: int


class RatesSet(Event, frozen=True, kw_only=True):
    """The rates of every payment that starts from now on."""

    wechat_bps: int
    commission_bps: int


sql = queries(__file__)
write = sql.run("write")


async def gather(_tx: Tx, _asked: Sequence[SetRates]) -> None:
    """Read nothing: rates stand for themselves."""


def decide(_world: None, asked: SetRates) -> RatesSet | Refused:
    """Accept rates that are in bounds."""
    if not settle_rules.are_rates_in_bounds(asked.wechat_bps, asked.commission_bps):
        return Refused("rates_unlikely", {"commission_bps_max": settle_rules.COMMISSION_BPS_MAX})
    return RatesSet(
        subject_id=asked.book,
        wechat_bps=asked.wechat_bps,
        commission_bps=asked.commission_bps,
    )


async def record(tx: Tx, happened: Sequence[Happened[SetRates, RatesSet]]) -> None:
    """Write them as new ones."""
    rows = [(number, event.wechat_bps, event.commission_bps) for _, event, number in happened]
    await write(tx, **columns(rows, "numbers", "wechat_rates", "commission_rates"))


set_rates = Act(SetRates, RatesSet, gather, decide, record)
