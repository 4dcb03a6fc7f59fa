"""The invoice of an order. A buyer's with `person=`, a shop's own with `book=`."""

from datetime import datetime

import msgspec

from jishi.kernel import queries


class InvoiceOfOrder(msgspec.Struct, frozen=True):
    """What is wanted on it, sealed, and which one was issued; empty while none was."""

    kind: str
    sealed: bytes
    asked_at: datetime
    invoice_number: str
    issued_at: datetime | None


class OwnInvoice(msgspec.Struct, frozen=True):
    """What a buyer wanted last on the invoice of an order, sealed, and which one was issued."""

    of_book: int
    order_id: int
    order_number: str
    kind: str
    sealed: bytes
    asked_at: datetime
    invoice_number: str
    issued_at: datetime | None


sql = queries(__file__)
invoice = sql.one("invoice", InvoiceOfOrder)
own_invoices = sql.many("own_invoices", OwnInvoice)
