"""The description of the API, made from its routes (OpenAPI 3.1)."""

from collections.abc import Sequence
from functools import cache
from http import HTTPStatus

import msgspec
from litestar import Litestar, Response, Router, get
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import (
    Components,
    OpenAPIMediaType,
    OpenAPIResponse,
    OpenAPIType,
    Operation,
    Parameter,
    PathItem,
    Schema,
    SecurityScheme,
)

from jishi.web.api.problems import MEDIA_TYPE
from jishi.web.policy import PUBLIC

ALWAYS = (
    HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND,
    HTTPStatus.SERVICE_UNAVAILABLE,
)  # fmt: skip
"""What any route may answer: what names nothing that can be is not found. Changes have more."""

CHANGING = (HTTPStatus.CONFLICT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
PROBLEM = Schema(
    type=OpenAPIType.OBJECT, required=["reason", "title", "status"], title="Problem",
    description="What went wrong (RFC 9457); `reason` never changes its meaning.",
    properties={
        "reason": Schema(type=OpenAPIType.STRING), "title": Schema(type=OpenAPIType.STRING),
        "status": Schema(type=OpenAPIType.INTEGER), "detail": Schema(type=OpenAPIType.STRING),
        "values": Schema(type=OpenAPIType.OBJECT), "request_id": Schema(type=OpenAPIType.STRING),
    },
)  # fmt: skip
IDEMPOTENCY_KEY = Parameter(
    name="Idempotency-Key", param_in="header", required=True,
    schema=Schema(type=OpenAPIType.STRING, pattern="^[!-~]{1,128}$"),
)  # fmt: skip
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
        for route in (app.openapi_schema.paths or {}).values():
            complete(route)
        return msgspec.json.encode(app.openapi_schema.to_schema())

    @get("/openapi.json", opt=PUBLIC, include_in_schema=False, sync_to_thread=False)
    def show_document() -> Response[bytes]:
        return Response(described(), media_type="application/json")

    return show_document


def complete(route: PathItem) -> None:
    """Say of a path which problems it answers, and what a change must carry."""
    if route.get:
        answers(route.get, ALWAYS)
    for change in (route.post, route.delete):
        if change:
            answers(change, [*ALWAYS, *CHANGING])
            change.parameters = [*(change.parameters or ()), IDEMPOTENCY_KEY]


def answers(operation: Operation, statuses: Sequence[HTTPStatus]) -> None:
    """Say which problems an operation answers."""
    problem = {MEDIA_TYPE: OpenAPIMediaType(schema=PROBLEM)}
    operation.responses = {
        **(operation.responses or {}),
        **{
            str(int(status)): OpenAPIResponse(description=status.phrase, content=problem)
            for status in statuses
        },
    }
