"""Goods by the API: read by cursor, priced and adjusted once for each key."""

import pytest

from tests.web.api.conftest import Program

ADJUST = "/skus/T1/adjustments"


def test_a_shop_and_its_products_are_read_by_cursor(program: Program) -> None:
    assert program.get("/shop").json()["shop"] == f"shop-{program.book}"
    first = program.get("/products?limit=3").json()
    second = program.get(f"/products?limit=3&cursor={first['next']}").json()
    assert second["next"] is None
    codes = [sku["code"] for page in (first, second) for item in page["items"]
             for sku in item["skus"]]  # fmt: skip
    assert codes == ["T5", "T4", "T3", "T2", "T1"]
    one = first["items"][0]
    assert program.get(f"/products/{one['product']}").json() == one


def test_a_product_of_another_shop_is_not_there(program: Program) -> None:
    answer = program.get(f"/products/product-{program.book + 1}-1")
    assert answer.status_code == 404


def test_a_price_is_set_once_for_a_key(program: Program) -> None:
    body = {"price_fen": 1_500, "compare_fen": None}
    answers = [program.post("/skus/T1/price", body, "monday") for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 200]
    assert answers[0].json() == answers[1].json() == body
    again = program.post("/skus/T1/price", {"price_fen": 9}, "monday")
    assert again.status_code == 409
    assert again.json()["reason"] == "key_reused"
    product = program.get(f"/products/product-{program.book}-1").json()
    assert product["skus"][0]["price_fen"] == 1_500


def test_stock_is_adjusted_and_never_below_nothing(program: Program) -> None:
    assert program.post("/skus/T2/adjustments", {"quantity": -4, "reason": "破损"}).is_success
    refused = program.post("/skus/T2/adjustments", {"quantity": -7, "reason": "盘亏"})
    assert refused.status_code == 409
    assert refused.json()["reason"] == "stock_too_low"
    assert refused.json()["values"] == {"free": 6}
    product = program.get(f"/products/product-{program.book}-2").json()
    assert product["skus"][0]["free"] == 6


@pytest.mark.parametrize(
    ("path", "body", "key", "status", "reason"),
    [
        ("/skus/T1/price", {"price_fen": -1}, "a", 409, "price_out_of_bounds"),
        ("/skus/T1/price", {"price_fen": 1.5}, "a", 400, "malformed"),
        ("/skus/T1/price", {"price_fen": 1, "more": 1}, "a", 400, "malformed"),
        ("/skus/T1/price", {"price_fen": 2**70}, "a", 409, "price_out_of_bounds"),
        ("/skus/none/price", {"price_fen": 1}, "a", 404, "sku_unknown"),
        ("/skus/T1/price", {"price_fen": 1}, "\t", 400, "idempotency_key_missing"),
        ("/skus/T1/price", {"price_fen": 1}, "k" * 129, 400, "idempotency_key_missing"),
        (ADJUST, {"quantity": 0, "reason": "x"}, "a", 409, "quantity_out_of_bounds"),
        (ADJUST, {"quantity": 1, "reason": "\x00"}, "a", 409, "reason_out_of_bounds"),
    ],
)  # fmt: skip
def test_what_may_not_be_changes_nothing_and_says_why(
    program: Program, path: str, body: dict[str, object], key: str, status: int, reason: str
) -> None:
    before = program.get("/products").json()
    answer = program.post(path, body, key)
    assert (answer.status_code, answer.json()["reason"]) == (status, reason), answer.text
    assert answer.json()["title"]
    assert program.get("/products").json() == before


def test_a_problem_is_told_in_the_callers_language(program: Program) -> None:
    asked = {"accept-language": "en"}
    answer = program.post("/skus/T1/price", {"price_fen": -1}, **asked)
    assert answer.headers["content-language"] == "en"
    assert answer.json()["title"].isascii()
