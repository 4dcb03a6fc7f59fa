"""Health: is this process alive, can it serve, and what did it do."""

import asyncio
import os
import time

from litestar import Response, get

from jishi.kernel import pending
from jishi.kernel.schedule import braked
from jishi.web.asked import Asked, House, house
from jishi.web.logs import log
from jishi.web.policy import OPERATIONS, PUBLIC, is_at_the_machine

LOOK_SECONDS_MAX = 2.0
READY_SECONDS = 2.0
"""How long "ready" is believed, so that asking often costs nothing."""


@get("/healthz", opt=PUBLIC)
async def alive() -> Response[bytes]:
    """Tell that the process answers."""
    return Response(b"alive\n", media_type="text/plain", headers={"cache-control": "no-store"})


@get("/readyz", opt=PUBLIC)
async def ready(request: Asked) -> Response[bytes]:
    """Tell whether the market can be served from here; why not is for whoever runs it."""
    troubles = await find_troubles(house(request))
    said = "\n".join(troubles) if troubles and is_at_the_machine(request) else ""
    word = said or ("not ready" if troubles else "ready")
    return Response(
        f"{word}\n".encode(), status_code=503 if troubles else 200, media_type="text/plain",
        headers={"cache-control": "no-store"},
    )  # fmt: skip


@get("/metrics", opt=OPERATIONS)
async def metrics(request: Asked) -> Response[bytes]:
    """Give the counts of this process."""
    the_house = house(request)
    counted = the_house.metrics.text(os.getpid(), the_house.market.metrics())
    return Response(counted.encode(), media_type="text/plain; version=0.0.4; charset=utf-8")


async def find_troubles(the_house: House) -> list[str]:
    """Give the reasons not to be ready: no database, old tables, work that stopped itself."""
    if time.monotonic() < the_house.is_ready_until:
        return []
    try:
        async with asyncio.timeout(LOOK_SECONDS_MAX):
            missing = await pending(the_house.market.database.url)
            stopped = await the_house.market.look(braked)
    except Exception as error:  # noqa: BLE001 - whatever it is, we are not ready; say what
        log.warning("not ready", trouble=type(error).__name__)
        return [f"database: {type(error).__name__}"]
    troubles = [f"migration missing: {name}" for name in missing]
    troubles += [f"braked: {each.name} ({each.brake})" for each in stopped]
    if not troubles:
        the_house.is_ready_until = time.monotonic() + READY_SECONDS
    return troubles
