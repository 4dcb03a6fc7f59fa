"""The first run: at the machine, once, from nothing to a shop on trial and its operator inside."""

import asyncio
from collections.abc import Iterator

import pytest
from litestar.testing import TestClient

from jishi.kernel import Market
from tests.web.console.desk import PASSWORD
from tests.web.pages import app_of
from tests.web.reader import ORIGIN, Reader, count, fields, words

SHOPS = "select count(*) from goods.shops where $1::bigint is not null"
FORM = {"shop": "青石茶行", "address": "qingshi", "store": "总店", "operator": "Mei"}


@pytest.fixture
def empty(
    fresh_database: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Reader, str]]:
    """Lend a browser at the machine itself, before an empty market; and the owner's URL."""
    login_url, owner_url = fresh_database
    monkeypatch.setenv("JISHI_SECRET", "a secret of tests, longer than it must be")
    monkeypatch.setenv("JISHI_OPERATIONS", "open")
    app = app_of(Market(login_url, is_working=False))
    with TestClient(app, base_url=ORIGIN) as client:
        yield Reader(client), owner_url


def test_from_nothing_to_a_shop_on_trial(empty: tuple[Reader, str]) -> None:
    reader, owner_url = empty
    assert reader.get("/console/sign-in").headers["location"] == "/first-run"
    page = reader.get("/first-run")
    token = fields(page.text)["form"]
    for wrong, said in (
        ({"operator": "梅"}, "登录名"), ({"address": "a b"}, "网址"), ({"shop": ""}, "名称"),
    ):  # fmt: skip
        answer = reader.post("/first-run", {**FORM, **wrong, "form": token})
        assert answer.status_code in {409, 422}
        assert said in words(answer.text)
        assert asyncio.run(count(owner_url, SHOPS, 0)) == 0
    begun = reader.post("/first-run", {**FORM, "form": token})
    assert begun.status_code == 303
    welcome = begun.headers["location"]
    form = fields(reader.get(welcome).text)
    assert form["username"] == "mei"
    entered = reader.post(welcome, {**form, "password": PASSWORD, "again": PASSWORD})
    assert entered.headers["location"] == "/console"
    assert "青石茶行" in words(reader.get("/console/shops").text)
    assert reader.get("/first-run").status_code == 404, "once"
    assert reader.post("/first-run", {**FORM, "form": token}).status_code == 404
    assert "试营业" in words(reader.get("/shops/qingshi/about").text)


def test_from_elsewhere_it_is_not_there(
    fresh_database: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JISHI_SECRET", "a secret of tests, longer than it must be")
    app = app_of(Market(fresh_database[0], is_working=False))
    with TestClient(app, base_url=ORIGIN) as client:
        reader = Reader(client)
        assert reader.get("/first-run").status_code == 404
        assert reader.get("/console/sign-in").status_code == 200
        form = fields(reader.get("/console/sign-in").text)
        assert reader.post("/first-run", {**FORM, "form": form["form"]}).status_code == 404
