"""Transfers to people: asked for, confirmed on a phone, lapsed, taken back."""

from typing import Any

import pytest

from jishi.ports.wechat.sealing import hide
from jishi.sandbox.cast import openid
from jishi.sandbox.transfers.confirming import waiting
from tests.sandbox.judged import judged, said
from tests.sandbox.pay.shop import NOTIFY, Receiver, Stage, number, play, purse, told
from tests.sandbox.scene import Scene, opened_notice

PATH = "/v3/fund-app/mch-transfer/transfer-bills"
DAY = 86_400


def transfer(scene: Scene, **changed: Any) -> dict[str, Any]:
    """Give a transfer of a commission to the first person."""
    body = {
        "appid": scene.account.appid,
        "out_bill_no": number(),
        "openid": openid(scene.account.appid, scene.people[0].unionid),
        "transfer_amount": 500,
        "transfer_remark": "佣金",
        "notify_url": NOTIFY,
        "transfer_scene_id": "1005",
        "transfer_scene_report_infos": [
            {"info_type": "岗位类型", "info_content": "分享者"},
            {"info_type": "报酬说明", "info_content": "九月的佣金"},
        ],
    } | changed
    return {name: value for name, value in body.items() if value is not None}


async def state(scene: Scene, body: dict[str, Any]) -> str:
    """Give a transfer's state by both of its numbers."""
    shown = await judged(scene, "GET", f"{PATH}/out-bill-no/{body['out_bill_no']}")
    twin = await judged(scene, "GET", f"{PATH}/transfer-bill-no/{shown['transfer_bill_no']}")
    assert twin == shown
    return str(shown["state"])


async def confirm(scene: Scene, package: str, person: int = 0) -> Any:
    """Confirm in a person's name."""
    body = {"package_info": package, "person_id": scene.people[person].person_id}
    return await scene.http.post("/sandbox/transfers/confirmation", json=body)


def test_what_is_confirmed_arrives_and_is_told(pay_stage: Stage) -> None:
    receiver = Receiver()

    async def scene(scene: Scene) -> None:
        before, body = await purse(scene), transfer(scene)
        made = await judged(scene, "POST", PATH, body)
        assert made["state"] == "WAIT_USER_CONFIRM"
        assert await judged(scene, "POST", PATH, body) == made
        async with scene.world.transaction() as tx:
            seen = await waiting(tx, made["package_info"])
        assert seen is not None
        assert (seen.merchant, seen.transfer_fen) == (scene.merchant.name, 500)
        assert (await confirm(scene, made["package_info"], 1)).status_code == 404
        assert (await confirm(scene, made["package_info"])).status_code == 200
        assert await state(scene, body) == "TRANSFERING"
        assert (await confirm(scene, made["package_info"])).status_code == 404
        await scene.advance(5)
        assert await state(scene, body) == "SUCCESS"
        assert await purse(scene) == before + 500
        [taken] = receiver.taken
        assert told(taken)["event_type"] == "MCHTRANSFER.BILL.FINISHED"
        assert opened_notice(scene.merchant, taken.body)["state"] == "SUCCESS"

    play(pay_stage, scene, receiver=receiver)


def test_what_nobody_confirms_in_a_day_goes_back(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        before, body = await purse(scene), transfer(scene)
        made = await judged(scene, "POST", PATH, body)
        await scene.advance(DAY - 60)
        assert await state(scene, body) == "WAIT_USER_CONFIRM"
        await scene.advance(61)
        assert await state(scene, body) == "FAIL"
        assert (await confirm(scene, made["package_info"])).status_code == 404
        assert await purse(scene) == before

    play(pay_stage, scene)


def test_a_transfer_that_shall_not_be_confirmed_is_never_seen(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        await scene.arm("transfer_unconfirmed")
        made = await judged(scene, "POST", PATH, transfer(scene))
        async with scene.world.transaction() as tx:
            assert await waiting(tx, made["package_info"]) is None

    play(pay_stage, scene)


def test_what_is_taken_back_is_not_confirmed(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        body = transfer(scene)
        made = await judged(scene, "POST", PATH, body)
        path = f"{PATH}/out-bill-no/{body['out_bill_no']}/cancel"
        assert (await judged(scene, "POST", path))["state"] == "CANCELING"
        assert (await confirm(scene, made["package_info"])).status_code == 404
        await scene.advance(5)
        assert (await judged(scene, "POST", path))["state"] == "CANCELLED"
        done = transfer(scene)
        package = (await judged(scene, "POST", PATH, done))["package_info"]
        await confirm(scene, package)
        path = f"{PATH}/out-bill-no/{done['out_bill_no']}/cancel"
        assert said(await scene.signed("POST", path))[2] == "当前单据状态不支持撤销"
        nowhere = await scene.signed("POST", f"{PATH}/out-bill-no/T0/cancel")
        assert said(nowhere)[:2] == (404, "NOT_FOUND")

    play(pay_stage, scene)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"appid": "wx0"}, "APPID_MCHID_NOT_MATCH"),
        ({"out_bill_no": "a-b"}, "PARAM_ERROR"),
        ({"transfer_amount": 9}, "PARAM_ERROR"),
        ({"transfer_amount": 20_000_001}, "PARAM_ERROR"),
        ({"transfer_remark": "长" * 33}, "PARAM_ERROR"),
        ({"transfer_scene_id": "1"}, "PARAM_ERROR"),
        ({"transfer_scene_report_infos": []}, "PARAM_ERROR"),
        ({"notify_url": "http://shop.test/notify?a=1"}, "PARAM_ERROR"),
        ({"openid": "o" * 28}, "INVALID_REQUEST"),
        ({"transfer_amount": 200_000}, "PARAM_ERROR"),
        ({"user_name": "in clear"}, "PARAM_ERROR"),
        ({"more": 1}, "PARAM_ERROR"),
    ],
)
def test_what_is_not_as_it_must_be_is_refused(
    pay_stage: Stage, changed: dict[str, Any], code: str
) -> None:
    async def scene(scene: Scene) -> None:
        body = transfer(scene, **changed)
        assert said(await scene.signed("POST", PATH, body))[1] == code
        async with scene.world.transaction() as tx:
            count = await tx.connection.fetchval(
                "select count(*) from sandbox.transfers where out_bill_no = $1",
                body["out_bill_no"],
            )
        assert count == 0

    play(pay_stage, scene)


def test_a_large_transfer_names_its_receiver_and_needs_the_money(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        key = scene.world.keys.newest("public_key")
        name = hide(key.private_key.public_key(), scene.people[0].name)
        other = hide(key.private_key.public_key(), "别人")
        large = transfer(scene, transfer_amount=20_000_000, user_name=other)
        answer = said(await scene.signed("POST", PATH, large, serial=key.serial))
        assert answer[2] == "收款用户姓名与openid不匹配"
        for _ in range(10):
            body = transfer(scene, transfer_amount=20_000_000, user_name=name)
            answered = await scene.signed("POST", PATH, body, serial=key.serial)
            if not answered.is_success:
                assert said(answered)[:2] == (403, "NOT_ENOUGH")
                break
        else:
            pytest.fail("more was transferred than there was")

    play(pay_stage, scene)


def test_the_same_number_with_other_words_is_refused(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        body = transfer(scene)
        await judged(scene, "POST", PATH, body)
        body["transfer_amount"] = 501
        assert said(await scene.signed("POST", PATH, body))[1] == "INVALID_REQUEST"

    play(pay_stage, scene)
