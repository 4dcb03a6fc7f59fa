"""A developer's server on a port of its own: what was brought to it, and what it answers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit


class Came(NamedTuple):
    """A request as it came."""

    method: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


class Said(NamedTuple):
    """An answer."""

    status: int = 200
    body: str = ""


Answer = Callable[[Came], Said]


class Inbox:
    """One path of the server: what came there, and how the next one is answered."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.came: list[Came] = []
        self.answer: Answer = lambda _: Said()

    def taken(self) -> list[Came]:
        """Give what came since the last time."""
        came, self.came = self.came, []
        return came


class Server:
    """The server."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.inboxes: dict[str, Inbox] = {}

    def inbox(self, path: str) -> Inbox:
        """Open a path."""
        return self.inboxes.setdefault(path, Inbox(f"{self.base}{path}"))

    def take(self, target: str, came: Came) -> Said:
        """Take a request down, and answer it as its inbox says."""
        inbox = self.inboxes.get(urlsplit(target).path)
        if inbox is None:
            return Said(404)
        inbox.came.append(came)
        return inbox.answer(came)


@contextmanager
def a_server() -> Iterator[Server]:
    """Serve on a free port of this machine."""
    servers: list[Server] = []

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.take()

        def do_POST(self) -> None:
            self.take()

        def take(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            query = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
            came = Came(self.command, query, dict(self.headers.items()), body)
            said = servers[0].take(self.path, came)
            content = said.body.encode()
            self.send_response(said.status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as http:
        servers.append(Server(f"http://127.0.0.1:{http.server_port}"))
        thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield servers[0]
        http.shutdown()
        thread.join()
