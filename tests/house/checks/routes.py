"""Every route says who may come: a policy, as `opt={"policy": "..."}` on it or above it."""

from collections.abc import Iterator

from litestar import Litestar
from litestar.routes import ASGIRoute, HTTPRoute, WebSocketRoute


def unguarded(app: Litestar) -> Iterator[str]:
    """Name the routes that do not say who may come."""
    for route in app.routes:
        match route:
            case HTTPRoute():
                handlers = [*route.route_handlers]
            case ASGIRoute() | WebSocketRoute():
                handlers = [route.route_handler]
            case _:
                handlers = []
        for handler in handlers:
            methods = sorted(map(str, getattr(handler, "http_methods", {"*"})))
            # Litestar answers OPTIONS by itself, and tells no more than the methods.
            if methods != ["OPTIONS"] and not handler.opt.get("policy"):
                yield f"{' '.join(methods)} {route.path}: has no policy"
