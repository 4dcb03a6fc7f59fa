"""Chromium for the journeys: found, or installed where that can be done, or said why not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# The shell has no window to draw: a third of the work.
NAMES = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome",
    "google-chrome-stable",
)  # fmt: skip
FLAGS = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def chromium() -> str:
    """Give the browser's path; in CI there must be one."""
    found = _named() or _on_path() or _playwrights() or _installed()
    if found:
        return found
    reason = "no Chromium: set CHROMIUM, or install it (Debian: apt-get install chromium)"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def flags() -> list[str]:
    """Give the flags that a headless browser needs here; root has no sandbox."""
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS


def _named() -> str | None:
    named = os.environ.get("CHROMIUM")
    return named if named and Path(named).exists() else None


def _on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _playwrights() -> str | None:
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache/ms-playwright"))
    found = sorted(folder.glob("chromium-*/chrome-linux*/chrome")) if folder.exists() else []
    return str(found[-1]) if found else None


def _installed() -> str | None:
    """Install it: as root by Debian's packages, else by Playwright's own download."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        packages = "chromium-headless-shell fonts-noto-cjk"
        install = f"apt-get update -qq && apt-get install -qq -y --no-install-recommends {packages}"
        subprocess.run(["sh", "-c", install], capture_output=True, timeout=600, check=False)
        return _on_path()
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    subprocess.run(command, capture_output=True, timeout=600, check=False)
    return _playwrights()
