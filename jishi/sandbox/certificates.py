"""Keys and certificates, made at the first start: real RSA, a root of the sandbox's own."""

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

BITS = 2048
YEARS = timedelta(days=365 * 5)
SERIAL_BITS = 159
"""A certificate's number has at most twenty bytes, and is positive."""

ROOT = "Jishi Sandbox Root CA (not Tenpay.com)"


class Pair(NamedTuple):
    """A private key and its certificate, both PEM; `serial` is 40 hexadecimal digits."""

    serial: str
    private_pem: str
    certificate_pem: str


def make_pair(common_name: str, moment: datetime) -> Pair:
    """Make a key of 2,048 bits and a certificate for it, valid for five years."""
    key = make_key()
    number = secrets.randbits(SERIAL_BITS) | 1 << (SERIAL_BITS - 1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(_name(common_name))
        .issuer_name(_name(ROOT))
        .public_key(key.public_key())
        .serial_number(number)
        .not_valid_before(moment - timedelta(minutes=5))
        .not_valid_after(moment + YEARS)
        .sign(key, SHA256())
    )
    pem = certificate.public_bytes(Encoding.PEM).decode()
    return Pair(f"{number:040X}", private_pem(key), pem)


def make_key() -> RSAPrivateKey:
    """Make a private key."""
    return generate_private_key(public_exponent=65537, key_size=BITS)


def private_pem(key: RSAPrivateKey) -> str:
    """Write a private key down (PKCS#8)."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_pem(key: RSAPrivateKey) -> str:
    """Write its public key down."""
    shown = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return shown.decode()


def read_private(pem: str) -> RSAPrivateKey:
    """Read a private key."""
    # The sandbox made it: looking for flaws would cost thirty milliseconds a key.
    key = load_pem_private_key(pem.encode(), None, unsafe_skip_rsa_key_validation=True)
    assert isinstance(key, RSAPrivateKey)
    return key


def read_public(certificate_pem: str) -> RSAPublicKey:
    """Read a certificate's public key."""
    key = x509.load_pem_x509_certificate(certificate_pem.encode()).public_key()
    assert isinstance(key, RSAPublicKey)
    return key


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Jishi WeChat sandbox"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )
