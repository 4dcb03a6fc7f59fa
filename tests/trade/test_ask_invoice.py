"""Asking for an invoice: the buyer's own paid order, sealed, changed until it is issued."""

import asyncio

import pytest

from jishi import trade
from jishi.kernel import Refused
from jishi.trade.invoicing.rules import STATES
from jishi.web.invoices import Wanted, reason_against, unsealed
from tests.after_sale.scene import paid
from tests.trade.invoices import SECRET, ask, issue


@pytest.mark.parametrize(
    ("kind", "wanted", "reason"),
    [
        ("", Wanted("王"), "invoice_kind_unknown"),
        ("personal", Wanted(""), "invoice_title_unclear"),
        ("personal", Wanted("x" * 101), "invoice_title_unclear"),
        ("company", Wanted("某公司"), "tax_number_unclear"),
        ("company", Wanted("某公司", "9133010012345678X"), ""),
        ("company", Wanted("某公司", "91330100123456789X"), ""),
        ("personal", Wanted("王", "12"), "tax_number_unclear"),
        ("personal", Wanted("王", "", "a@b"), "invoice_mail_unclear"),
        ("personal", Wanted("王", "", "a@b.cn"), ""),
    ],
)
def test_what_cannot_be_written_on_an_invoice_is_known(
    kind: str, wanted: Wanted, reason: str
) -> None:
    refused = reason_against(kind, wanted)
    assert (refused.reason if refused else "") == reason


def test_what_was_said_last_holds_and_lies_sealed(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url) as on:
            for kind in ("personal", "company"):
                answer = await on.market.ask(ask(on, kind))
                assert answer == trade.InvoiceAsked(subject_id=on.order_id, kind=kind)
            found = await on.market.look(
                trade.invoicing.invoice, book=on.book, of_book=on.book, order_id=on.order_id
            )
            assert found is not None
            assert (found.kind, found.issued_at) == ("company", None)
            assert "王小明".encode() not in found.sealed
            wanted = unsealed(SECRET, on.book, on.order_id, found.sealed)
            assert wanted == Wanted("王小明")
            with pytest.raises(ValueError, match="sealed with another key"):
                unsealed(SECRET, on.book, on.order_id + 1, found.sealed)
            told = await on.owner.fetch("select body from kernel.events where book = $1", on.book)
            assert "王小明" not in str(told)
            spied = await on.market.look(
                trade.invoicing.invoice, person=8, of_book=on.book, order_id=on.order_id
            )
            assert spied is None

    asyncio.run(scene())


def test_what_may_not_be_asked_is_refused(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url) as on:
            for request, reason in (
                (ask(on, "church"), "invoice_kind_unknown"),
                (ask(on, seal=b"x"), "seal_out_of_bounds"),
                (ask(on, buyer=8), "order_unknown"),
                (ask(on._replace(order_id=1)), "order_unknown"),
            ):
                assert await on.market.ask(request) == Refused(reason)
            for _ in range(10):
                assert isinstance(await on.market.ask(ask(on)), trade.InvoiceAsked)
            often = Refused("invoice_asked_too_often", {"times_max": 10})
            assert await on.market.ask(ask(on)) == often
            await on.market.ask(issue(on))
            assert await on.market.ask(ask(on)) == Refused("invoice_issued")

    asyncio.run(scene())


@pytest.mark.parametrize("state", ["awaiting_payment", "closing", "closed"])
def test_what_is_not_paid_has_no_invoice(database_url: str, owner_url: str, state: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, state) as on:
            assert state not in STATES
            assert await on.market.ask(ask(on)) == Refused("order_not_to_invoice", {"state": state})

    asyncio.run(scene())
