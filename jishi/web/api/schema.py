"""The description of the API, made from its routes (OpenAPI 3.1)."""

from collections.abc import Sequence
from functools import cache

import msgspec
from litestar import Litestar, Response, Router, get
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme

from jishi.web.policy import PUBLIC

DESCRIPTION = """A key of a shop opens what its scopes name. What changes something carries an
Idempotency-Key: sent again with the same body it has the same answer, and is done once.
Errors are problem details (RFC 9457); their `reason` never changes its meaning."""


def document(routes: Sequence[HTTPRouteHandler]) -> HTTPRouteHandler:
    """Give the route that shows the description of these routes."""

    @cache
    def described() -> bytes:
        config = OpenAPIConfig(
            title="Jishi", version="1", description=DESCRIPTION,
            security=[{"key": []}],
            components=Components(
                security_schemes={"key": SecurityScheme(type="http", scheme="bearer")}
            ),
        )  # fmt: skip
        app = Litestar(
            [Router("/api/v1", route_handlers=list(routes))], openapi_config=config,
            logging_config=None,
        )  # fmt: skip
        return msgspec.json.encode(app.openapi_schema.to_schema())

    @get("/openapi.json", opt=PUBLIC, include_in_schema=False, sync_to_thread=False)
    def show_document() -> Response[bytes]:
        return Response(described(), media_type="application/json")

    return show_document
