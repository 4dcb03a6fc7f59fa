"""A key for each person: what is personal is sealed with it, and gone when it is destroyed.

The data key (AES-256-GCM, NIST SP 800-38D) lies wrapped by a key derived from the market's secret.
Each seal has a nonce of its own, and is bound to what it is of, so that none serves elsewhere.
"""

import hmac
import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jishi.kernel.secret import Secret

NONCE_BYTES, KEY_BYTES = 12, 32


def new_wrapped_key(secret: Secret, person_id: int) -> bytes:
    """Make a data key, and wrap it for the store."""
    return seal(_wrapping(secret, person_id), "key", secrets.token_bytes(KEY_BYTES))


def unwrap(secret: Secret, person_id: int, wrapped: bytes) -> bytes:
    """Give a person's data key."""
    return unseal(_wrapping(secret, person_id), "key", wrapped)


def seal(key: bytes, of: str, plain: bytes) -> bytes:
    """Seal what is personal; `of` says what it is."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, of.encode())


def unseal(key: bytes, of: str, sealed: bytes) -> bytes:
    """Open a seal; one of another key, or of something else, is a broken world."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], of.encode())
    except InvalidTag as error:
        raise ValueError("this was sealed with another key, or for something else") from error


def mark(key: bytes, of: str, plain: bytes) -> str:
    """Give what a sealed text is known again by, to whoever has the key and nobody else."""
    return hmac.new(key, of.encode() + b"\x00" + plain, sha256).hexdigest()


def _wrapping(secret: Secret, person_id: int) -> bytes:
    return secret.derive("person", str(person_id))
