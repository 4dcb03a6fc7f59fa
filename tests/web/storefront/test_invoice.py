"""The invoice over the pages: asked for by the buyer, read and issued at the desk, seen again."""

import asyncio

from tests.trade.invoices import NUMBER
from tests.web.console.desk import seat
from tests.web.picked_up import waiting
from tests.web.reader import Reader, count, fields, words

SHOWN = "select count(*) from kernel.events where book = $1 and name = 'InvoiceShown'"
COMPANY = {
    "kind": "company", "title": "杭州某某茶业有限公司", "tax_number": "9133 0100 1234 5678 9x",
}  # fmt: skip


def test_an_invoice_is_asked_for_issued_and_seen(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    its = waiting(reader, database_url, owner_url, book)
    visitor = dict(reader.client.cookies)
    assert f"{its.path}/invoice" in reader.get(its.path).text.replace("&#x2f;", "/")
    path = f"{its.path}/invoice"
    form = fields(reader.get(path).text)
    refused = reader.post(path, {**form, **COMPANY, "tax_number": "12"})
    assert (refused.status_code, "税号不对" in words(refused.text)) == (409, True)
    assert fields(refused.text)["title"] == COMPANY["title"]
    assert reader.post(path, {**form, **COMPANY}).headers["location"] == path
    said = words(reader.get(path).text)
    assert "已申请发票" in said
    assert "91330100123456789X" in said

    reader.forget()
    seat(reader, database_url, book, "finance")
    desk = f"/console/orders/{its.path.rpartition('/')[2]}"
    page = reader.get(desk).text
    assert COMPANY["title"] not in page, "nobody reads it without being written down"
    assert asyncio.run(count(owner_url, SHOWN, book)) == 0
    answer = reader.post(desk, {**fields(page), "deed": "show_invoice"})
    assert answer.status_code == 200
    assert COMPANY["title"] in answer.text
    assert asyncio.run(count(owner_url, SHOWN, book)) == 1
    shown = {**fields(answer.text), "deed": "issue_invoice", "invoice_number": "1"}
    wrong = reader.post(desk, shown)
    assert (wrong.status_code, "发票号码不对" in words(wrong.text)) == (409, True)
    form = {**fields(reader.get(desk).text), "deed": "issue_invoice", "invoice_number": NUMBER}
    assert reader.post(desk, form).status_code == 303
    assert NUMBER in reader.get(desk).text

    reader.forget()
    reader.client.cookies.update(visitor)
    said = words(reader.get(path).text)
    assert "发票已开" in said
    assert NUMBER in said
    assert "改为这样" not in said
    reader.forget()
    assert reader.get(path).status_code == 404


def test_what_is_not_paid_has_no_invoice(reader: Reader, book: int) -> None:
    order = reader.order(book)
    assert "/invoice" not in reader.get(order).text
    page = reader.get(f"{order}/invoice")
    assert "付款以后可以申请" in words(page.text)
    assert 'name="title"' not in page.text
