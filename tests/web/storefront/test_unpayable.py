"""A shop that nobody can pay: its checkout says so, before an order and not after."""

from jishi import money
from tests.money.payees.test_retire_credentials import settings
from tests.web.reader import Reader, checkout_path, words

SAID = "这家店还收不了款"


def test_the_checkout_says_that_a_shop_cannot_be_paid(reader: Reader, book: int) -> None:
    assert SAID not in words(reader.get(checkout_path(book)).text)
    try:
        money.gateway.read = lambda: settings(one_owner=False)
        page = reader.get(checkout_path(book)).text
        assert SAID in words(page)
        assert 'form="order" disabled' in page
        money.gateway.settings = None
        money.gateway.read = lambda: settings(one_owner=True)
        assert SAID not in words(reader.get(checkout_path(book)).text)
    finally:
        money.gateway.read = money.gateway.settings = None
