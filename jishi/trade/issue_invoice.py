"""Issue an invoice: staff say the number of the one that they made for an order."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.trade.invoicing import rules, standing
from jishi.trade.invoicing.standing import Invoiced


class IssueInvoice(Request, frozen=True, kw_only=True):
    """A member of the staff (`actor_id`) made the invoice of this number.

    Refused: `invoice_number_unclear`, `order_unknown`, `no_invoice_asked`, `invoice_issued`,
    `invoice_number_taken`.
    """

    order_id: int
    invoice_number: str


class InvoiceIssued(Event, frozen=True, kw_only=True):
    """The order (`subject_id`) has its invoice."""

    invoice_number: str


class World(msgspec.Struct):
    """The orders, and which numbers are taken."""

    orders: dict[int, Invoiced]
    taken: set[str]


sql = queries(__file__)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[IssueInvoice]) -> World:
    """Read the orders and the numbers."""
    numbers = [
        each.invoice_number for each in asked if rules.is_invoice_number(each.invoice_number)
    ]
    return World(
        await standing.invoiced(tx, [each.order_id for each in asked]),
        await standing.taken(tx, numbers),
    )


def decide(world: World, asked: IssueInvoice) -> InvoiceIssued | Refused:
    """Accept a number of its own for an order whose buyer asked."""
    if not rules.is_invoice_number(asked.invoice_number):
        return Refused("invoice_number_unclear")
    order = world.orders.get(asked.order_id)
    if order is None:
        return Refused("order_unknown")
    if not order.wishes:
        return Refused("no_invoice_asked")
    if order.invoice_number:
        return Refused("invoice_issued")
    if asked.invoice_number in world.taken:
        return Refused("invoice_number_taken")
    order.invoice_number = asked.invoice_number
    world.taken.add(asked.invoice_number)
    return InvoiceIssued(subject_id=order.order_id, invoice_number=asked.invoice_number)


async def record(tx: Tx, happened: Sequence[Happened[IssueInvoice, InvoiceIssued]]) -> None:
    """Write the invoices."""
    rows = [
        (event.subject_id, number, event.invoice_number, asked.actor_id)
        for asked, event, number in happened
    ]
    await write(tx, **columns(rows, "order_ids", "numbers", "invoice_numbers", "staff_ids"))


issue_invoice = Act(IssueInvoice, InvoiceIssued, gather, decide, record)
