"""Show what an invoice is to say: who of the staff unsealed it, and when, is kept."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.trade.invoicing import standing
from jishi.trade.invoicing.standing import Invoiced


class ShowInvoice(Request, frozen=True, kw_only=True):
    """A member of the staff (`actor_id`) wants to read what a buyer wants on his invoice.

    Refused: `order_unknown`, `no_invoice_asked`.
    """

    order_id: int


class InvoiceShown(Event, frozen=True, kw_only=True):
    """It may be unsealed, for whoever asked; the event keeps that he did."""


World = dict[int, Invoiced]


async def gather(tx: Tx, asked: Sequence[ShowInvoice]) -> World:
    """Read the orders."""
    return await standing.invoiced(tx, [each.order_id for each in asked])


def decide(world: World, asked: ShowInvoice) -> InvoiceShown | Refused:
    """Accept where something was asked for."""
    order = world.get(asked.order_id)
    if order is None:
        return Refused("order_unknown")
    return InvoiceShown(subject_id=order.order_id) if order.wishes else Refused("no_invoice_asked")


async def record(tx: Tx, happened: Sequence[Happened[ShowInvoice, InvoiceShown]]) -> None:
    """Write nothing more: the event is the record."""


show_invoice = Act(ShowInvoice, InvoiceShown, gather, decide, record)
