"""A folder for homes that every user can pass through, as a newcomer's would be."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from jishi.kernel.postgres import free_space

SHARED = Path("/dev/shm")  # noqa: S108 - a folder of a random name is made in it
ROOMY = 2 * 1024**3
MEMORY = SHARED if SHARED.is_dir() and free_space(SHARED) > ROOMY else None
"""In memory, where there is room: making a cluster writes a thousand files."""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Lend a folder; pytest's own are closed to other users."""
    made = Path(tempfile.mkdtemp(prefix="jishi-homes-", dir=MEMORY)).resolve()
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)
