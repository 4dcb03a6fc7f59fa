"""Roles permit what the table says; tries are few; tokens are read as they were written."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishi.kernel import MARKET
from jishi.staff import rules

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SHOP = 77


def test_an_owner_may_all_but_run_the_market() -> None:
    assert rules.permissions(SHOP, ["owner"]) == set(rules.PERMISSIONS) - {"jobs", "measure"}
    assert rules.permissions(MARKET, ["operator"]) == set(rules.PERMISSIONS)


def test_roles_add_up_and_one_of_elsewhere_permits_nothing() -> None:
    both = rules.permissions(SHOP, ["goods", "store"])
    assert both == {"goods", "stock", "store"}
    assert rules.permissions(SHOP, ["operator", "no such"]) == set()
    assert rules.permissions(MARKET, ["owner"]) == set()


def test_every_permission_belongs_to_a_role_and_no_role_to_an_unknown_one() -> None:
    for table in (rules.SHOP_ROLES, rules.MARKET_ROLES):
        for permitted in table.values():
            assert permitted
            assert set(permitted) <= set(rules.PERMISSIONS)
    assert rules.roles_with(SHOP, "finance") == ["owner", "finance"]


def test_roles_are_of_their_place_and_each_is_named_once() -> None:
    assert rules.are_roles(SHOP, ["owner", "goods"])
    assert not rules.are_roles(SHOP, [])
    assert not rules.are_roles(SHOP, ["owner", "owner"])
    assert not rules.are_roles(SHOP, ["operator"])
    assert not rules.are_roles(MARKET, ["owner"])


@pytest.mark.parametrize(
    ("password", "is_good"),
    [
        ("correct horse", True), ("short1!ab", False), ("x" * 129, False), ("aaaabbbbcccc", False),
        ("mei.lin-2026!", False), ("MEI.LIN-2026!", False), ("一二三四五六七八九十", True),
    ],
)  # fmt: skip
def test_a_password_is_long_and_more_than_the_name(password: str, is_good: bool) -> None:
    assert rules.is_password(password, "mei.lin") is is_good


def test_the_sixth_try_in_a_quarter_of_an_hour_waits_for_the_first() -> None:
    tries = [NOW - timedelta(minutes=14 - n) for n in range(5)]
    assert rules.minutes_locked(tries[:4], NOW) == 0
    assert rules.minutes_locked(tries, NOW) == 1
    assert rules.minutes_locked(tries, NOW + timedelta(minutes=1)) == 0


def test_thirty_tries_a_day_are_the_most() -> None:
    tries = [NOW - timedelta(minutes=20 * n) for n in range(1, 31)]
    assert rules.minutes_locked(tries[:29], NOW) == 0
    assert rules.minutes_locked(tries, NOW) == 14 * 60


def test_a_session_ends_after_twelve_idle_hours_and_after_seven_days() -> None:
    assert rules.session_ends_at(NOW, NOW) == NOW + timedelta(hours=12)
    late = NOW + timedelta(days=6, hours=20)
    assert rules.session_ends_at(NOW, late) == NOW + timedelta(days=7)


@given(number=st.integers(0, 2**63 - 1))
def test_a_token_is_read_as_it_was_written(number: int) -> None:
    secret = "A-_" + "b" * 40
    assert rules.read(rules.token(number, secret)) == (number, rules.digest(secret))


@pytest.mark.parametrize(
    "given", ["", ".", "1." + "a" * 42, "1." + "a" * 44, "F." + "a" * 43, "f" * 16 + "." + "a" * 43]
)
def test_what_is_no_token_is_none(given: str) -> None:
    assert rules.read(given) is None
