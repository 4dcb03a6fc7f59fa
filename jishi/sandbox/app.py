"""The sandbox as one ASGI application: three doors, the pages, the phone."""

from litestar import Litestar
from litestar.types import ASGIApp

from jishi.sandbox import (
    articles,
    bills,
    carriage,
    casting,
    complaints,
    control,
    control_door,
    official,
    pay,
    pay_door,
    phone,
    post,
    program,
    sharing,
    transfers,
)
from jishi.sandbox.doors import CONTROL, OFFICIAL, PAY
from jishi.sandbox.guard import guarded
from jishi.sandbox.official.errcodes import words
from jishi.sandbox.official.tokens import bearer
from jishi.sandbox.official_door import OfficialDoor
from jishi.sandbox.phone.h5 import h5_cashier, h5_payment
from jishi.sandbox.phone.proxy import webview_proxy
from jishi.sandbox.routes import routed
from jishi.sandbox.world import World

BODY_BYTES_MAX = 12 * 1024 * 1024
"""A picture or a voice of ten megabytes, with its form."""

PARTS = (
    articles,
    bills,
    carriage,
    casting,
    complaints,
    control,
    pay,
    post,
    program,
    sharing,
    transfers,
)
"""Importing a part puts its operations behind the doors."""

PAGES = (*official.HANDLERS, *phone.HANDLERS, h5_cashier, h5_payment)


def create(world: World, *, is_passing: bool = True) -> Litestar:
    """Build the application of a world, which opens and closes with it."""
    door = OfficialDoor(bearer, words)
    handlers = [
        *(routed(world, each, pay_door.answer) for each in PAY),
        *(routed(world, each, door.answer) for each in OFFICIAL),
        *(routed(world, each, control_door.answer) for each in CONTROL),
    ]

    async def begin() -> None:
        await world.open(is_passing=is_passing)

    app = Litestar(
        route_handlers=[*handlers, *PAGES],
        on_startup=[begin],
        on_shutdown=[world.close],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=BODY_BYTES_MAX,
    )
    app.state["world"] = world
    inner: ASGIApp = webview_proxy(app.asgi_handler, world)
    app.asgi_handler = guarded(inner, world.base_url)
    return app
