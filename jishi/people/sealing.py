"""A key for each person: what is personal is sealed with it, and gone when it is destroyed.

The data key (AES-256-GCM, NIST SP 800-38D) lies wrapped by a key derived from the market's newest.
Each seal has a nonce of its own, and is bound to what it is of, so that none serves elsewhere.
"""

import hmac
import secrets
from contextlib import suppress
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jishi.kernel.secret import Secret

NONCE_BYTES, KEY_BYTES = 12, 32


def new_wrapped_key(secret: Secret, person_id: int) -> bytes:
    """Make a data key, and wrap it for the store."""
    return seal(_wrapping(secret, person_id)[0], "key", secrets.token_bytes(KEY_BYTES))


def unwrap(secret: Secret, person_id: int, wrapped: bytes) -> bytes:
    """Give a person's data key, whichever of the market's keys wraps it."""
    *newer, oldest = _wrapping(secret, person_id)
    for key in newer:
        with suppress(ValueError):
            return unseal(key, "key", wrapped)
    return unseal(oldest, "key", wrapped)


def rewrapped(secret: Secret, person_id: int, wrapped: bytes) -> bytes | None:
    """Give a person's data key, wrapped by the market's newest key; none when it is."""
    newest = _wrapping(secret, person_id)[0]
    with suppress(ValueError):
        unseal(newest, "key", wrapped)
        return None
    return seal(newest, "key", unwrap(secret, person_id, wrapped))


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


def _wrapping(secret: Secret, person_id: int) -> list[bytes]:
    return secret.wrapping("person", str(person_id))
