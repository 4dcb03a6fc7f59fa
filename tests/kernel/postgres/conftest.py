"""A folder for homes that every user can pass through, as a newcomer's would be."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def folder() -> Iterator[Path]:
    """Lend a folder; pytest's own are closed to other users."""
    made = Path(tempfile.mkdtemp(prefix="jishi-homes-")).resolve()
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)
