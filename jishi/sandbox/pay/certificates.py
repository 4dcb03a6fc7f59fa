"""What merchants verify WeChat with: its certificates, sealed; and an echo to try signatures on.

Source: WeChat Pay v3, "Platform certificates"; the public description of `/v3/security/echo`.
"""

import secrets
from typing import Annotated

from msgspec import Meta, Struct

from jishi.ports.wechat.sealing import ALGORITHM, hide, seal
from jishi.sandbox.answers import Answered, Asked, Refusal, bad_parameter
from jishi.sandbox.calls import PayCall
from jishi.sandbox.cast import public_key
from jishi.sandbox.doors import pay
from jishi.sandbox.keys import PlatformKey
from jishi.sandbox.pay import refusals, rules
from jishi.sandbox.pay.prepay import revealed

ASSOCIATED = "certificate"
KINDS = ("", "RSA", "SM2", "ALL")
ECHO_MAX = 1_024


class SealedCertificate(Struct, frozen=True):
    """A certificate sealed with the merchant's APIv3 key."""

    algorithm: str
    nonce: str
    associated_data: str
    ciphertext: str


class ShownCertificate(Struct, frozen=True):
    """A certificate and how long it holds."""

    serial_no: str
    effective_time: str
    expire_time: str
    encrypt_certificate: SealedCertificate


class Certificates(Struct, frozen=True):
    """All certificates that hold now; during a rotation several do."""

    data: list[ShownCertificate]


class AskedEcho(Asked, frozen=True):
    """What is to be said again. `notify_url` is looked at; nothing is sent there."""

    echo_message: Annotated[str, Meta(min_length=1, max_length=ECHO_MAX)]
    encrypted_echo_message: Annotated[str, Meta(max_length=ECHO_MAX)] | None = None
    notify_url: Annotated[str, Meta(max_length=256)] | None = None


class Echo(Answered, frozen=True):
    """What was said, the hidden part hidden with the merchant's own certificate."""

    echo_message: str
    encrypted_echo_message: str | None = None


@pay("GET", "/v3/certificates")
async def list_certificates(call: PayCall) -> Certificates | Refusal:
    """Give the platform's certificates; there is none of the SM2 kind."""
    kind = call.query.get("algorithm_type", "")
    if kind not in KINDS:
        return bad_parameter("/algorithm_type", "SM2、RSA或ALL", location="query", value=kind)
    found = [] if kind == "SM2" else call.world.keys.certificates(call.now)
    key = call.merchant.apiv3_key.encode()
    return Certificates([_sealed(each, key) for each in found])


@pay("POST", "/v3/security/echo")
async def echo(call: PayCall, asked: AskedEcho) -> Echo | Refusal:
    """Say it again, so that a merchant sees that its keys fit."""
    if asked.notify_url and (words := rules.fault_of_address(asked.notify_url)):
        return bad_parameter("/notify_url", words, value=asked.notify_url)
    if asked.encrypted_echo_message is None:
        return Echo(asked.echo_message)
    text = revealed(call, asked.encrypted_echo_message)
    if text is None:
        return refusals.not_revealed("/encrypted_echo_message")
    own = public_key(call.merchant.certificate_pem)
    return Echo(asked.echo_message, hide(own, text))


def _sealed(key: PlatformKey, apiv3_key: bytes) -> ShownCertificate:
    nonce = secrets.token_hex(6)
    text = seal(apiv3_key, nonce, ASSOCIATED, key.certificate_pem.encode())
    return ShownCertificate(
        key.serial, rules.shown(key.effective_at), rules.shown(key.expires_at),
        SealedCertificate(ALGORITHM, nonce, ASSOCIATED, text),
    )  # fmt: skip
