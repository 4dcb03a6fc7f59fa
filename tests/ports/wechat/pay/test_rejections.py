"""A notification is rejected, with a word for it, unless WeChat vouches for it and means us."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishi.ports.wechat.pay import Notice, Rejection
from jishi.ports.wechat.pay.notifications import BODY_BYTES_MAX
from tests.ports.wechat.pay.noticing import COMBINED, PAID, SHARED, WHEN, envelope, read
from tests.ports.wechat.pay.platform import (
    APPID,
    MCHID,
    flipped,
)


def setting(name: str, value: str) -> Callable[[dict[str, str]], None]:
    """Change one header of the signature."""
    return lambda headers: headers.update({f"wechatpay-{name}": value})


def flip(headers: dict[str, str]) -> None:
    """Change one bit of the signature."""
    headers["wechatpay-signature"] = flipped(headers["wechatpay-signature"])


def test_what_wechat_does_not_vouch_for_is_rejected() -> None:
    good = envelope("TRANSACTION.SUCCESS", PAID)
    assert read(good, setting("signature", "WECHATPAY/SIGNTEST/abc")) == Rejection("probe", 401)
    assert read(good, setting("signature", "")) == Rejection("unsigned", 401)
    assert read(good, setting("nonce", "中")) == Rejection("unsigned", 401)
    assert read(good, setting("signature-type", "WECHATPAY2-SM2-WITH-SM3")) == Rejection(
        "wrong_algorithm", 401
    )
    assert read(good, later=300) == read(good, later=-300) == Rejection("stale", 401)
    assert isinstance(read(good, later=299), Notice)
    assert read(good, setting("serial", "0A")) == Rejection("unknown_serial", 503)
    assert read(good, setting("nonce", "0")) == Rejection("forged", 401)
    assert read(
        good,
        lambda told: told.update({"wechatpay-signature": flipped(told["wechatpay-signature"])}),
    ) == Rejection("forged", 401)
    assert read(b"x" * (BODY_BYTES_MAX + 1)) == Rejection("too_large", 413)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"resource_type": "plain"}, "wrong_sealing"),
        ({"id": ""}, "wrong_type"),
        ({"id": "x" * 65}, "wrong_type"),
        ({"id": 5}, "wrong_type"),
        ({"create_time": "yesterday"}, "wrong_type"),
        ({"create_time": "2026-09-21T22:13:20"}, "wrong_type"),
        ({"resource": None}, "wrong_type"),
        ({"resource": {"algorithm": "AEAD_AES_256_GCM"}}, "wrong_type"),
        ({"event_type": ["TRANSACTION.SUCCESS"]}, "wrong_type"),
    ],
    ids=range(9),
)
def test_an_envelope_of_another_shape_is_rejected(change: dict[str, Any], reason: str) -> None:
    body = envelope("TRANSACTION.SUCCESS", PAID) | change
    assert read(body) == Rejection(reason, 400)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"algorithm": "AEAD_SM4_GCM"}, "wrong_sealing"),
        ({"algorithm": "aead_aes_256_gcm"}, "wrong_sealing"),
        ({"ciphertext": "AAAA"}, "not_openable"),
        ({"ciphertext": "not base64"}, "not_openable"),
        ({"nonce": "000000000000"}, "not_openable"),
        ({"nonce": ""}, "not_openable"),
        ({"associated_data": "other"}, "not_openable"),
        ({"ciphertext": 5}, "wrong_type"),
    ],
    ids=range(8),
)
def test_what_does_not_open_is_rejected(change: dict[str, Any], reason: str) -> None:
    body = envelope("TRANSACTION.SUCCESS", PAID)
    body["resource"] |= change
    assert read(body) == Rejection(reason, 400)


def test_json_that_says_a_thing_twice_is_rejected() -> None:
    good = json.dumps(envelope("TRANSACTION.SUCCESS", PAID))
    twice = good.replace('"id":', '"id": "EV-1", "id":', 1).encode()
    assert read(twice) == Rejection("repeated_key", 400)
    deep = good.replace('"nonce":', '"nonce": "0", "nonce":', 1).encode()
    assert read(deep) == Rejection("repeated_key", 400)
    inside = json.dumps(PAID).replace('"total":', '"total": 1, "total":').encode()
    assert read(envelope("TRANSACTION.SUCCESS", inside)) == Rejection("repeated_key", 400)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"\xff", b'{"a": NaN}', b"[" * 100_000, b"1" * 5_000, b'"\\ud800"',
        b"\xef\xbb\xbf{}",
    ],
    ids=range(8),
)  # fmt: skip
def test_what_is_no_json_is_rejected(body: bytes) -> None:
    assert read(body) in {Rejection("not_json", 400), Rejection("wrong_type", 400)}


@pytest.mark.parametrize(
    ("plain", "rejection"),
    [
        (PAID | {"mchid": "1900000117"}, Rejection("not_ours", 403)),
        (PAID | {"appid": "wx0000000000000000"}, Rejection("not_ours", 403)),
        (COMBINED | {"combine_mchid": "1900000117"}, Rejection("not_ours", 403)),
        (COMBINED | {"combine_appid": "wx0"}, Rejection("not_ours", 403)),
        (PAID | {"amount": {"total": "199"}}, Rejection("wrong_type", 400)),
        (PAID | {"amount": {"total": 1.5}}, Rejection("wrong_type", 400)),
        (PAID | {"out_trade_no": None}, Rejection("wrong_type", 400)),
        ([PAID], Rejection("wrong_type", 400)),
        (b"plain text", Rejection("not_json", 400)),
    ],
    ids=range(9),
)
def test_what_does_not_mean_us_or_says_nothing_is_rejected(
    plain: Any, rejection: Rejection
) -> None:
    assert read(envelope("TRANSACTION.SUCCESS", plain)) == rejection


@given(
    body=st.binary(max_size=300)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["id", "resource", "event_type", "a"]), inner)
        ),
        max_leaves=8,
    ).map(lambda value: json.dumps(value).encode()),
    headers=st.dictionaries(st.text(max_size=9), st.text(max_size=9), max_size=3),
)
def test_nothing_that_is_sent_breaks_the_reader(body: bytes, headers: dict[str, str]) -> None:
    assert isinstance(read(body, lambda told: told.update(headers)), Rejection)


@given(
    plain=st.dictionaries(
        st.sampled_from([*PAID, *COMBINED, *SHARED]),
        st.none() | st.integers() | st.text(max_size=9) | st.sampled_from([MCHID, APPID, WHEN])
        | st.just([]) | st.just({"total": 1}),
    ),
    event=st.sampled_from(["TRANSACTION.SUCCESS", "REFUND.CLOSED", "COMPLAINT.X", "OTHER"]),
    original=st.sampled_from(["transaction", "profitsharing", ""]),
)  # fmt: skip
def test_nothing_that_is_sealed_breaks_the_reader(
    plain: dict[str, Any], event: str, original: str
) -> None:
    assert isinstance(read(envelope(event, plain, original)), Rejection | Notice)
