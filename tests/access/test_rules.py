"""Tokens: written and read back, and nothing else is one."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishi.access import rules

SECRET = "A" * 43


@given(book=st.integers(0, 2**63 - 1), key_id=st.integers(0, 2**63 - 1))
def test_a_token_is_read_as_it_was_written(book: int, key_id: int) -> None:
    secret = secrets.token_urlsafe(32)
    assert rules.read(rules.token(book, key_id, secret)) == (book, key_id, rules.digest(secret))


@pytest.mark.parametrize(
    "given",
    [
        "", "jk_", f"jk_1_2_{SECRET}x", f"jk_1_2_{SECRET[:-1]}", f"JK_1_2_{SECRET}",
        f"jk_1_{SECRET}", f"jk_-1_2_{SECRET}", f"jk_１_2_{SECRET}", f"jk_zzzzzzzzzzzzz_2_{SECRET}",
        f" jk_1_2_{SECRET}", f"jk_1_2_{SECRET}\n",
    ],
)  # fmt: skip
def test_what_is_no_token_is_none(given: str) -> None:
    assert rules.read(given) is None


def test_scopes_are_known_and_each_is_named_once() -> None:
    assert rules.are_scopes(rules.SCOPES)
    assert not rules.are_scopes([])
    assert not rules.are_scopes(["goods:read", "goods:read"])
    assert not rules.are_scopes(["everything"])
