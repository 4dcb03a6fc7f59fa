"""The rules of money: a number leads back to its attempt; the first difference is named."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishi.money import Attempt, Came, rules

IDS = st.integers(1, 2**63 - 1)
ATTEMPT = Attempt(1, 2, "wx1", "190", 500, "open", "", None)
CAME = Came(
    out_trade_no="n", transaction_id="t", appid="wx1", mchid="190", amount_fen=500, currency="CNY"
)


@given(book=IDS, attempt_id=IDS)
def test_a_number_leads_back_to_its_attempt(book: int, attempt_id: int) -> None:
    number = rules.out_trade_no(book, attempt_id)
    assert len(number) == 32
    assert rules.attempt_of(number) == (book, attempt_id)


@pytest.mark.parametrize("number", ["", "g" * 32, "f" * 32, "0" * 31, "0" * 33, "A" * 32, "٣" * 32])
def test_what_is_no_number_of_ours_leads_nowhere(number: str) -> None:
    assert rules.attempt_of(number) == (0, 0)


def test_the_first_difference_is_named() -> None:
    told = msgspec.structs.replace(CAME, amount_fen=499)
    assert rules.trouble_with(ATTEMPT, told) == "amount_differs"
    told = msgspec.structs.replace(told, currency="USD")
    assert rules.trouble_with(ATTEMPT, told) == "currency_differs"
    told = msgspec.structs.replace(told, appid="wx2")
    assert rules.trouble_with(ATTEMPT, told) == "appid_differs"
    told = msgspec.structs.replace(told, mchid="191")
    assert rules.trouble_with(ATTEMPT, told) == "mchid_differs"
    assert rules.trouble_with(None, told) == "attempt_unknown"
    assert rules.trouble_with(ATTEMPT, CAME) == ""
    ended = msgspec.structs.replace(ATTEMPT, state="closed")
    assert rules.trouble_with(ended, CAME) == "attempt_closed"
