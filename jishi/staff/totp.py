"""The second step at sign-in: six digits that change every half minute (TOTP, RFC 6238).

The secret is sealed with a key that the market derives for each member; of recovery codes only
digests are kept, each of 80 random bits, so that none can be guessed from its digest.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from hmac import compare_digest

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jishi.kernel.secret import Secret
from jishi.staff import rules

ISSUER = "Jishi"
STEP_SECONDS = 30
STEPS_AROUND = (-1, 0, 1)
"""A clock may be wrong by a step, and a code may be typed slowly."""

RECOVERY_CODES = 10
RECOVERY_BYTES = 10
NONCE_BYTES = 12
SECRET_CHARACTERS = 32


def new_secret() -> str:
    """Make a secret of 160 bits, as RFC 4226 wants it, in base32."""
    return pyotp.random_base32(SECRET_CHARACTERS)


def is_secret(secret: str) -> bool:
    """Tell whether this is a secret that we may have made."""
    return len(secret) == SECRET_CHARACTERS and set(secret) <= set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    )


def address(secret: str, name: str) -> str:
    """Give what an authenticator reads from a picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def step_of(secret: str, code: str, now: datetime) -> int:
    """Give the step whose code this is; 0 if it is none of now."""
    totp, current = pyotp.TOTP(secret), int(now.timestamp()) // STEP_SECONDS
    found = 0
    for around in STEPS_AROUND:
        is_right = compare_digest(totp.generate_otp(current + around).encode(), code.encode())
        found = current + around if is_right else found
    return found


def new_recovery_codes() -> list[str]:
    """Make the codes that let a member in without his authenticator, each once."""
    return [secrets.token_hex(RECOVERY_BYTES) for _ in range(RECOVERY_CODES)]


def recovery_digest(code: str) -> str:
    """Give what is kept of a recovery code, however it was typed."""
    return rules.digest("".join(each for each in code.lower() if each.isalnum()))


def seal(key: bytes, staff_id: int, secret: str) -> bytes:
    """Seal a secret for a member."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, secret.encode(), str(staff_id).encode())


def keys_of(secret: Secret, staff_id: int) -> list[bytes]:
    """Give the keys that may seal a member's secret: the first seals, any of them opens."""
    return secret.wrapping("totp", str(staff_id))


def unseal_any(keys: Sequence[bytes], staff_id: int, sealed: bytes) -> str:
    """Give the secret by whichever key opens it; nothing where none does."""
    return next(filter(None, (unseal(key, staff_id, sealed) for key in keys)), "")


def unseal(key: bytes, staff_id: int, sealed: bytes) -> str:
    """Give the secret; nothing where it was sealed by another key, or for somebody else."""
    nonce, kept = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, kept, str(staff_id).encode()).decode()
    except InvalidTag:
        return ""
