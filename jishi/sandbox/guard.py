"""Who may talk to the sandbox: hosts that are this machine, or the name it was started for."""

from urllib.parse import urlsplit

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "testserver"}
WEBVIEW = ".webview.localhost"


def guarded(app: ASGIApp, base_url: str) -> ASGIApp:
    """Answer only to our own names: a page whose name was bent to this machine gets nothing."""
    names = LOOPBACK | {urlsplit(base_url).hostname or ""}

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and not _is_ours(scope, names):
            start = {"type": "http.response.start", "status": 421, "headers": []}
            await send(start)  # type: ignore[arg-type]  # litestar's typed dict wants literals
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        await app(scope, receive, send)

    return guard


def _is_ours(scope: Scope, names: set[str]) -> bool:
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    return name in names or name.endswith(WEBVIEW)
