"""The market's secret: what it signs with. From JISHI_SECRET, or a file that it makes itself.

Keys of persons lie wrapped under keys of their own kind, in the file `data-keys`, once they were
changed: one a line, the newest first; until all is wrapped by the newest the older ones stay.
"""

import hmac
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

LENGTH_MIN = 32
"""Characters: a hexadecimal secret of that length has 128 bits."""

SIGNATURE_CHARACTERS = 32
DATA_KEYS, ITSELF = "data-keys", "secret"
"""The file of keys that wrap others, and the word in it for the market's secret itself."""


class Secret:
    """Signs texts, each for a purpose, so that a signature for one serves no other."""

    def __init__(self, key: bytes, data_keys: Sequence[bytes] = ()) -> None:
        self.key, self.data_keys = key, tuple(data_keys) or (key,)

    def sign(self, purpose: str, text: str) -> str:
        """Give the signature of a text for a purpose."""
        said = f"{purpose}:{text}".encode()
        return hmac.new(self.key, said, sha256).hexdigest()[:SIGNATURE_CHARACTERS]

    def derive(self, purpose: str, text: str) -> bytes:
        """Give 32 bytes that nobody finds who does not have the secret: for whom it is, always."""
        return hmac.new(self.key, f"derive {purpose}:{text}".encode(), sha256).digest()

    def wrapping(self, purpose: str, text: str) -> list[bytes]:
        """Give the keys that may wrap another: the first wraps, any of them unwraps."""
        said = f"derive {purpose}:{text}".encode()
        return [hmac.new(key, said, sha256).digest() for key in self.data_keys]

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
        return with_data_keys(given.encode(), home())
    return with_data_keys(_kept(home() / "secret"), home())


def home() -> Path:
    """Give the folder of this market's data."""
    return Path(os.environ.get("JISHI_HOME", "jishi-data"))


def with_data_keys(key: bytes, folder: Path) -> Secret:
    """Give the secret with the keys that wrap others; without a file of them it does so itself."""
    file = folder / DATA_KEYS
    lines = file.read_text().split() if file.exists() else []
    if any(line != ITSELF and len(line) < LENGTH_MIN for line in lines):
        raise SystemExit(f"{file} is damaged: it has a key of fewer than {LENGTH_MIN} characters.")
    return Secret(key, [key if line == ITSELF else line.encode() for line in lines])


def begin_data_key(folder: Path) -> bool:
    """Put a new key before those that wrap others; tell whether one was begun before."""
    file = folder / DATA_KEYS
    lines = file.read_text().split() if file.exists() else [ITSELF]
    if len(lines) > 1:
        return True
    _replace(file, [secrets.token_hex(32), *lines])
    return False


def end_data_key(folder: Path) -> None:
    """Let the older keys go: whatever they wrapped is wrapped by the newest."""
    file = folder / DATA_KEYS
    _replace(file, file.read_text().split()[:1])


def _replace(file: Path, lines: Sequence[str]) -> None:
    _aside(file, "\n".join(lines) + "\n").replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _aside(file: Path, text: str) -> Path:
    """Write a file that only its owner reads, beside the one that it is to become."""
    aside = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    return aside


def _kept(file: Path) -> bytes:
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        # Written aside, then linked: of several processes one wins, and none reads half of it.
        aside = _aside(file, secrets.token_hex(32))
        with suppress(FileExistsError):
            os.link(aside, file)
        aside.unlink()
    key = file.read_bytes().strip()
    if len(key) < LENGTH_MIN:
        raise SystemExit(f"{file} is damaged: it has fewer than {LENGTH_MIN} characters.")
    return key
