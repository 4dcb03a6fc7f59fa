"""A WeChat for all tests of signing in, and a reader inside it."""

import asyncio
from collections.abc import Iterator

import pytest
from litestar.testing import TestClient

from jishi.kernel import Market
from tests.conftest import Cluster, clone, on
from tests.sandbox.scene import a_running_sandbox
from tests.web.pages import app_of
from tests.web.reader import Reader
from tests.web.wechat import WECHAT, account_of


@pytest.fixture(scope="session")
def wechat() -> Iterator[str]:
    """Lend a WeChat."""
    with asyncio.Runner() as runner:
        lent = clone()
        with a_running_sandbox(on(Cluster.login_url, runner.run(lent.__aenter__()))) as base:
            account_of(base)
            yield base
        runner.run(lent.__aexit__(None, None, None))


@pytest.fixture
def reader(database_url: str, wechat: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    """Lend a reader inside WeChat."""
    monkeypatch.setenv("JISHI_SECRET", "a secret of tests, longer than it must be")
    monkeypatch.setenv("JISHI_WECHAT", wechat)
    app = app_of(Market(database_url, is_working=False))
    with TestClient(app, base_url="http://market.example") as client:
        client.headers["user-agent"] = WECHAT
        yield Reader(client)
