"""What trade tells a shop's staff: an order is paid, and waits to be sent or handed out."""

from collections.abc import Sequence

from jishi.kernel import Reaction, Request, Told
from jishi.staff import TellShop
from jishi.trade.accept_free_order import FreeOrderAccepted
from jishi.trade.take_payment import PaymentTaken


async def tell_paid(told: Sequence[Told[PaymentTaken]]) -> Sequence[Sequence[Request]]:
    """Tell of each order that is paid; a payment in trouble pays none."""
    return [[] if each.event.trouble else [_paid(each)] for each in told]


async def tell_free(told: Sequence[Told[FreeOrderAccepted]]) -> Sequence[Sequence[Request]]:
    """Tell of each order that costs nothing."""
    return [[_paid(each)] for each in told]


def _paid(told: Told[PaymentTaken] | Told[FreeOrderAccepted]) -> Request:
    return TellShop(
        key=told.key("tell_shop"), book=told.book, actor_id=0, kind="order_paid",
        about_id=told.event.subject_id,
    )  # fmt: skip


Reaction("trade.tell_paid", PaymentTaken, tell_paid)
Reaction("trade.tell_free", FreeOrderAccepted, tell_free)
