"""Health: alive, ready or why not, and counts without persons."""

import asyncio

import pytest

from tests.web.reader import Reader, change, product_path


def test_a_ready_market_says_so(reader: Reader) -> None:
    assert reader.get("/healthz").text == "alive\n"
    answer = reader.get("/readyz")
    assert (answer.status_code, answer.text) == (200, "ready\n")


def test_work_that_stopped_itself_is_told_to_whoever_runs_it(
    reader: Reader, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    brake = "insert into kernel.schedules (name, brake, braked_at) values ('test', 'why', now())"
    asyncio.run(change(owner_url, (brake, [])))
    try:
        answer = reader.get("/readyz")
        assert (answer.status_code, answer.text) == (503, "not ready\n")
        monkeypatch.setenv("JISHI_OPERATIONS", "open")
        assert reader.get("/readyz").text == "braked: test (why)\n"
    finally:
        asyncio.run(change(owner_url, ("delete from kernel.schedules where name = 'test'", [])))


def test_a_market_without_its_database_is_alive_but_not_ready(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = reader.client.app.state["house"].market.database
    monkeypatch.setattr(database, "url", "postgresql://127.0.0.1:1/none")
    assert reader.get("/readyz").status_code == 503
    assert reader.get("/healthz").status_code == 200


def test_the_counts_are_by_route_and_hold_no_address(
    reader: Reader, book: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JISHI_OPERATIONS", "open")
    reader.get(product_path(book))
    reader.get("/nowhere/13900000001")
    text = reader.get("/metrics").text
    assert 'route="/shops/{shop}/products/{product}",status="200"} 1' in text
    assert 'route="unrouted",status="404"} 1' in text
    assert str(book) not in text
    assert "13900000001" not in text
    assert "jishi_request_seconds_count" in text
    assert "jishi_market_tills" in text
