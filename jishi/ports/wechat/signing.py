"""The signatures of WeChat: RSA for Pay v3, SHA-1 for pushes and pages.

Sources: WeChat Pay v3, "Signature generation" and "Signature verification"; official accounts,
"Getting started" (push), "JS-SDK, appendix 1" (pages); mini programs, "Signature verification".
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from hashlib import sha1

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from msgspec import Struct

SCHEME = "WECHATPAY2-SHA256-RSA2048"
_PART = re.compile(r'(\w+)="([^"]*)"')
_HEADER_MAX = 2_048


class Authorization(Struct, frozen=True):
    """What a merchant's request says of itself; `timestamp` in seconds since 1970 (UTC)."""

    mchid: str
    nonce_str: str
    timestamp: int
    serial_no: str
    signature: str

    def header(self) -> str:
        """Give the value of the Authorization header."""
        return (
            f'{SCHEME} mchid="{self.mchid}",nonce_str="{self.nonce_str}",'
            f'timestamp="{self.timestamp}",serial_no="{self.serial_no}",'
            f'signature="{self.signature}"'
        )


def read_authorization(header: str) -> Authorization | None:
    """Read the header; none when it is not of this scheme or a part is missing or odd."""
    scheme, _, rest = header.partition(" ")
    if scheme != SCHEME or len(header) > _HEADER_MAX:
        return None
    parts = dict(_PART.findall(rest))
    timestamp = parts.pop("timestamp", "")
    if not (
        timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= len("1234567890") + 1
    ):
        return None
    try:
        return Authorization(timestamp=int(timestamp), **parts)
    except TypeError:
        return None


def request_message(method: str, target: str, timestamp: int, nonce: str, body: bytes) -> bytes:
    """Give what a request's signature is over; `target` is the path with its query, as sent."""
    return f"{method}\n{target}\n{timestamp}\n{nonce}\n".encode() + body + b"\n"


def answer_message(timestamp: str, nonce: str, body: bytes) -> bytes:
    """Give what the signature of an answer or a notification is over."""
    return f"{timestamp}\n{nonce}\n".encode() + body + b"\n"


def page_payment_message(appid: str, timestamp: str, nonce: str, package: str) -> bytes:
    """Give what `paySign` is over; `package` is `prepay_id=...` (for an app, the bare id)."""
    return f"{appid}\n{timestamp}\n{nonce}\n{package}\n".encode()


def sign(key: RSAPrivateKey, message: bytes) -> str:
    """Sign with SHA256withRSA; base64."""
    return b64encode(key.sign(message, PKCS1v15(), SHA256())).decode()


def is_signed(key: RSAPublicKey, message: bytes, signature: str) -> bool:
    """Tell whether the holder of the key signed exactly this."""
    try:
        key.verify(b64decode(signature, validate=True), message, PKCS1v15(), SHA256())
    except (InvalidSignature, NotBase64, ValueError):
        return False
    return True


def push_signature(token: str, timestamp: str, nonce: str, *encrypted: str) -> str:
    """Sign a push: SHA-1 of the sorted parts; in safe mode the encrypted text is one of them."""
    return _sha1("".join(sorted((token, timestamp, nonce, *encrypted))))


def page_signature(ticket: str, nonce: str, timestamp: int, url: str) -> str:
    """Sign a page for the JS-SDK; whatever follows `#` in its URL does not count."""
    page = url.partition("#")[0]
    return _sha1(f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={page}")


def raw_data_signature(raw_data: str, session_key: str) -> str:
    """Sign a mini program's raw user data with its session key."""
    return _sha1(raw_data + session_key)


def _sha1(text: str) -> str:
    return sha1(text.encode(), usedforsecurity=False).hexdigest()
