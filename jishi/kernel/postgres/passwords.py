"""Passwords: random, each in a file that its owner alone can read."""

import os
import secrets
import tempfile
from pathlib import Path


class NoPassword(Exception):
    """The file of a password is not there."""


def read(file: Path) -> str:
    """Give the password in this file."""
    try:
        return file.read_text().strip()
    except FileNotFoundError:
        raise NoPassword(f"{file} is missing: without it nobody may enter the database.") from None


def made(file: Path) -> str:
    """Give the password in this file; made if there is none, whole or not at all."""
    if not file.exists():
        descriptor, beside = tempfile.mkstemp(prefix=".pw-", dir=file.parent)
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_urlsafe(24))
            out.flush()
            os.fsync(out.fileno())
        Path(beside).replace(file)
    return read(file)
