"""Whether WeChat vouches for what came: the signature of an answer or a notification.

Source: WeChat Pay v3, "Signature verification", and "Handling of callback notifications" for the
probes: now and then WeChat sends a signature that is wrong on purpose, to see it rejected.
"""

from collections.abc import Mapping
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from jishi.ports.wechat.signing import SCHEME, answer_message, is_signed

PROBE = "WECHATPAY/SIGNTEST/"
SKEW_SECONDS_MAX = 300
"""At this age, or this far ahead of our clock, it is no longer taken."""

TIMESTAMP_DIGITS_MAX = 11


class Finder(Protocol):
    """Where the keys are."""

    async def find(self, serial: str) -> RSAPublicKey | None:
        """Find a platform key by its serial number or its id."""


async def reason_against(
    headers: Mapping[str, str], body: bytes, keys: Finder, now: float
) -> str | None:
    """Give the first reason not to trust it, or none; `now` in seconds since 1970 (UTC).

    `unsigned`, `probe`, `wrong_algorithm`, `stale`, `unknown_serial`, `forged`.
    """
    pairs = [(name.lower(), value) for name, value in headers.items() if value.isascii()]
    told, signing = dict(pairs), [name for name, _ in pairs if name.startswith("wechatpay-")]
    timestamp, nonce, signature, serial = (
        told.get(f"wechatpay-{name}", "") for name in ("timestamp", "nonce", "signature", "serial")
    )
    # What is said twice could be read in two ways.
    if not (timestamp and nonce and signature and serial) or len(set(signing)) < len(signing):
        return "unsigned"
    if signature.startswith(PROBE):
        return "probe"
    if told.get("wechatpay-signature-type", SCHEME) != SCHEME:
        return "wrong_algorithm"
    if not is_fresh(timestamp, now):
        return "stale"
    key = await keys.find(serial)
    if key is None:
        return "unknown_serial"
    is_good = is_signed(key, answer_message(timestamp, nonce, body), signature)
    return None if is_good else "forged"


def is_fresh(timestamp: str, now: float) -> bool:
    """Tell whether it was signed within five minutes of now, either way."""
    is_number = timestamp.isdigit() and len(timestamp) <= TIMESTAMP_DIGITS_MAX
    return is_number and abs(now - int(timestamp)) < SKEW_SECONDS_MAX
