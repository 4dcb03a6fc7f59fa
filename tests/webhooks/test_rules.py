"""Addresses, pauses and signatures of webhooks."""

from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from jishi.webhooks import rules

SECRET = bytes(range(32))


@pytest.mark.parametrize(
    "url",
    [
        "", "http://example.com/", "https://", "https://u:p@example.com/", "ftp://example.com/",
        "https://example.com/#x", "https://exa mple.com/", "https://example.com:x/",
        "https://例子.com/", "https://example.com/\x00", "https://e.com/" + "a" * 500,
        "javascript:alert(1)", "http://127.0.0.1/",
    ],
)  # fmt: skip
def test_only_https_on_the_open_network_is_told(url: str) -> None:
    assert not rules.is_url(url, may_be_local=False)


def test_this_machine_is_told_where_it_is_let() -> None:
    assert rules.is_url("http://127.0.0.1:9/x", may_be_local=True)
    assert rules.is_url("https://example.com/x?y=1", may_be_local=False)
    assert not rules.is_url("http://example.com/", may_be_local=True)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0",  # noqa: S104 - judged, not bound
        "100.64.0.1", "::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "224.0.0.1", "ff02::1",
    ],
)  # fmt: skip
def test_nobody_inside_is_told(address: str) -> None:
    assert not rules.is_outside(address)


def test_whoever_is_outside_may_be_told() -> None:
    assert rules.is_outside("93.184.216.34")
    assert rules.is_outside("2606:2800:220:1:248:1893:25c8:1946")


def test_a_library_of_standard_webhooks_reads_our_signature() -> None:
    now, body = datetime.now(UTC), b'{"type":"order.paid"}'
    signature = rules.signature(SECRET, "msg_1", int(now.timestamp()), body)
    headers = {
        "webhook-id": "msg_1", "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signature,
    }  # fmt: skip
    theirs = Webhook(rules.shown(SECRET))
    assert theirs.verify(body, headers) == {"type": "order.paid"}
    for spoilt in (body + b" ", b"{}"):
        with pytest.raises(WebhookVerificationError):
            theirs.verify(spoilt, headers)


def test_pauses_grow_to_half_a_day_and_end_after_twelve() -> None:
    pauses = [rules.pause_after(failures) for failures in range(1, rules.FAILURES_MAX + 1)]
    assert pauses[:3] == [timedelta(seconds=5), timedelta(seconds=15), timedelta(seconds=45)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == rules.PAUSE_MAX
    assert timedelta(days=1) < sum(pauses, timedelta()) < timedelta(days=4)
    assert rules.pause_after(10**6) == rules.PAUSE_MAX
