"""Every route says who may come: a policy, as `opt={"policy": "..."}` on it or above it."""

from collections.abc import Iterator

from litestar import Litestar
from litestar.handlers import BaseRouteHandler
from litestar.routes import HTTPRoute


def unguarded(app: Litestar) -> Iterator[str]:
    """Name the routes that do not say who may come."""
    for path, handler in handlers(app):
        methods = sorted(map(str, getattr(handler, "http_methods", {"*"})))
        # Litestar answers OPTIONS by itself, and tells no more than the methods.
        if methods != ["OPTIONS"] and not handler.opt.get("policy"):
            yield f"{' '.join(methods)} {path}: has no policy"


def handlers(app: Litestar) -> Iterator[tuple[str, BaseRouteHandler]]:
    """Give every handler with the path that leads to it."""
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            yield from ((route.path, handler) for handler in route.route_handlers)
        else:
            yield route.path, route.route_handler
