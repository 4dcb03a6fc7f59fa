"""Something to tell a merchant, and what went out of it."""

import time
from typing import Any

from msgspec import Struct

from jishi.sandbox.pay.notifications import notify
from tests.sandbox.pay.shop import NOTIFY
from tests.sandbox.scene import Scene, is_from_wechat


class Plain(Struct):
    """Something to tell."""

    word: str


async def tell(scene: Scene, word: str = "x", url: str = NOTIFY, **more: Any) -> None:
    """Have the first merchant told."""
    async with scene.world.transaction() as tx:
        mchid = scene.merchant.mchid
        await notify(tx, mchid, url, "TEST.EVENT", "test", "测试", Plain(word), **more)


async def outward(scene: Scene) -> list[Any]:
    """Give what went out, the oldest first."""
    found = await scene.control("GET", "/sandbox/exchanges?direction=out")
    return list(reversed(found["exchanges"]))


def is_genuine(scene: Scene, taken: Any) -> bool:
    """Tell whether WeChat signed this, a moment ago."""
    is_fresh = abs(time.time() - int(taken.headers["Wechatpay-Timestamp"])) < 300
    return is_fresh and is_from_wechat(scene.world, taken.headers, taken.body)
