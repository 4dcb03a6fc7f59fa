"""Asking where parcels are: what is due is asked after, each beside the others, and put off again.

When a parcel is asked after is no event of the shop, so it is written plainly, not by acts. A
process that dies while it asks loses its lease; the parcel is asked after again.
"""

from uuid import uuid4

import msgspec
import structlog

from jishi import people
from jishi.fulfilment.track_parcel import TrackParcel
from jishi.fulfilment.tracking import rules, settings, views
from jishi.fulfilment.tracking.settings import Asking
from jishi.kernel import Market, Schedule, Tx, queries
from jishi.kernel.secret import read_secret
from jishi.ports.carrier import NotAllowed, NotAnswered, NotKnown, Scan, Sought

log = structlog.get_logger()
TRACKING = "tracking"
TRACKING_MAX = 16
"""So many parcels are asked after at a time by one process."""

PHONE_TAIL_DIGITS = 4


class Due(msgspec.Struct, frozen=True):
    """A parcel to be asked after, and how often that failed in a row."""

    book: int
    parcel: int
    failures: int


class Heard(msgspec.Struct, frozen=True):
    """What came of asking: how the parcel stands now, or what went wrong."""

    state: str = ""
    trouble: str = ""
    is_failure: bool = False


sql = queries(__file__)
claim = sql.many("claim", Due)
put_off = sql.run("put_off")


async def track_due(market: Market) -> None:
    """Begin to ask after the parcels that are due; a slow carrier holds up nothing else."""
    asking = settings.read_asking()
    room = TRACKING_MAX - market.doing(TRACKING)
    if asking is None or room <= 0:
        return
    async with market.database.transaction() as connection:
        due = await claim(Tx(connection), parcels_max=room)
    for each in due:
        market.begin(track(market, asking, each), TRACKING)


async def track(market: Market, asking: Asking, due: Due) -> None:
    """Ask after one parcel, keep what is new of it, and put it off."""
    try:
        heard = await _heard(market, asking, due)
    except Exception as error:  # noqa: BLE001 - it is put off, and the reason is in the log
        log.warning("tracking failed", trouble=type(error).__name__)
        heard = Heard("", type(error).__name__, is_failure=True)
    failures = due.failures + 1 if heard.is_failure else 0
    pause = rules.pause_after(heard.state, failures)
    waits = None if pause is None else min(pause, asking.pause_max)
    async with market.database.transaction(book=due.book) as connection:
        await put_off(
            Tx(connection, due.book), parcel=due.parcel, pause=waits, failures=failures,
            trouble=heard.trouble,
        )  # fmt: skip


async def _heard(market: Market, asking: Asking, due: Due) -> Heard:
    sent = await market.look(views.sought, book=due.book, parcel=due.parcel)
    if sent is None or not is_followed(sent):
        return Heard("delivered")
    tail = await phone_tail(market, sent) if sent.carrier in rules.NEEDS_PHONE else ""
    try:
        told = await asking.tracker.scans(Sought(sent.carrier, sent.tracking_number, tail))
    except NotKnown:
        return Heard(sent.state, "unknown")
    except NotAllowed:
        log.warning("nobody lets us ask where parcels are: put the key right")
        return Heard(sent.state, "not_allowed", is_failure=True)
    except NotAnswered as error:
        return Heard(sent.state, str(error)[:200], is_failure=True)
    return await _take(market, due, sent, told)


async def _take(market: Market, due: Due, sent: views.SoughtParcel, told: list[Scan]) -> Heard:
    latest = sent.now + rules.AHEAD_MAX
    scans = [
        rules.kept(each.at, each.state, each.place, each.words)
        for each in told
        if rules.EARLIEST <= each.at <= latest
    ]
    if not scans:
        return Heard(sent.state, "unknown")
    await market.ask(
        TrackParcel(
            key=uuid4(), book=due.book, actor_id=0, parcel=due.parcel, carrier=sent.carrier,
            tracking_number=sent.tracking_number, scans=tuple(scans),
        )
    )  # fmt: skip
    return Heard(max(scans, key=lambda scan: scan.at).state)


def is_followed(sent: views.SoughtParcel) -> bool:
    """Tell whether anybody still waits for news of this."""
    is_on_its_way = sent.order_state in {"partly_shipped", "shipped"}
    return is_on_its_way and sent.shipped_at > sent.now - rules.TRACKED_FOR


async def phone_tail(market: Market, sent: views.SoughtParcel) -> str:
    """Give the last digits of the receiver's number, as his carrier wants them."""
    address = await people.address(market, read_secret(), sent.buyer_id, sent.address_id)
    return address.phone[-PHONE_TAIL_DIGITS:] if address else ""


Schedule("fulfilment.track_parcels", 5, track_due)
