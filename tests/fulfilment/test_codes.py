"""Pickup codes: twelve digits, spoken in groups, whose typing errors are found."""

from hypothesis import given
from hypothesis import strategies as st

from jishi.fulfilment.pickup import codes
from jishi.kernel.secret import Secret

SECRET = Secret(b"a secret of tests, longer than it must be")
orders = st.tuples(st.integers(1, 2**63 - 1), st.integers(1, 2**63 - 1), st.integers(0, 3))


def test_the_check_digit_is_that_of_the_standard() -> None:
    # ISO/IEC 7064 MOD 11,10; the example of its annex: 0794 has the check digit 5.
    assert codes.check_digit("0794") == 5


@given(order=orders)
def test_a_code_is_twelve_digits_always_the_same_and_read_as_it_is_spoken(
    order: tuple[int, int, int],
) -> None:
    code = codes.code_of(SECRET, *order)
    assert code == codes.code_of(SECRET, *order)
    assert (len(code), code.isdecimal()) == (12, True)
    assert codes.read(codes.spoken(code)) == code
    full_width = "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in code)
    assert codes.read(f" {full_width[:6]}-{full_width[6:]}　") == code


@given(order=orders, at=st.integers(0, 11), by=st.integers(1, 9))
def test_every_single_wrong_digit_is_found(order: tuple[int, int, int], at: int, by: int) -> None:
    code = codes.code_of(SECRET, *order)
    wrong = f"{code[:at]}{(int(code[at]) + by) % 10}{code[at + 1 :]}"
    assert codes.read(wrong) is None
    assert codes.read(code[:-1]) is None
    assert codes.read(f"{code[:-1]}x") is None


def test_another_secret_order_shop_or_turn_has_another_code_and_digest() -> None:
    other = Secret(b"another secret, also longer than it must be")
    found = {
        codes.code_of(SECRET, 1, 2, 0), codes.code_of(SECRET, 2, 1, 0),
        codes.code_of(SECRET, 1, 2, 1), codes.code_of(other, 1, 2, 0),
    }  # fmt: skip
    assert len(found) == 4
    code = codes.code_of(SECRET, 1, 2, 0)
    assert codes.digest_of(SECRET, code) != codes.digest_of(other, code)
    assert codes.digests_of(SECRET, 1, 2)[0] == codes.digest_of(SECRET, code)
