"""Combined orders: all or nothing, told once, each its merchant's own afterwards."""

from typing import Any

import pytest

from jishi.sandbox.pay import links
from tests.ports.wechat import openapi
from tests.sandbox.pay.shop import (
    COMBINE,
    JSAPI,
    REFUNDS,
    Receiver,
    Stage,
    a_sub_order,
    an_order,
    combined,
    combined_orders,
    everything,
    number,
    pay,
    play,
    prepaid,
    purse,
    query,
    refund_of,
    refusal,
    set_purse,
    told,
)
from tests.sandbox.scene import Scene, opened_notice

BAD = (400, "PARAM_ERROR", 268435461)
EXTRA = (400, "PARAM_ERROR", 270924358)
REENTRY = (400, "INVALID_REQUEST", 268498688)
NO_ORDER = (404, "ORDER_NOT_EXIST", 268512771)
H5_SCENE = {"payer_client_ip": "1.1.1.1", "h5_info": {"type": "iOS"}}


async def asked(scene: Scene, body: dict[str, Any]) -> Any:
    """Ask for a combination."""
    path = f"{COMBINE}/out-trade-no/{body['combine_out_trade_no']}"
    answer = scene.verified(await scene.signed("GET", path))
    assert answer.status_code == 200, answer.text
    assert list(openapi.faults_of_answer("GET", path, 200, answer.content)) == []
    return answer.json()


def test_each_way_gives_what_its_payer_begins_with(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        for way, more, name in (
            ("jsapi", {}, "prepay_id"),
            ("native", {"combine_payer_info": None}, "code_url"),
            ("h5", {"combine_payer_info": None, "scene_info": H5_SCENE}, "h5_url"),
            ("app", {"combine_payer_info": None}, "prepay_id"),
        ):
            path, body = f"{COMBINE}/{way}", combined_orders(scene, **more)
            answer = await scene.signed("POST", path, body)
            assert answer.status_code == 200, answer.text
            assert list(openapi.faults_of_answer("POST", path, 200, answer.content)) == []
            given = answer.json()[name]
            found = links.by_code(given) or links.by_h5(given) or given
            bill = await scene.control("GET", f"/sandbox/bills/{found}")
            assert bill["kind"] == "combine"
            assert (bill["payee"], bill["total_fen"]) == (scene.merchant.name, 800)
            assert [sub["payee"] for sub in bill["sub_orders"]] == [
                merchant.name for merchant in scene.merchants[:2]
            ]

    play(pay_stage, scene)


def test_it_is_paid_at_once_and_told_once(pay_stage: Stage) -> None:
    receiver = Receiver()

    async def scene(scene: Scene) -> None:
        body = combined_orders(scene, scene_info={"payer_client_ip": "1.1.1.1", "device_id": "P1"})
        before_any = await purse(scene)
        prepay_id = await combined(scene, body)
        before = await asked(scene, body)
        assert [sub["trade_state"] for sub in before["sub_orders"]] == ["NOTPAY", "NOTPAY"]
        answer = await pay(scene, prepay_id=prepay_id)
        assert len(answer["transaction_ids"]) == 2
        assert await purse(scene) == before_any - 800
        await scene.due()
        [notice] = receiver.taken
        assert told(notice)["event_type"] == "TRANSACTION.SUCCESS"
        opened = opened_notice(scene.merchant, notice.body)
        assert opened == await asked(scene, body)
        at = opened["sub_orders"][0]["success_time"]
        assert opened == {
            "combine_appid": body["combine_appid"],
            "combine_mchid": body["combine_mchid"],
            "combine_out_trade_no": body["combine_out_trade_no"],
            "combine_transaction_id": before["combine_transaction_id"],
            "scene_info": {"device_id": "P1"},
            "combine_payer_info": body["combine_payer_info"],
            "sub_orders": [
                {
                    "mchid": sub["mchid"],
                    "out_trade_no": sub["out_trade_no"],
                    "trade_state": "SUCCESS",
                    "trade_type": "JSAPI",
                    "bank_type": "OTHERS",
                    "attach": sub["attach"],
                    "success_time": at,
                    "transaction_id": transaction_id,
                    "amount": {
                        "total_amount": sub["amount"]["total_amount"], "currency": "CNY",
                        "payer_amount": sub["amount"]["total_amount"], "payer_currency": "CNY",
                    },
                }
                for sub, transaction_id in zip(
                    body["sub_orders"], answer["transaction_ids"], strict=True
                )
            ],
        }  # fmt: skip

    play(pay_stage, scene, receiver=receiver)


def test_too_little_for_all_pays_none(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        body = combined_orders(scene)
        prepay_id = await combined(scene, body)
        await set_purse(scene, 799)
        assert (await pay(scene, prepay_id=prepay_id))["reason"] == "too_little"
        states = [sub["trade_state"] for sub in (await asked(scene, body))["sub_orders"]]
        assert states == ["PAYERROR", "PAYERROR"]
        assert await purse(scene) == 799
        wrong = await pay(scene, prepay_id=prepay_id, password="000000")  # noqa: S106 - a sandbox's
        assert wrong["reason"] == "wrong_password"
        states = [sub["trade_state"] for sub in (await asked(scene, body))["sub_orders"]]
        assert states == ["NOTPAY", "NOTPAY"]
        await set_purse(scene, 800)
        assert (await pay(scene, prepay_id=prepay_id))["is_paid"]

    play(pay_stage, scene)


def test_each_order_is_asked_for_and_refunded_by_its_own_merchant(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        body = combined_orders(scene)
        await pay(scene, prepay_id=await combined(scene, body))
        second, other = body["sub_orders"][1], scene.merchants[1]
        path = f"/v3/pay/transactions/out-trade-no/{second['out_trade_no']}?mchid={other.mchid}"
        shown = (await scene.signed("GET", path, merchant=other)).json()
        assert (shown["trade_state"], shown["amount"]["total"]) == ("SUCCESS", 500)
        part = refund_of(second["out_trade_no"], 500, 500)
        assert refusal(await scene.signed("POST", REFUNDS, part))[0] == 404
        refunded = await scene.signed("POST", REFUNDS, part, merchant=other)
        assert refunded.json()["status"] == "PROCESSING"
        await scene.advance(4)
        states = [sub["trade_state"] for sub in (await asked(scene, body))["sub_orders"]]
        assert states == ["SUCCESS", "REFUND"]
        by_combiner = f"{COMBINE}/out-trade-no/{body['combine_out_trade_no']}"
        assert refusal(await scene.signed("GET", by_combiner, merchant=other)) == NO_ORDER

    play(pay_stage, scene)


Changes = list[tuple[dict[str, Any], tuple[int, str, int]]]


def test_the_reasons_against_and_nothing_is_written(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        first, second = a_sub_order(scene, 0, 1), a_sub_order(scene, 1, 1)
        cases: Changes = [
            ({"combine_payer_info": {}}, (400, "PARAM_ERROR", 268501013)),
            ({"combine_payer_info": None}, BAD),
            ({"combine_mchid": scene.merchants[1].mchid}, BAD),
            ({"sub_orders": [first]}, BAD),
            ({"sub_orders": [a_sub_order(scene, 0, 1) for _ in range(11)]}, BAD),
            ({"sub_orders": [first, first]}, BAD),
            ({"sub_orders": [first, second | {"sub_mchid": "1"}]}, EXTRA),
            ({"sub_orders": [first, second | {"sub_appid": "1"}]}, EXTRA),
            ({"combine_payer_info": {"sub_openid": "o"}}, EXTRA),
            ({"sub_orders": [first, second | {"amount": {"total_amount": 1}}]}, BAD),
            ({"sub_orders": [first, second | {"attach": None}]}, BAD),
            ({"notify_url": "http://a.test/?x"}, BAD),
            ({"time_start": "now"}, BAD),
            ({"time_expire": "then"}, BAD),
            (
                {"sub_orders": [first, second | {"mchid": "1999999999"}]},
                (400, "MCH_NOT_EXISTS", 268435461),
            ),
            ({"combine_appid": "wx0"}, (400, "APPID_MCHID_NOT_MATCH", 268445527)),
            (
                {"combine_payer_info": {"openid": "oNobody"}},
                (400, "INVALID_REQUEST", 268435461),
            ),
        ]
        before = await everything(scene)
        for changed, expected in cases:
            body = combined_orders(scene, **changed)
            answer = await scene.signed("POST", f"{COMBINE}/jsapi", body)
            assert refusal(answer) == expected, (changed, answer.text)
            assert await everything(scene) == before

    play(pay_stage, scene)


def test_a_number_that_is_taken_takes_the_whole_combination_with_it(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        out_trade_no, _ = await prepaid(scene)
        before = await everything(scene)
        subs = [
            a_sub_order(scene, 1, 5), a_sub_order(scene, 0, 1_299, out_trade_no=out_trade_no)
        ]  # fmt: skip
        answer = await scene.signed(
            "POST", f"{COMBINE}/jsapi", combined_orders(scene, sub_orders=subs)
        )
        assert refusal(answer) == REENTRY
        assert await everything(scene) == before
        body = combined_orders(scene)
        await combined(scene, body)
        taken = body["sub_orders"][0]["out_trade_no"]
        single = await scene.signed("POST", JSAPI, an_order(scene, out_trade_no=taken))
        assert refusal(single) == REENTRY

    play(pay_stage, scene)


@pytest.mark.parametrize(
    ("said", "is_sharing"),
    [
        ({}, False),
        ({"profit_sharing": True}, True),
        ({"settle_info": {"profit_sharing": True}}, True),
        ({"settle_info": {"profit_sharing": False}, "profit_sharing": True}, False),
        ({"settle_info": {"subsidy_amount": 1}, "profit_sharing": True}, True),
    ],
)
def test_settle_info_weighs_more_than_the_field_beside_it(
    pay_stage: Stage, said: dict[str, Any], is_sharing: bool
) -> None:
    async def scene(scene: Scene) -> None:
        subs = [a_sub_order(scene, 0, 1, **said), a_sub_order(scene, 1, 1)]
        await combined(scene, combined_orders(scene, sub_orders=subs))
        newest = (await scene.control("GET", "/sandbox/orders"))["orders"][:2]
        assert [line["is_sharing"] for line in reversed(newest)] == [is_sharing, False]
        assert refusal(await query(scene, number())) == NO_ORDER

    play(pay_stage, scene)
