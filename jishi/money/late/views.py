"""What pages show of refunds made in WeChat's own console. Read after the order was found."""

from datetime import datetime

import msgspec

from jishi.kernel import queries


class MadeElsewhere(msgspec.Struct, frozen=True):
    """A refund that was made in WeChat's own console: how much (fen), when."""

    amount_fen: int
    refunded_at: datetime


sql = queries(__file__)
made_elsewhere = sql.many("made_elsewhere", MadeElsewhere)
