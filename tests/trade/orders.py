"""Orders for the tests."""

from uuid import UUID, uuid4

from jishi import trade
from jishi.kernel import new_id, new_public_id

BUYER = 7
HOME = trade.Destination("parcel", address_id=70, division="440305")
"""Where the orders of the tests go: Nanshan in Shenzhen."""


def place(
    book: int, *lines: tuple[int, int, int], buyer: int = BUYER, key: UUID | None = None,
    order_id: int | None = None, remark: str = "", destination: trade.Destination = HOME,
    freight_fen: int = 0, purchase_id: int = 0,
) -> trade.PlaceOrder:  # fmt: skip
    """Ask for lines of (SKU, quantity, price seen in fen)."""
    return trade.PlaceOrder(
        key=key or uuid4(), book=book, actor_id=buyer, order_id=order_id or new_id(),
        public_id=new_public_id(), lines=tuple(trade.Line(*line) for line in lines), remark=remark,
        destination=destination, seen_freight_fen=freight_fen, purchase_id=purchase_id,
    )  # fmt: skip


def cancel(book: int, order_id: int, buyer: int = BUYER) -> trade.CancelOrder:
    """Ask to cancel."""
    return trade.CancelOrder(key=uuid4(), book=book, actor_id=buyer, order_id=order_id)


def expire(book: int, order_id: int) -> trade.ExpireOrder:
    """Let the clock ask."""
    return trade.ExpireOrder(key=uuid4(), book=book, actor_id=0, order_id=order_id)


def close(book: int, order_id: int) -> trade.CloseOrder:
    """Ask to close."""
    return trade.CloseOrder(key=uuid4(), book=book, actor_id=0, order_id=order_id)
