"""Notifications: everything that may go wrong on the way."""

import time

import pytest

from tests.sandbox.pay.shop import Receiver, Stage, an_order, play
from tests.sandbox.pay.telling import is_genuine, outward, tell
from tests.sandbox.scene import Scene, is_from_wechat, opened_notice


@pytest.mark.parametrize(("status", "is_right"), [(401, True), (500, True), (200, False)])
@pytest.mark.parametrize("kind", ["probe", "replay", "bad_signature"])
def test_what_is_not_genuine_has_to_be_refused(
    pay_stage: Stage, kind: str, status: int, is_right: bool
) -> None:
    receiver = Receiver(status)

    async def scene(scene: Scene) -> None:
        await scene.arm(kind, operation="TEST.EVENT")
        await tell(scene)
        await scene.due()
        await scene.advance(16)
        odd, real = receiver.taken
        assert not is_genuine(scene, odd)
        assert is_genuine(scene, real)
        assert odd.body == real.body
        is_probe = odd.headers["Wechatpay-Signature"].startswith("WECHATPAY/SIGNTEST/")
        assert is_probe is (kind == "probe")
        age = time.time() - int(odd.headers["Wechatpay-Timestamp"])
        assert (age > 300) is (kind == "replay")
        assert is_from_wechat(scene.world, odd.headers, odd.body) is (kind == "replay")
        first = (await outward(scene))[0]
        assert first["operation"] == f"TEST.EVENT {kind}"
        right = "" if is_right else f"{kind}: must be answered 4xx or 5xx, was 200"
        assert first["trouble"] == right

    play(pay_stage, scene, receiver=receiver)


def test_a_duplicate_is_the_same_twice(pay_stage: Stage) -> None:
    receiver = Receiver()

    async def scene(scene: Scene) -> None:
        await scene.arm("duplicate")
        await tell(scene)
        await scene.due()
        first, second = receiver.taken
        assert (first.headers, first.body) == (second.headers, second.body)
        await scene.advance(60)
        assert len(receiver.taken) == 2

    play(pay_stage, scene, receiver=receiver)


def test_a_lost_one_counts_as_a_try(pay_stage: Stage) -> None:
    receiver = Receiver()

    async def scene(scene: Scene) -> None:
        await scene.arm("lost", operation="TEST.EVENT", times=2)
        await tell(scene)
        await scene.due()
        assert receiver.taken == []
        await scene.advance(16)
        assert receiver.taken == []
        await scene.advance(16)
        assert len(receiver.taken) == 1

    play(pay_stage, scene, receiver=receiver)


def test_a_delayed_one_comes_late_and_loses_no_try(pay_stage: Stage) -> None:
    receiver = Receiver(500)

    async def scene(scene: Scene) -> None:
        await scene.arm("delayed", settings={"seconds": "3600"})
        await tell(scene)
        await scene.due()
        await scene.advance(3_590)
        assert receiver.taken == []
        await scene.advance(15)
        assert len(receiver.taken) == 1
        await scene.advance(16)
        assert len(receiver.taken) == 2

    play(pay_stage, scene, receiver=receiver)


def test_a_later_one_overtakes_the_one_that_is_held_back(pay_stage: Stage) -> None:
    receiver = Receiver()

    async def scene(scene: Scene) -> None:
        await scene.arm("out_of_order", operation="TEST.EVENT")
        await tell(scene, "first")
        await scene.due()
        await scene.advance(60)
        assert receiver.taken == []
        await tell(scene, "second")
        await scene.due()
        await scene.advance(10)
        words = [opened_notice(scene.merchant, each.body)["word"] for each in receiver.taken]
        assert words == ["second", "first"]

    play(pay_stage, scene, receiver=receiver)


def test_what_nothing_overtakes_goes_after_ten_minutes(pay_stage: Stage) -> None:
    receiver = Receiver()

    async def scene(scene: Scene) -> None:
        await scene.arm("out_of_order")
        await tell(scene)
        await scene.due()
        await scene.advance(590)
        assert receiver.taken == []
        await scene.advance(20)
        assert len(receiver.taken) == 1

    play(pay_stage, scene, receiver=receiver)


def test_a_key_that_rotates_on_the_way_signs_what_was_built_before(pay_stage: Stage) -> None:
    receiver = Receiver()

    async def scene(scene: Scene) -> None:
        merchant = scene.merchants[1]
        known = {key.serial for key in scene.world.keys.certificates(scene.world.clock.now())}
        await scene.arm("key_rotated", operation="TRANSACTION.SUCCESS")
        order = an_order(scene, mchid=merchant.mchid)
        answer = await scene.signed("POST", "/v3/pay/transactions/jsapi", order, merchant=merchant)
        await scene.control("POST", "/sandbox/payments", {"prepay_id": answer.json()["prepay_id"]})
        await scene.due()
        [taken] = receiver.taken
        assert is_genuine(scene, taken)
        serial = taken.headers["Wechatpay-Serial"]
        assert serial not in known
        shown = await scene.signed("GET", "/v3/certificates", merchant=merchant)
        listed = {each["serial_no"] for each in shown.json()["data"]}
        assert listed == known | {serial}

    play(pay_stage, scene, receiver=receiver)
