"""Invoices for the tests: what buyers and staff ask."""

from uuid import uuid4

from jishi import trade
from jishi.kernel.secret import Secret
from jishi.web.invoices import Wanted, sealed
from tests.after_sale.scene import STAFF, Scene
from tests.trade.orders import BUYER

SECRET = Secret(b"a secret of tests, longer than it must be")
NUMBER = "24332000000012345678"


def ask(
    on: Scene, kind: str = "personal", buyer: int = BUYER, seal: bytes | None = None
) -> trade.AskInvoice:
    """Ask for an invoice."""
    if seal is None:
        seal = sealed(SECRET, on.book, on.order_id, Wanted("王小明"))
    return trade.AskInvoice(
        key=uuid4(), book=on.book, actor_id=buyer, order_id=on.order_id, kind=kind, sealed=seal
    )


def issue(on: Scene, number: str = NUMBER) -> trade.IssueInvoice:
    """Tell of an invoice."""
    return trade.IssueInvoice(
        key=uuid4(), book=on.book, actor_id=STAFF, order_id=on.order_id, invoice_number=number
    )


def show(on: Scene) -> trade.ShowInvoice:
    """Ask to read it."""
    return trade.ShowInvoice(key=uuid4(), book=on.book, actor_id=STAFF, order_id=on.order_id)
