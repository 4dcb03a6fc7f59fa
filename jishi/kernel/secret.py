"""The market's secret: what it signs with. From JISHI_SECRET, or a file that it makes itself."""

import hmac
import os
import secrets
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

LENGTH_MIN = 32
"""Characters: a hexadecimal secret of that length has 128 bits."""

SIGNATURE_CHARACTERS = 32


class Secret:
    """Signs texts, each for a purpose, so that a signature for one serves no other."""

    def __init__(self, key: bytes) -> None:
        self.key = key

    def sign(self, purpose: str, text: str) -> str:
        """Give the signature of a text for a purpose."""
        said = f"{purpose}:{text}".encode()
        return hmac.new(self.key, said, sha256).hexdigest()[:SIGNATURE_CHARACTERS]

    def derive(self, purpose: str, text: str) -> bytes:
        """Give 32 bytes that nobody finds who does not have the secret: for whom it is, always."""
        return hmac.new(self.key, f"derive {purpose}:{text}".encode(), sha256).digest()

    def is_signed(self, purpose: str, text: str, signature: str) -> bool:
        """Tell whether we signed this text for this purpose."""
        # As bytes: comparing texts refuses letters beyond ASCII with an exception.
        return hmac.compare_digest(self.sign(purpose, text).encode(), signature.encode())


def read_secret() -> Secret:
    """Give the secret of this market; the first process that asks makes it."""
    given = os.environ.get("JISHI_SECRET", "")
    if given:
        if len(given) < LENGTH_MIN:
            raise SystemExit(f"JISHI_SECRET has fewer than {LENGTH_MIN} characters.")
        return Secret(given.encode())
    return Secret(_kept(Path(os.environ.get("JISHI_HOME", "jishi-data"), "secret")))


def _kept(file: Path) -> bytes:
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        # Written aside, then linked: of several processes one wins, and none reads half of it.
        aside = file.with_name(f"secret.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as opened:
            opened.write(secrets.token_hex(32))
            opened.flush()
            os.fsync(opened.fileno())
        with suppress(FileExistsError):
            os.link(aside, file)
        aside.unlink()
    key = file.read_bytes().strip()
    if len(key) < LENGTH_MIN:
        raise SystemExit(f"{file} is damaged: it has fewer than {LENGTH_MIN} characters.")
    return key
