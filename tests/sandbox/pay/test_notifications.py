"""Notifications: genuine, told until they are taken, and all that may go wrong on the way."""

import asyncio
from datetime import datetime
from itertools import pairwise
from typing import Any

import httpx
import pytest

from jishi.sandbox.pay.notifications import PAUSES, notify
from tests.sandbox.pay.shop import NOTIFY, Receiver, Stage, an_order, paid, play, told
from tests.sandbox.pay.telling import Plain, is_genuine, outward, tell
from tests.sandbox.scene import Scene, opened_notice


@pytest.mark.parametrize("place", [0, 1])
def test_a_notification_is_sealed_and_signed_in_its_merchants_mode(
    pay_stage: Stage, place: int
) -> None:
    receiver = Receiver()

    async def scene(scene: Scene) -> None:
        merchant = scene.merchants[place]
        await scene.advance(86_400)
        async with scene.world.transaction() as tx:
            moment = tx.now
            await notify(tx, merchant.mchid, NOTIFY, "TEST.EVENT", "test", "测试", Plain("word"))
        await scene.due()
        [taken] = receiver.taken
        envelope = told(taken)
        assert is_genuine(scene, taken)
        is_public_key = taken.headers["Wechatpay-Serial"].startswith("PUB_KEY_ID_")
        assert is_public_key is (merchant.signing_mode == "public_key")
        assert taken.headers["Wechatpay-Signature-Type"] == "WECHATPAY2-SHA256-RSA2048"
        assert taken.headers["Content-Type"] == "application/json"
        assert list(envelope) == [
            "id", "create_time", "resource_type", "event_type", "summary", "resource"
        ]  # fmt: skip
        assert len(envelope["id"]) == 36
        made = datetime.fromisoformat(envelope["create_time"])
        assert abs((made - moment).total_seconds()) < 2
        assert envelope["resource_type"] == "encrypt-resource"
        assert envelope["resource"]["algorithm"] == "AEAD_AES_256_GCM"
        assert envelope["resource"]["original_type"] == "test"
        assert opened_notice(merchant, taken.body) == {"word": "word"}

    play(pay_stage, scene, receiver=receiver)


def test_an_untaken_notification_is_told_sixteen_times_in_a_day(pay_stage: Stage) -> None:
    receiver = Receiver(*[500] * 20)

    async def scene(scene: Scene) -> None:
        await tell(scene)
        await scene.due()
        await scene.advance(2 * 86_400)
        assert len(receiver.taken) == 1 + len(PAUSES) == 16
        assert len({told(taken)["id"] for taken in receiver.taken}) == 1
        assert len({taken.body for taken in receiver.taken}) == 1
        assert len({taken.headers["Wechatpay-Signature"] for taken in receiver.taken}) == 16
        assert all(is_genuine(scene, taken) for taken in receiver.taken)
        times = [datetime.fromisoformat(each["noted_at"]) for each in await outward(scene)]
        pauses = [(later - one).total_seconds() for one, later in pairwise(times)]
        assert [round(pause, -1) if pause > 60 else round(pause) for pause in pauses] == [
            15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600
        ]  # fmt: skip
        assert sum(PAUSES) == 24 * 3600 + 4 * 60

    play(pay_stage, scene, receiver=receiver)


@pytest.mark.parametrize(
    ("status", "tries"), [(200, 1), (204, 1), (201, 2), (302, 2), (404, 2), (500, 2)]
)
def test_200_and_204_are_taken_and_all_else_is_told_again(
    pay_stage: Stage, status: int, tries: int
) -> None:
    receiver = Receiver(status)

    async def scene(scene: Scene) -> None:
        await tell(scene)
        await scene.due()
        await scene.advance(16)
        assert len(receiver.taken) == tries

    play(pay_stage, scene, receiver=receiver)


class Slow(Receiver):
    """A server that thinks for too long, once."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Take one request."""
        if not self.taken:
            self.taken.append(("", b""))  # type: ignore[arg-type]  # nobody reads it
            await asyncio.sleep(60)
        await super().__call__(scope, receive, send)


def test_who_is_slow_is_told_again(pay_stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jishi.sandbox.pay.notifications.DELIVERY_SECONDS_MAX", 0.5)
    receiver = Slow()

    async def scene(scene: Scene) -> None:
        await tell(scene)
        await scene.due()
        assert [each["trouble"] for each in await outward(scene)] == ["TimeoutError"]
        await scene.advance(16)
        assert len(receiver.taken) == 2

    play(pay_stage, scene, receiver=receiver)


def test_who_is_not_there_is_told_again(pay_stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(scene: Scene) -> None:
        async with httpx.AsyncClient() as real:
            monkeypatch.setattr(scene.world, "http", real)
            await tell(scene, url="http://127.0.0.1:9/closed")
            await tell(scene, url="http://a\n.test/")
            await scene.due()
        troubles = sorted(each["trouble"] for each in await outward(scene))
        names = [trouble.partition(" ")[0] for trouble in troubles]
        assert names == ["ConnectError", "InvalidURL"]
        tries = {each["tries"] for each in await deliveries(scene)}
        assert tries == {1}
        assert all(each["ended_at"] is None for each in await deliveries(scene))

    play(pay_stage, scene)


async def deliveries(scene: Scene) -> Any:
    """Give what was and will be brought."""
    return (await scene.control("GET", "/sandbox/deliveries"))["deliveries"]


def test_without_an_address_nobody_is_told_and_a_later_moment_is_waited_for(
    pay_stage: Stage,
) -> None:
    receiver = Receiver()

    async def scene(scene: Scene) -> None:
        await tell(scene, url="")
        now = scene.world.clock.now()
        await tell(scene, due_at=now.replace(year=now.year + 1))
        await scene.advance(86_400)
        assert receiver.taken == []
        await scene.advance(365 * 86_400)
        assert len(receiver.taken) == 1

    play(pay_stage, scene, receiver=receiver)


def test_a_payment_is_told_as_the_query_shows_it(pay_stage: Stage) -> None:
    receiver = Receiver()

    async def scene(scene: Scene) -> None:
        out_trade_no, _ = await paid(scene, an_order(scene, attach="a", scene_info={
            "device_id": "D1"
        }))  # fmt: skip
        await scene.due()
        [taken] = receiver.taken
        envelope = told(taken)
        assert (envelope["event_type"], envelope["summary"]) == ("TRANSACTION.SUCCESS", "支付成功")
        assert envelope["resource"]["original_type"] == "transaction"
        mchid = scene.merchant.mchid
        path = f"/v3/pay/transactions/out-trade-no/{out_trade_no}?mchid={mchid}"
        shown = (await scene.signed("GET", path)).json()
        assert opened_notice(scene.merchant, taken.body) == shown

    play(pay_stage, scene, receiver=receiver)
