"""What is kept of a person is shown to him, and to nobody else; he takes it with him."""

import asyncio
import json

import pytest

from jishi import people
from jishi.kernel import new_id
from jishi.web.storefront import taking_out
from tests.web.person import prove, sign_in
from tests.web.reader import Reader, fields, words
from tests.web.storefront.test_addresses import save
from tests.web.storefront.test_after_sale import asked_for, pay

PRIVACY = "/me/privacy"


def export(reader: Reader) -> str:
    """Take one's data."""
    answer = reader.post(f"{PRIVACY}/export", {"form": fields(reader.get(PRIVACY).text)["form"]})
    assert answer.status_code == 200, words(answer.text)
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["cache-control"] == "private, no-store"
    return answer.text


def test_a_guest_is_sent_to_sign_in_and_back(reader: Reader) -> None:
    for path in (PRIVACY, f"{PRIVACY}/erasure"):
        assert reader.get(path).headers["location"].startswith("/sign-in?back=%2Fme%2Fprivacy")
    form = {"form": fields(reader.get("/language").text)["form"]}
    for path in ("export", "consents", "erasure", "erasure/code"):
        assert reader.post(f"{PRIVACY}/{path}", form).status_code == 303


def test_the_file_has_all_of_a_person_and_nothing_of_another(
    reader: Reader, book: int, database_url: str, owner_url: str
) -> None:
    number = f"+86139{new_id() % 10**8:08}"
    person = sign_in(reader)
    prove(reader, person, people.Proved("phone", number))
    save(reader)
    order = reader.order(book)
    asyncio.run(pay(database_url, owner_url, book, "paid"))
    wanted = {"kind": "personal", "title": "张三", "tax_number": "", "mail": ""}
    form = fields(reader.get(f"{order}/invoice").text)
    assert reader.post(f"{order}/invoice", {**form, **wanted}).status_code == 303
    assert reader.send(f"{order}/after-sale", asked_for(reader, order)).status_code == 303
    found = json.loads(export(reader))
    assert found["person"]["person_id"] == person
    assert [each["name"] for each in found["person"]["identities"]] == [number]
    assert found["person"]["addresses"][0]["recipient"] == "张三"
    assert len(found["person"]["sessions"]) == 1
    (placed,) = found["orders"]
    assert [line["quantity"] for line in placed["lines"]] == [1]
    assert [step["state"] for step in placed["steps"]] == ["awaiting_payment", "paid"]
    (invoice,) = found["invoices"]
    assert (invoice["order_number"], invoice["wanted"]["title"]) == (
        placed["order_number"], "张三"
    )  # fmt: skip
    (case,) = found["after_sale"]
    assert case["order_number"] == placed["order_number"]
    sign_in(reader)
    other = json.loads(export(reader))
    assert (other["orders"], other["invoices"], other["after_sale"]) == ([], [], [])
    assert number not in json.dumps(other)


def test_many_orders_come_page_by_page_and_none_is_missing(
    reader: Reader, book: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(reader)
    for _ in range(3):
        reader.order(book)
    monkeypatch.setattr(taking_out, "PAGE", 1)
    found = json.loads(export(reader))
    assert len({each["order_number"] for each in found["orders"]}) == 3


def test_a_text_is_agreed_to_on_the_page_and_no_other(reader: Reader) -> None:
    sign_in(reader)
    assert words(reader.get(PRIVACY).text).count("没有同意") == 2
    form = {**fields(reader.get(PRIVACY).text), "purpose": "rules", "do": "give"}
    for _ in range(2):
        assert reader.post(f"{PRIVACY}/consents", form).headers["location"] == PRIVACY
    shown = words(reader.get(PRIVACY).text)
    assert (shown.count("已同意"), shown.count("在这一页")) == (1, 1)
    odd = reader.post(f"{PRIVACY}/consents", {**form, "purpose": "marketing"})
    assert odd.status_code == 400
    gone = reader.post(f"{PRIVACY}/consents", {**form, "purpose": "privacy", "do": "withdraw"})
    assert gone.status_code == 409
    assert "已经撤回过了" in words(gone.text)


def test_who_took_it_ten_times_is_told_to_wait(reader: Reader) -> None:
    sign_in(reader)
    for _ in range(10):
        export(reader)
    form = {"form": fields(reader.get(PRIVACY).text)["form"]}
    refused = reader.post(f"{PRIVACY}/export", form)
    assert refused.status_code == 409
    assert "今天已经下载了 10 次" in words(refused.text)
