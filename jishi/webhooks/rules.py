"""The rules of webhooks: plain functions of plain values."""

import hmac
from base64 import b64encode
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import urlsplit

KINDS = {
    "OrderPlaced": "order.placed",
    "PaymentTaken": "order.paid",
    "AddressChanged": "order.address_changed",
    "OrderClosed": "order.closed",
    "VoucherIssued": "order.ready_for_pickup",
    "ParcelShipped": "order.shipped",
    "OrderSentOut": "order.sent_out",
    "ParcelTracked": "order.tracked",
    "ReceiptConfirmed": "order.received",
    "VoucherRedeemed": "order.received",
    "OrderCompleted": "order.completed",
    "RefundEnded": "order.refunded",
    "ExternalRefundRecorded": "order.refunded",
    "CaseOpened": "case.opened",
    "SentBack": "case.sent_back",
    "SkuPriced": "sku.priced",
    "Restocked": "sku.restocked",
}
"""What is told, by the event that it is; the kinds never change their meaning."""

WEBHOOKS_MAX = 10
URL_CHARACTERS_MAX = 500
FAILURES_MAX = 12
PAUSE, PAUSE_MAX = timedelta(seconds=5), timedelta(hours=12)
"""After each failure three times as long: twelve of them take a day and a half."""


def are_kinds(kinds: Sequence[str]) -> bool:
    """Tell whether these are kinds, at least one, each once."""
    return 0 < len(kinds) == len(set(kinds)) and set(kinds) <= set(KINDS.values())


def is_url(url: str, *, may_be_local: bool) -> bool:
    """Tell whether a program may be told there: https, or, where it is let, this very machine."""
    if not 0 < len(url) <= URL_CHARACTERS_MAX or not url.isascii() or not url.isprintable():
        return False
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    if not parts.hostname or parts.username or parts.password or parts.fragment or " " in url:
        return False
    return parts.scheme == "https" or (may_be_local and is_local(url))


def is_local(url: str) -> bool:
    """Tell whether it is this machine that is named, in plain http."""
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"}


def is_outside(address: str) -> bool:
    """Tell whether an address is of the open network: nobody is told inside ours."""
    found = ip_address(address.partition("%")[0])
    return found.is_global and not found.is_multicast


def pause_after(failures: int) -> timedelta:
    """Give how long to wait after so many failures in a row."""
    times: int = 3 ** min(failures - 1, 20)
    return min(PAUSE * times, PAUSE_MAX)


def signature(secret: bytes, message_id: str, timestamp: int, body: bytes) -> str:
    """Sign a message (Standard Webhooks 1.0, symmetric): over its id, its second and its body."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + b64encode(hmac.new(secret, signed, sha256).digest()).decode()


def shown(secret: bytes) -> str:
    """Write a secret as the libraries of Standard Webhooks read it."""
    return "whsec_" + b64encode(secret).decode()
