"""The sandbox as one ASGI application: three doors, the pages, the phone."""

import importlib
from importlib.util import find_spec

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp

from jishi.kernel import Tx
from jishi.sandbox import casting, control, control_door, pay_door
from jishi.sandbox.answers import Errcode
from jishi.sandbox.cast import Account
from jishi.sandbox.doors import CONTROL, OFFICIAL, PAY
from jishi.sandbox.guard import guarded
from jishi.sandbox.official_door import OfficialDoor
from jishi.sandbox.routes import routed
from jishi.sandbox.world import World

BODY_BYTES_MAX = 12 * 1024 * 1024
"""A picture or a voice of ten megabytes, with its form."""

PACKAGES = ("pay", "funds", "official", "phone")


def create(world: World, *, is_passing: bool = True) -> Litestar:
    """Build the application of a world, which opens and closes with it."""
    assert control.NEWEST, casting.MCHID
    pages: list[HTTPRouteHandler] = []
    for name in PACKAGES:
        if find_spec(f"jishi.sandbox.{name}"):
            pages += getattr(importlib.import_module(f"jishi.sandbox.{name}"), "HANDLERS", ())
    bearer, words = _missing, str
    if find_spec("jishi.sandbox.official") and find_spec("jishi.sandbox.official.tokens"):
        bearer = importlib.import_module("jishi.sandbox.official.tokens").bearer
    if find_spec("jishi.sandbox.official") and find_spec("jishi.sandbox.official.errcodes"):
        words = importlib.import_module("jishi.sandbox.official.errcodes").words
    door = OfficialDoor(bearer, words)
    handlers = [
        *(routed(world, each, pay_door.answer) for each in PAY),
        *(routed(world, each, door.answer) for each in OFFICIAL),
        *(routed(world, each, control_door.answer) for each in CONTROL),
    ]

    async def begin() -> None:
        await world.open(is_passing=is_passing)

    app = Litestar(
        route_handlers=[*handlers, *pages],
        on_startup=[begin],
        on_shutdown=[world.close],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=BODY_BYTES_MAX,
    )
    app.state["world"] = world
    inner: ASGIApp = app.asgi_handler
    if find_spec("jishi.sandbox.phone") and find_spec("jishi.sandbox.phone.proxy"):
        inner = importlib.import_module("jishi.sandbox.phone.proxy").webview_proxy(inner, world)
    app.asgi_handler = guarded(inner, world.base_url)
    return app


async def _missing(_world: World, _tx: Tx, _token: str) -> Account | Errcode:
    raise NotImplementedError
