"""The market opens without its extras: what only some need is not in everybody's way."""

import subprocess
import sys

import pytest

EXTRAS = ("duckdb", "ibis", "numba", "numpy", "pyarrow", "reportlab", "scipy")


def importing(module: str, *missing: str) -> subprocess.CompletedProcess[str]:
    """Import a module where some packages are not there."""
    code = f"import sys; sys.modules.update(dict.fromkeys({missing!r})); import {module}"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("module", ["jishi.app", "jishi.cli.__main__", "jishi.objections"])
def test_it_is_imported_without_the_extras(module: str) -> None:
    done = importing(module, *EXTRAS)
    assert done.returncode == 0, done.stderr


def test_what_needs_them_says_so() -> None:
    """The control: an estimator does not import without them."""
    assert "ModuleNotFoundError" in importing("jishi.gauges.means", *EXTRAS).stderr
