"""The pages of a market, their routes built once for all tests of a process."""

import sys
from functools import cache

from litestar import Litestar
from litestar.types import ASGIApp

from jishi import web
from jishi.kernel import Market


def app_of(market: Market) -> Litestar:
    """Let a market into the pages; the one before it is gone by then."""
    # Copied when the pages close: until then the tests' own loop has the driver to itself.
    vars(sys.modules["jishi.evidence.recorder"])["PAUSE_SECONDS"] = 3_600.0
    app, bare = _built()
    app.asgi_handler = bare
    return web.housed(app, market)


@cache
def _built() -> tuple[Litestar, ASGIApp]:
    app = web.pages()
    return app, app.asgi_handler
