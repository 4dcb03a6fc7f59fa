"""Order numbers: for people, unique in their shop, and they tell no volume."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from jishi.trade.order_number import is_well_formed, order_number

AT = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)


def test_it_has_the_day_of_shanghai_and_fifteen_characters() -> None:
    number = order_number(1, AT, 7)
    assert number.startswith("JS261123")
    assert len(number) == 15


def test_a_hundred_thousand_orders_of_a_day_have_different_numbers() -> None:
    assert len({order_number(n, AT, 7) for n in range(100_000)}) == 100_000


def test_a_shop_of_more_than_a_million_events_has_longer_ones() -> None:
    numbers = {order_number(10**6 + n, AT, 7) for n in range(10_000)}
    assert len(numbers) == 10_000
    assert {len(number) for number in numbers} == {19}


def test_neighbours_do_not_look_alike() -> None:
    first, second = (int(order_number(n, AT, 7)[8:14]) for n in (1, 2))
    assert abs(first - second) > 1


@given(st.integers(0, 10**9), st.integers(1, 2**60), st.integers(2, 14), st.integers(1, 9))
def test_one_wrong_digit_is_found(count: int, book: int, place: int, by: int) -> None:
    number = order_number(count, AT, book)
    assert is_well_formed(number)
    digit = str((int(number[place]) + by) % 10)
    assert not is_well_formed(number[:place] + digit + number[place + 1 :])
