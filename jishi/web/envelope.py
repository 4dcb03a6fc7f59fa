"""What surrounds every answer, errors too: a request's id, the guarding headers, count and log."""

import secrets
import time
from base64 import b64encode
from hashlib import sha256

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from jishi.pages import critical_styles
from jishi.web.logs import log
from jishi.web.metrics import Metrics

UNROUTED = "unrouted"


def envelope(app: ASGIApp, metrics: Metrics) -> ASGIApp:
    """Wrap the application: one layer, because each costs every request its time."""
    headers = guarding_headers()

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        began, status, is_head = time.perf_counter_ns(), 500, scope["method"] == "HEAD"
        request_id = scope["state"]["request_id"] = secrets.token_hex(6)
        method = scope["method"]
        if is_head:
            scope["method"] = "GET"

        async def seal(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                own = (b"x-request-id", request_id.encode())
                message["headers"] = [*message["headers"], *headers, own]
            elif is_head and message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        try:
            await app(scope, receive, seal)
        finally:
            microseconds = (time.perf_counter_ns() - began) // 1_000
            route = scope.get("path_template") or UNROUTED
            metrics.count(route, status, microseconds)
            log.info(
                "request", method=method, route=route, status=status,
                ms=microseconds // 100 / 10, request_id=request_id,
            )  # fmt: skip

    return answer


def guarding_headers() -> list[tuple[bytes, bytes]]:
    """Give what every answer says to the browser: trust only us, tell nobody, show us nowhere."""
    styles = " ".join(f"'sha256-{digest(sheet)}'" for sheet in critical_styles().values())
    policy = (
        f"default-src 'none'; style-src {styles}; img-src 'self'; script-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    said = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(self), microphone=(), payment=()",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }
    return [(name.encode(), value.encode()) for name, value in said.items()]


def digest(text: str) -> str:
    """Give the name by which a policy knows an inlined text."""
    return b64encode(sha256(text.encode()).digest()).decode()
