"""`jishi init` on an empty database, and `jishi staff`: each says what it did, and how to go on."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from jishi.cli import staff
from jishi.cli.connection import base_url
from jishi.cli.init import init
from tests.conftest import Cluster, on, run_as_owner

LINK = re.compile(r"/console/welcome/[0-9a-f]+\.[A-Za-z0-9_-]{43}")


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lend an empty database, named by the environment."""
    name, postgres = f"empty_{uuid4().hex}", on(Cluster.owner_url, "postgres")
    asyncio.run(run_as_owner(postgres, f"create database {name}"))
    monkeypatch.setenv("JISHI_DATABASE_URL", on(Cluster.login_url, name))
    monkeypatch.setenv("JISHI_DATABASE_OWNER_URL", on(Cluster.owner_url, name))
    monkeypatch.setenv("JISHI_URL", "https://market.example/")
    yield
    asyncio.run(run_as_owner(postgres, f"drop database {name} with (force)"))


@pytest.mark.usefixtures("empty")
def test_the_first_hour_at_the_machine(capsys: pytest.CaptureFixture[str]) -> None:
    def said() -> str:
        return capsys.readouterr().out

    init("我的小店", address="mine")
    first = said()
    assert "我的小店" in first
    assert "https://market.example/console/welcome/" in first
    init("我的小店", address="mine")
    again = said()
    assert LINK.findall(first) != LINK.findall(again), "until there is a password, a new link"
    staff.add("mei", "owner", shop="mine")
    assert LINK.search(said())
    for roles, shop in ((("owner",), ""), (("operator",), "mine"), (("owner",), "nowhere")):
        with pytest.raises(SystemExit):
            staff.add("lin", *roles, shop=shop)
        assert "Refused" in said()
    staff.reset("mei")
    assert LINK.search(said())
    with pytest.raises(SystemExit):
        staff.end("mei")
    assert "last_owner" in said()
    staff.add("hua", "owner", shop="mine")
    staff.end("mei")
    assert "stays out" in said()
    for command, name in ((staff.end, "mei"), (staff.end, "nobody"), (staff.reset, "nobody")):
        with pytest.raises(SystemExit):
            command(name)


def test_the_links_lead_to_the_market_that_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JISHI_URL", raising=False)
    assert base_url(tmp_path) == "http://127.0.0.1:8000"
    (tmp_path / "address").write_text("http://127.0.0.1:8765\n")
    assert base_url(tmp_path) == "http://127.0.0.1:8765"
    monkeypatch.setenv("JISHI_URL", "https://market.example/")
    assert base_url(tmp_path) == "https://market.example"
