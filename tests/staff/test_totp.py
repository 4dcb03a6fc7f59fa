"""Codes are those of RFC 6238; a sealed secret opens for its member and its market alone."""

from datetime import UTC, datetime, timedelta

import pyotp

from jishi.staff import totp

KEY = b"k" * 32
RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
NOW = datetime(2026, 11, 23, 8, 0, 5, tzinfo=UTC)


def test_the_codes_are_those_of_the_rfc() -> None:
    # RFC 6238, appendix B, SHA1, the last six of its eight digits.
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (2000000000, "279037")):
        at = datetime.fromtimestamp(seconds, UTC)
        assert totp.step_of(RFC, code, at) == seconds // 30


def test_a_code_holds_for_a_step_around_and_no_longer() -> None:
    code, step = pyotp.TOTP(RFC).at(NOW), int(NOW.timestamp()) // 30
    for seconds, found in ((0, step), (-30, step), (30, step), (-60, 0), (60, 0)):
        assert totp.step_of(RFC, code, NOW + timedelta(seconds=seconds)) == found
    for wrong in ("", "000", "abcdef", "１２３４５６"):
        assert totp.step_of(RFC, wrong, NOW) == 0


def test_a_secret_opens_for_its_member_with_its_key_alone() -> None:
    sealed = totp.seal(KEY, 7, RFC)
    assert RFC.encode() not in sealed
    assert totp.unseal(KEY, 7, sealed) == RFC
    assert totp.unseal(KEY, 8, sealed) == ""
    assert totp.unseal(b"x" * 32, 7, sealed) == ""
    assert totp.seal(KEY, 7, RFC) != sealed


def test_secrets_and_recovery_codes_are_long_and_each_another() -> None:
    assert totp.is_secret(totp.new_secret())
    assert not totp.is_secret("A" * 31)
    assert not totp.is_secret("1" * 32)
    codes = totp.new_recovery_codes()
    assert len({*codes}) == 10
    assert all(len(each) == 20 for each in codes)
    typed = " ".join(codes[0][n : n + 4] for n in range(0, 20, 4)).upper()
    assert totp.recovery_digest(typed) == totp.recovery_digest(codes[0])
