"""Seals a secret of an account so that the database alone does not give it away.

AES-256-GCM (NIST SP 800-38D) under a key derived from the account's secret by HKDF (RFC 5869).
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES, NONCE_BYTES = 32, 12


class Safe:
    """Seals texts for one purpose; what was sealed for another does not open."""

    def __init__(self, secret: str, purpose: str) -> None:
        self.purpose = purpose.encode()
        derived = HKDF(SHA256(), KEY_BYTES, None, b"jishi.ports " + self.purpose)
        self.cipher = AESGCM(derived.derive(secret.encode()))

    def sealed(self, text: str) -> bytes:
        """Seal a text: 12 random bytes, then what they sealed."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self.cipher.encrypt(nonce, text.encode(), self.purpose)

    def opened(self, sealed: bytes) -> str | None:
        """Open a text; none when there is none, or it was sealed under another secret."""
        try:
            nonce, shut = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
            return self.cipher.decrypt(nonce, shut, self.purpose).decode()
        except (InvalidTag, ValueError):
            return None
