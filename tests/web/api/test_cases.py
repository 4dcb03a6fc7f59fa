"""After-sale by the API: a shop's program agrees, refuses, and counts what came back."""

import asyncio
from collections.abc import Callable
from uuid import uuid4

import pytest

from jishi import after_sale
from jishi.kernel import Market, Request
from tests.after_sale.scene import paid
from tests.conftest import opened
from tests.trade.orders import BUYER
from tests.web.api.conftest import Program

Case = tuple[str, int]
Open = Callable[..., Case]


@pytest.fixture
def opening(program: Program, database_url: str, owner_url: str) -> Open:
    """Lend the opening of a case in a shop of its own, whose program this becomes."""

    def open_one(kind: str = "refund_only", stands: str = "shipped") -> Case:
        async def scene() -> tuple[int, int, str]:
            async with paid(database_url, owner_url) as on:
                await on.stands(stands)
                case_id = await on.case(kind, reason="damaged")
                public_id = await on.owner.fetchval(
                    "select public_id from after_sale.cases where case_id = $1", case_id
                )
                return on.book, case_id, str(public_id)

        program.book, case_id, case = asyncio.run(scene())
        program.token = program.key("after_sale:read", "after_sale:write")
        return f"/cases/{case}", case_id

    return open_one


def test_a_case_is_listed_and_agreed_to_once(program: Program, opening: Open) -> None:
    path, case_id = opening()
    (listed,) = program.get("/cases?state=seller_review").json()["items"]
    assert listed == program.get(path).json()
    assert (listed["case_id"], listed["kind"], listed["parcels"]) == (case_id, "refund_only", [])
    assert not {"story", "buyer_id"} & set(listed)
    assert program.get("/cases?state=done").json() == {"items": [], "next": None}
    answers = [program.post(f"{path}/agreement", {}, "one") for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["state"] == "refunding"
    late = program.post(f"{path}/refusal", {"note": "too late"})
    assert (late.status_code, late.json()["reason"]) == (409, "case_elsewhere")


def test_a_refusal_says_why(program: Program, opening: Open) -> None:
    path, _ = opening()
    silent = program.post(f"{path}/refusal", {})
    assert (silent.status_code, silent.json()["reason"]) == (409, "text_out_of_bounds")
    said = program.post(f"{path}/refusal", {"note": "照片看不出破损"})
    assert said.json()["state"] == program.get(path).json()["state"] == "seller_rejected"


@pytest.mark.parametrize(
    ("kind", "deed", "body", "state"),
    [
        ("return_and_refund", "inspection", {"good": 1, "damaged": 0}, "refunding"),
        ("return_and_refund", "goods-refusal", {"note": "不是我们的"}, "seller_refused_goods"),
        ("exchange", "inspection", {"good": 0, "damaged": 1}, "exchange_shipping"),
    ],
)
def test_what_came_back_is_inspected(
    program: Program, opening: Open, kind: str, deed: str, body: dict[str, object], state: str
) -> None:
    path, case_id = opening(kind)
    assert program.post(f"{path}/agreement", {}).json()["state"] == "buyer_to_return"
    asyncio.run(
        ask(
            program,
            after_sale.SendBack(
                key=uuid4(), book=program.book, actor_id=BUYER, case_id=case_id, carrier="SF",
                tracking_number="SF7654321",
            ),
        )
    )  # fmt: skip
    (back,) = program.get(path).json()["parcels"]
    assert back == {"sender": "buyer", "carrier": "SF", "tracking_number": "SF7654321"}
    many = program.post(f"{path}/inspection", {"good": 10**30, "damaged": 0})
    assert (many.status_code, many.json()["reason"]) == (409, "count_out_of_bounds")
    assert program.post(f"{path}/{deed}", body).json()["state"] == state
    if state == "exchange_shipping":
        sent = {"carrier": "ZTO", "tracking_number": "ZT1234567"}
        assert program.post(f"{path}/replacement", sent).json()["state"] == state
        again = program.post(f"{path}/replacement", sent)
        assert again.json()["reason"] == "case_elsewhere"


def test_nobody_leads_another_shops_case(
    program: Program, opening: Open, database_url: str
) -> None:
    elsewhere = program.book
    path, _ = opening()
    reader = program.key("after_sale:read")
    refused = program.post(f"{path}/agreement", {}, authorization=f"Bearer {reader}")
    assert (refused.status_code, refused.json()["reason"]) == (403, "scope_missing")
    stranger = Program(program.client, database_url, elsewhere)
    assert stranger.get(path).status_code == 404
    for deed in ("agreement", "refusal", "goods-refusal"):
        answer = stranger.post(f"{path}/{deed}", {"note": "x"})
        assert (answer.status_code, answer.json()["reason"]) == (404, "case_unknown")
    assert program.get(path).json()["state"] == "seller_review"


async def ask(program: Program, request: Request) -> None:
    """Ask as somebody else."""
    async with opened(program.url) as market:
        assert isinstance(market, Market)
        answer = await market.ask(request)
        assert hasattr(answer, "subject_id"), answer
