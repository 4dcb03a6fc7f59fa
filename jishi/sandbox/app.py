"""The sandbox as one ASGI application: three doors, the pages, the phone."""

import importlib
import traceback

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

PACKAGES = ("pay", "official", "articles", "program", "complaints", "sharing", "transfers", "bills", "phone")


def create(world: World, *, is_passing: bool = True) -> Litestar:
    """Build the application of a world, which opens and closes with it."""
    assert control.NEWEST, casting.MCHID
    pages: list[HTTPRouteHandler] = []
    for name in PACKAGES:
        pages += _found(f"jishi.sandbox.{name}", "HANDLERS") or ()
    bearer = _found("jishi.sandbox.official.tokens", "bearer") or _missing
    words = _found("jishi.sandbox.official.errcodes", "words") or str
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
    if proxy := _found("jishi.sandbox.phone.proxy", "webview_proxy"):
        inner = proxy(inner, world)
    app.asgi_handler = guarded(inner, world.base_url)
    return app


async def _missing(_world: World, _tx: Tx, _token: str) -> Account | Errcode:
    raise NotImplementedError


def _found(module, name):
    try:
        return getattr(importlib.import_module(module), name, None)
    except (ImportError, SyntaxError, NameError):
        traceback.print_exc(limit=-1)
        return None
