"""The reader's own page: a guest's, a person's, and nobody else's."""

from uuid import uuid4

from jishi import people
from jishi.kernel import new_id
from tests.web.person import prove, sign_in
from tests.web.reader import Reader, fields, words


def test_the_bar_leads_a_guest_to_his_page_and_it_to_signing_in(reader: Reader, book: int) -> None:
    assert 'href="/me"' in reader.get("/").text
    shown = reader.get("/me")
    assert shown.status_code == 200
    assert "还没有登录" in words(shown.text)
    assert 'href="/sign-in?back=/me"' in shown.text
    assert 'action="/sign-out"' not in shown.text
    assert 'href="/addresses"' not in shown.text
    reader.order(book)
    assert "1 待付款" in words(reader.get("/me").text), "his device knows what it ordered"


def test_a_person_sees_who_he_is_masked_and_where_his_orders_stand(
    reader: Reader, book: int
) -> None:
    person, number = sign_in(reader), f"139{new_id() % 10**8:08}"
    prove(reader, person, people.Proved("phone", f"+86{number}"))
    reader.order(book)
    shown = reader.get("/me")
    assert f"{number[:3]}****{number[-4:]}" in shown.text
    assert number not in shown.text
    assert "1 待付款" in words(shown.text)
    assert "private, no-store" in shown.headers["cache-control"]
    for to in ("/orders?tab=to_pay", "/orders?tab=after_sale", "/addresses", "/sign-in?back=/me"):
        assert f'href="{to}"' in shown.text.replace("&#x2f;", "/")
        assert reader.get(to).status_code == 200


def test_a_person_says_what_he_is_called(reader: Reader) -> None:
    assert reader.get("/me/name").headers["location"].startswith("/sign-in?back=%2Fme")
    sign_in(reader)
    form = fields(reader.get("/me/name").text)
    assert reader.post("/me/name", {**form, "name": "小<明>"}).headers["location"] == "/me"
    assert "小<明>" in words(reader.get("/me").text)
    refused = reader.post("/me/name", {**form, "key": str(uuid4()), "name": "一" * 21})
    assert refused.status_code == 409
    assert "称呼最多 20 个字" in words(refused.text)
    assert "一" * 21 in refused.text, "what was written is not lost"
    sign_in(reader)
    assert "小<明>" not in words(reader.get("/me").text), "another person has his own"


def test_the_way_out_is_on_the_page(reader: Reader) -> None:
    sign_in(reader)
    form = fields(reader.get("/me").text)
    assert reader.post("/sign-out", form).headers["location"] == "/"
    assert "还没有登录" in words(reader.get("/me").text)
