"""Sharings that are asked for at the same moment."""

import asyncio

from tests.sandbox.pay.shop import Stage, number, play
from tests.sandbox.scene import Scene
from tests.sandbox.sharing.test_sharing import ORDERS, add, payment, share_of


def test_one_number_at_once_for_two_payments_is_one_sharing(pay_stage: Stage) -> None:
    async def scene_of(scene: Scene) -> None:
        await add(scene)
        for _ in range(5):
            payments = [(await payment(scene))[1] for _ in range(2)]
            one = number()
            bodies = [share_of(scene, each, 100, out_order_no=one) for each in payments]
            answers = await asyncio.gather(*(scene.signed("POST", ORDERS, body) for body in bodies))
            assert sorted(each.status_code for each in answers) == [200, 400]

    play(pay_stage, scene_of)
