"""`jishi api-key`: issued and shown once, listed without its secret, revoked."""

import asyncio
import os
import subprocess
import sys

import pytest

from jishi import access
from jishi.kernel import new_id
from tests.shops import seed_shops


def run(url: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command at a server."""
    return subprocess.run(
        [sys.executable, "-m", "jishi.cli", "api-key", *words],
        env={**os.environ, "JISHI_DATABASE_URL": url}, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture
def shop(owner_url: str) -> str:
    """Give a shop of the test's own."""
    book = new_id() >> 20
    asyncio.run(seed_shops(owner_url, book))
    return f"shop-{book}"


def test_a_key_is_issued_listed_and_revoked(database_url: str, shop: str) -> None:
    issued = run(database_url, "issue", shop, "warehouse", "goods:read", "stock:write")
    assert issued.returncode == 0, issued.stderr
    named = access.rules.read(issued.stdout.strip())
    assert named is not None
    listed = run(database_url, "list", shop).stdout
    assert "warehouse" in listed
    assert "in use" in listed
    assert issued.stdout.strip() not in listed
    assert run(database_url, "revoke", shop, str(named.key_id)).returncode == 0
    assert "revoked" in run(database_url, "list", shop).stdout
    again = run(database_url, "revoke", shop, str(named.key_id))
    assert again.returncode == 1
    assert "revoked already" in again.stdout


def test_what_may_not_be_is_said(database_url: str, shop: str) -> None:
    for words in (("issue", shop, "x", "everything"), ("issue", "nowhere", "x", "goods:read")):
        refused = run(database_url, *words)
        assert refused.returncode == 1
        assert "Traceback" not in refused.stderr
        assert refused.stdout
