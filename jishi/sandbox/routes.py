"""Routes: every operation behind its door as a handler of the web framework, and the inspector."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeAlias
from urllib.parse import parse_qsl

from litestar import HttpMethod, Request, Response, route
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler

from jishi.sandbox.calls import Incoming, Reply
from jishi.sandbox.doors import Operation
from jishi.sandbox.inspector import Exchange, body_text, headers_text
from jishi.sandbox.world import World

SLOW_SECONDS = 6
"""Longer than WeChat's own patience of five seconds."""

SLOW_SECONDS_MAX = 60
Asked: TypeAlias = Request[object, object, State]
Door: TypeAlias = Callable[[World, Operation, Incoming], Awaitable[Reply]]


def routed(world: World, operation: Operation, door: Door) -> HTTPRouteHandler:
    """Give the handler of one operation."""

    async def handle(request: Asked) -> Response[bytes]:
        came = await incoming(request)
        began = time.monotonic()
        if not is_ours and (fault := world.faults.hit("slow", operation.path)):
            await asyncio.sleep(min(fault.seconds(SLOW_SECONDS), SLOW_SECONDS_MAX))
        reply = await door(world, operation, came)
        note(world, operation, came, reply, began)
        return Response(
            content=reply.body,
            status_code=reply.status,
            headers=reply.headers,
            media_type=reply.headers.get("Content-Type", "application/json"),
        )

    # A fault strikes what WeChat does, never the hand that arms it.
    is_ours = operation.path.startswith("/sandbox/")
    path = operation.path.replace("}", ":str}")
    name = f"{operation.method} {operation.path}"
    method = HttpMethod(operation.method)
    made = route(path, http_method=[method], name=name, status_code=200)
    return made(handle)


async def incoming(request: Asked) -> Incoming:
    """Take a request down as it came."""
    scope = request.scope
    query = scope["query_string"]
    raw = scope.get("raw_path") or scope["path"].encode()
    target = raw.decode("latin-1") + (f"?{query.decode('latin-1')}" if query else "")
    client = scope.get("client")
    return Incoming(
        method=str(scope["method"]),
        target=target,
        path={name: str(value) for name, value in request.path_params.items()},
        query=dict(parse_qsl(query.decode("latin-1"), keep_blank_values=True)),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=await request.body(),
        peer=client[0] if client else "",
    )


def note(world: World, operation: Operation, came: Incoming, reply: Reply, began: float) -> None:
    """Show the inspector what was said."""
    world.inspector.note(
        Exchange(
            noted_at=world.clock.now(),
            direction="in",
            operation=operation.path,
            method=came.method,
            url=came.target,
            request_headers=headers_text(came.headers),
            request_body=body_text(came.body),
            status=reply.status,
            answer_headers=headers_text(reply.headers),
            answer_body=body_text(reply.body),
            signed_message=reply.signed_message,
            trouble=reply.trouble,
            took_ms=int((time.monotonic() - began) * 1_000),
        )
    )
