"""Merchants without a past, so that every fen of theirs is a test's own."""

import secrets

from jishi.sandbox.cast import Merchant
from tests.sandbox.scene import Scene


async def a_merchant(scene: Scene) -> Merchant:
    """Register a merchant that has nothing yet."""
    mchid = str(secrets.randbelow(9 * 10**9) + 10**9)
    await scene.control("POST", "/sandbox/merchants", {"mchid": mchid, "name": f"商户{mchid}"})
    return scene.world.merchants[mchid]


async def as_new_merchants(scene: Scene, count: int = 2) -> Scene:
    """Give the scene with new merchants, the first of them acting."""
    made = [await a_merchant(scene) for _ in range(count)]
    return scene._replace(merchant=made[0], merchants=made)


def seen_by(scene: Scene, place: int) -> Scene:
    """Give the scene with another of its merchants acting, who shares with the next one."""
    merchants = [*scene.merchants[place:], *scene.merchants[:place]]
    return scene._replace(merchant=merchants[0], merchants=merchants)
