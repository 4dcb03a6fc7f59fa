"""Record that WeChat knows an attempt: with this code it can be paid."""

from collections.abc import Sequence
from datetime import datetime

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.money import rules
from jishi.money.attempts import attempts
from jishi.money.types import Attempt, Combined

CODE_CHARACTERS_MAX = 512


class RecordPrepaid(Request, frozen=True, kw_only=True):
    """WeChat gave what an attempt is paid by, and in which way.

    Refused: `way_unknown`, `code_out_of_bounds`, `attempt_unknown`, `attempt_not_open`.
    """

    attempt_id: int
    way: str
    code_url: str
    pay_until: datetime


class PaymentPrepaid(Event, frozen=True, kw_only=True):
    """The attempt can be paid until a moment, `combined` with others or alone."""

    out_trade_no: str
    pay_until: datetime
    combined: Combined | None = None


World = dict[int, Attempt]
sql = queries(__file__)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[RecordPrepaid]) -> World:
    """Read the attempts."""
    return await attempts(tx, [each.attempt_id for each in asked])


def decide(world: World, asked: RecordPrepaid) -> PaymentPrepaid | Refused:
    """Accept the code of an attempt that is open; of any other one nobody shall see it."""
    if asked.way not in rules.WAYS:
        return Refused("way_unknown")
    if not 0 < len(asked.code_url) <= CODE_CHARACTERS_MAX or "\x00" in asked.code_url:
        return Refused("code_out_of_bounds")
    attempt = world.get(asked.attempt_id)
    if attempt is None:
        return Refused("attempt_unknown")
    if attempt.state != "open":
        return Refused("attempt_not_open", {"state": attempt.state})
    number = rules.out_trade_no(asked.book, asked.attempt_id)
    return PaymentPrepaid(
        subject_id=asked.attempt_id, out_trade_no=number, pay_until=asked.pay_until,
        combined=attempt.combined,
    )  # fmt: skip


async def record(tx: Tx, happened: Sequence[Happened[RecordPrepaid, PaymentPrepaid]]) -> None:
    """Write the codes."""
    last = {
        asked.attempt_id: (asked.attempt_id, asked.way, asked.code_url) for asked, _, _ in happened
    }
    await write(tx, **columns(list(last.values()), "attempt_ids", "ways", "code_urls"))


record_prepaid = Act(RecordPrepaid, PaymentPrepaid, gather, decide, record)
