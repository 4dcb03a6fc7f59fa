"""The pages of a market, their routes built once for all tests of a process."""

from functools import cache

from litestar import Litestar
from litestar.types import ASGIApp

from jishi import web
from jishi.kernel import Market


def app_of(market: Market) -> Litestar:
    """Let a market into the pages; the one before it is gone by then."""
    app, bare = _built()
    app.asgi_handler = bare
    return web.housed(app, market)


@cache
def _built() -> tuple[Litestar, ASGIApp]:
    app = web.pages()
    return app, app.asgi_handler
