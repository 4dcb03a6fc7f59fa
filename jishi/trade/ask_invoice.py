"""Ask for an invoice 发票: a buyer says what is to be on it; what he said last holds."""

from collections.abc import Sequence
from typing import ClassVar

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.trade.invoicing import rules, standing
from jishi.trade.invoicing.standing import Invoiced


class AskInvoice(Request, frozen=True, kw_only=True):
    """The buyer (`actor_id`) wants an invoice; what is on it comes sealed.

    Refused: `invoice_kind_unknown`, `seal_out_of_bounds`, `order_unknown`,
    `order_not_to_invoice`, `invoice_issued`, `invoice_asked_too_often`.
    """

    made: ClassVar[dict[str, object]] = {"sealed": b""}

    order_id: int
    kind: str
    sealed: bytes


class InvoiceAsked(Event, frozen=True, kw_only=True):
    """The shop is to write an invoice of this order (`subject_id`)."""

    kind: str


World = dict[int, Invoiced]
sql = queries(__file__)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[AskInvoice]) -> World:
    """Read the orders."""
    return await standing.invoiced(tx, [each.order_id for each in asked])


def decide(world: World, asked: AskInvoice) -> InvoiceAsked | Refused:  # noqa: PLR0911 - one a reason
    """Accept the buyer's own paid order, until its invoice is issued."""
    if asked.kind not in rules.KINDS:
        return Refused("invoice_kind_unknown")
    if not rules.SEALED_BYTES_MIN <= len(asked.sealed) <= rules.SEALED_BYTES_MAX:
        return Refused("seal_out_of_bounds")
    order = world.get(asked.order_id)
    if order is None or order.buyer_id != asked.actor_id:
        return Refused("order_unknown")
    if order.state not in rules.STATES:
        return Refused("order_not_to_invoice", {"state": order.state})
    if order.invoice_number:
        return Refused("invoice_issued")
    if order.wishes >= rules.WISHES_MAX:
        return Refused("invoice_asked_too_often", {"times_max": rules.WISHES_MAX})
    order.wishes += 1
    return InvoiceAsked(subject_id=order.order_id, kind=asked.kind)


async def record(tx: Tx, happened: Sequence[Happened[AskInvoice, InvoiceAsked]]) -> None:
    """Write what is wanted."""
    rows = [
        (event.subject_id, number, asked.kind, asked.sealed) for asked, event, number in happened
    ]
    await write(tx, **columns(rows, "order_ids", "numbers", "kinds", "seals"))


ask_invoice = Act(AskInvoice, InvoiceAsked, gather, decide, record)
