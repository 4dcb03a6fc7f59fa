"""Any order in any words is taken, or refused with a code: the tables take whatever is taken."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sandbox.pay.shop import (
    APP,
    COMBINE,
    JSAPI,
    NATIVE,
    REFUNDS,
    Stage,
    a_sub_order,
    an_order,
    combined_orders,
    pay,
    play,
    query,
    refund_of,
)
from tests.sandbox.scene import Scene

FEW = settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=140)
ODD: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | TEXT | st.lists(TEXT, max_size=2)
)
NUMBERS = st.from_regex(r"[0-9A-Za-z_\-|*]{6,32}", fullmatch=True)
GOODS = st.fixed_dictionaries(
    {"merchant_goods_id": TEXT.filter(bool), "quantity": st.integers(1, 9),
     "unit_price": st.integers(0, 10**6)},
    optional={"goods_name": TEXT},
)  # fmt: skip
OPTIONAL: dict[str, st.SearchStrategy[Any]] = {
    "attach": TEXT,
    "goods_tag": TEXT,
    "time_expire": TEXT | st.datetimes().map(lambda at: at.isoformat(timespec="seconds") + "Z"),
    "limit_pay": st.lists(st.sampled_from(["no_balance", "no_credit", "no_debit", "cash"])),
    "support_fapiao": st.booleans() | ODD,
    "detail": st.fixed_dictionaries({}, optional={"goods_detail": st.lists(GOODS, max_size=3)}),
    "scene_info": st.fixed_dictionaries({}, optional={"device_id": TEXT}),
    "settle_info": st.fixed_dictionaries({}, optional={"profit_sharing": st.booleans() | ODD}),
    "amount": st.fixed_dictionaries({"total": st.integers(-1, 2 * 10**9)}) | ODD,
    "description": TEXT,
    "notify_url": TEXT.map(lambda text: f"http://a.test/{text}"),
}
ORDERS = st.fixed_dictionaries({"out_trade_no": NUMBERS}, optional=OPTIONAL)


@FEW
@given(asked=st.lists(st.tuples(st.sampled_from([JSAPI, NATIVE, APP]), ORDERS), max_size=8))
def test_what_is_accepted_is_kept_and_nothing_crashes(
    pay_stage: Stage, asked: list[tuple[str, dict[str, Any]]]
) -> None:
    async def scene(scene: Scene) -> None:
        for way, changed in asked:
            body = an_order(scene, **changed)
            if way != JSAPI:
                body.pop("payer")
            answer = scene.verified(await scene.signed("POST", way, body))
            assert answer.status_code in {200, 400}, answer.text
            if answer.status_code == 400:
                codes = {"PARAM_ERROR", "INVALID_REQUEST", "ORDER_CLOSED", "ORDER_PAID"}
                assert answer.json()["code"] in codes, answer.text
                continue
            shown = (await query(scene, body["out_trade_no"].replace("|", "%7C"))).json()
            assert shown["amount"]["total"] == body["amount"]["total"]
            again = await scene.signed("POST", way, body)
            assert again.json() == answer.json()

    play(pay_stage, scene, is_swept=False)


@FEW
@given(
    totals=st.lists(st.integers(0, 10**9 + 1), max_size=12),
    attaches=st.lists(TEXT, min_size=12, max_size=12),
)
def test_combinations_are_taken_whole_or_not_at_all(
    pay_stage: Stage, totals: list[int], attaches: list[str]
) -> None:
    async def scene(scene: Scene) -> None:
        subs = [
            a_sub_order(scene, place % 3, total, attach=attach)
            for place, (total, attach) in enumerate(zip(totals, attaches, strict=False))
        ]
        body = combined_orders(scene, sub_orders=subs)
        answer = await scene.signed("POST", f"{COMBINE}/jsapi", body)
        assert answer.status_code in {200, 400}, answer.text
        for sub in subs:
            shown = await query(scene, sub["out_trade_no"])
            if sub["mchid"] == scene.merchant.mchid:
                assert shown.status_code == (200 if answer.status_code == 200 else 404)

    play(pay_stage, scene, is_swept=False)


@FEW
@given(parts=st.lists(st.integers(-5, 700), min_size=1, max_size=8), reason=TEXT)
def test_refunds_never_give_back_more_than_was_paid(
    pay_stage: Stage, parts: list[int], reason: str
) -> None:
    async def scene(scene: Scene) -> None:
        order = an_order(scene)
        answer = await scene.signed("POST", JSAPI, order)
        await pay(scene, prepay_id=answer.json()["prepay_id"])
        given_back = 0
        for part in parts:
            body = refund_of(order["out_trade_no"], part, 1_299, reason=reason)
            answer = await scene.signed("POST", REFUNDS, body)
            assert answer.status_code in {200, 400}, answer.text
            given_back += part if answer.status_code == 200 else 0
        shown = await scene.control("GET", "/sandbox/orders")
        assert shown["orders"][0]["refunded_fen"] == given_back <= 1_299

    play(pay_stage, scene, is_swept=False)
