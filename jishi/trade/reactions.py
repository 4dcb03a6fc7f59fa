"""What follows in trade: a closing order is closed once nothing can be paid on it any more."""

from collections.abc import Sequence

from jishi.kernel import Reaction, Request, Told
from jishi.trade.cancel_order import OrderCancelled
from jishi.trade.close_order import CloseOrder
from jishi.trade.expire_order import OrderExpired


async def close(
    told: Sequence[Told[OrderCancelled] | Told[OrderExpired]],
) -> Sequence[Sequence[Request]]:
    """Ask to close each order. No payment can be open yet: there is no way to start one."""
    return [
        [
            CloseOrder(
                key=each.key("close"), book=each.book, actor_id=0, order_id=each.event.subject_id
            )
        ]
        for each in told
    ]


Reaction("trade.close_cancelled", OrderCancelled, close)
Reaction("trade.close_expired", OrderExpired, close)
