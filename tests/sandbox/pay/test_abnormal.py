"""Abnormal refunds: sent another way, and every reason against it."""

from typing import Any

from jishi.ports.wechat.sealing import hide
from tests.ports.wechat import openapi
from tests.sandbox.pay.shop import (
    REFUNDS,
    Receiver,
    Stage,
    an_order,
    asked_refund,
    everything,
    paid,
    play,
    purse,
    refund,
    refund_of,
    refusal,
    told,
)
from tests.sandbox.scene import Scene

BAD = (400, "PARAM_ERROR", 268435461)
REFUSED = (400, "INVALID_REQUEST", 268435461)
NOWHERE = (404, "RESOURCE_NOT_EXISTS", 268512771)


def hidden(scene: Scene, text: str) -> str:
    """Hide a text with WeChat's key."""
    return hide(scene.world.keys.newest("public_key").private_key.public_key(), text)


async def abnormal(scene: Scene) -> tuple[str, str]:
    """Give WeChat's number and the merchant's of a refund that could not go back."""
    out_trade_no, _ = await paid(scene, an_order(scene))
    await scene.arm("refund_abnormal")
    body = refund_of(out_trade_no, 1_299, 1_299)
    made = await refund(scene, body)
    await scene.advance(4)
    return made["refund_id"], body["out_refund_no"]


def test_an_abnormal_refund_goes_to_another_card(pay_stage: Stage) -> None:
    receiver = Receiver()

    async def scene(scene: Scene) -> None:
        refund_id, out_refund_no = await abnormal(scene)
        before = await purse(scene)
        path = f"{REFUNDS}/{refund_id}/apply-abnormal-refund"
        serial = scene.world.keys.newest("public_key").serial
        body = {
            "out_refund_no": out_refund_no,
            "type": "USER_BANK_CARD",
            "bank_type": "ICBC_DEBIT",
            "bank_account": hidden(scene, "6222021234567890"),
            "real_name": hidden(scene, "林小满"),
        }
        answer = scene.verified(await scene.signed("POST", path, body, serial=serial))
        assert answer.status_code == 200, answer.text
        assert list(openapi.faults_of_answer("POST", path, 200, answer.content)) == []
        assert answer.json()["status"] == "PROCESSING"
        assert answer.json()["channel"] == "OTHER_BANKCARD"
        assert answer.json()["user_received_account"] == "工商银行借记卡7890"
        await scene.advance(4)
        assert (await asked_refund(scene, out_refund_no))["status"] == "SUCCESS"
        assert await purse(scene) == before
        assert told(receiver.taken[-1])["event_type"] == "REFUND.SUCCESS"
        assert refusal(await scene.signed("POST", path, body, serial=serial)) == REFUSED

    play(pay_stage, scene, receiver=receiver)


def test_an_abnormal_refund_may_go_to_the_merchants_card(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        refund_id, out_refund_no = await abnormal(scene)
        path = f"{REFUNDS}/{refund_id}/apply-abnormal-refund"
        body = {"out_refund_no": out_refund_no, "type": "MERCHANT_BANK_CARD"}
        answer = await scene.signed("POST", path, body)
        assert answer.json()["user_received_account"] == "商户银行卡"

    play(pay_stage, scene)


def test_the_reasons_against_another_way(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        refund_id, out_refund_no = await abnormal(scene)
        serial = scene.world.keys.newest("public_key").serial
        good = {
            "out_refund_no": out_refund_no,
            "type": "USER_BANK_CARD",
            "bank_type": "CMB_DEBIT",
            "bank_account": hidden(scene, "6222021234567890"),
            "real_name": hidden(scene, "林小满"),
        }
        before = await everything(scene)
        cases: list[tuple[str, dict[str, Any], str, tuple[int, str, int]]] = [
            (refund_id, {"type": "CASH"}, serial, BAD),
            ("5030", {}, serial, NOWHERE),
            (refund_id, {"out_refund_no": "R000001"}, serial, NOWHERE),
            (refund_id, {"bank_type": "X_DEBIT"}, serial, BAD),
            (refund_id, {"bank_account": "6222021234567890"}, serial, BAD),
            (refund_id, {"real_name": "林小满"}, serial, BAD),
            (refund_id, {"bank_account": hidden(scene, "12")}, serial, BAD),
            (refund_id, {}, "", BAD),
        ]
        for whose, changed, told_serial, expected in cases:
            path = f"{REFUNDS}/{whose}/apply-abnormal-refund"
            answer = await scene.signed("POST", path, good | changed, serial=told_serial)
            assert refusal(answer) == expected, (changed, answer.text)
            assert await everything(scene) == before

    play(pay_stage, scene)
