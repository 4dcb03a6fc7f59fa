"""Webhooks by the API."""

import pytest

from jishi import webhooks
from tests.web.api.conftest import Program

URL = "https://example.com/told"


@pytest.fixture(autouse=True)
def _nothing_cached() -> None:
    webhooks.secret_of.cache_clear()


def test_a_webhook_is_added_listed_replayed_and_removed(program: Program) -> None:
    body = {"url": URL, "kinds": ["order.paid"]}
    answers = [program.post("/webhooks", body, "one") for _ in range(2)]
    added = answers[0].json()
    assert [each.status_code for each in answers] == [201, 201]
    assert added == answers[1].json(), "asked twice it is one webhook with one secret"
    assert added["secret"].startswith("whsec_")
    (listed,) = program.get("/webhooks").json()["items"]
    assert (listed["webhook"], listed["url"]) == (added["webhook"], URL)
    assert added["secret"] not in program.get("/webhooks").text
    path = f"/webhooks/{added['webhook']}"
    assert program.post(f"{path}/replay", {"from_number": 1}).json() == {"from_number": 1}
    assert program.get(f"{path}/deliveries").json() == {"items": []}
    headers = {"authorization": f"Bearer {program.token}", "idempotency-key": "gone"}
    assert program.client.delete(f"/api/v1{path}", headers=headers).status_code == 204
    assert program.get("/webhooks").json() == {"items": []}
    assert program.get(f"{path}/deliveries").json()["reason"] == "webhook_unknown"


def test_an_address_inside_is_refused(program: Program) -> None:
    for url in ("http://127.0.0.1/", "http://169.254.169.254/latest", "file:///etc/passwd"):
        refused = program.post("/webhooks", {"url": url, "kinds": ["order.paid"]})
        assert refused.status_code == 409
        assert refused.json()["reason"] == "webhook_url_out_of_bounds"
