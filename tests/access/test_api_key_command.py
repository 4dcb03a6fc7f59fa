"""`jishi api-key`: issued and shown once, listed without its secret, revoked."""

import asyncio

import pytest

from jishi import access
from jishi.cli.api_key import issue, list_, revoke
from jishi.kernel import new_id
from tests.shops import seed_shops


@pytest.fixture
def shop(owner_url: str, database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a shop of the test's own, on the server that the environment names."""
    monkeypatch.setenv("JISHI_DATABASE_URL", database_url)
    book = new_id() >> 20
    asyncio.run(seed_shops(owner_url, book))
    return f"shop-{book}"


def test_a_key_is_issued_listed_and_revoked(shop: str, capsys: pytest.CaptureFixture[str]) -> None:
    def said() -> str:
        return capsys.readouterr().out

    issue(shop, "warehouse", "goods:read", "stock:write")
    issued = said().strip()
    named = access.rules.read(issued)
    assert named is not None
    list_(shop)
    listed = said()
    assert "warehouse" in listed
    assert "in use" in listed
    assert issued not in listed
    revoke(shop, named.key_id)
    said()
    list_(shop)
    assert "revoked" in said()
    with pytest.raises(SystemExit):
        revoke(shop, named.key_id)
    assert "revoked already" in said()


@pytest.mark.parametrize(
    ("where", "scope", "why"),
    [
        ("", "everything", "one that is unknown"),
        ("nowhere", "goods:read", "There is no shop nowhere"),
    ],
)
def test_what_may_not_be_is_said(
    shop: str, capsys: pytest.CaptureFixture[str], where: str, scope: str, why: str
) -> None:
    with pytest.raises(SystemExit):
        issue(where or shop, "x", scope)
    assert why in capsys.readouterr().out
