"""A shop's server on a port of its own: it hears what WeChat tells, and answers as it is set to."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

HEARD_SECONDS_MAX = 20
Answer = Callable[["Heard"], bytes]


class Heard(NamedTuple):
    """A request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Ear:
    """What was heard so far; `answer` gives what is said to a request."""

    def __init__(self, url: str) -> None:
        self.url, self.heard = url, list[Heard]()
        self.answer: Answer = lambda _: b""

    def wait_for(self, is_meant: Callable[[Heard], bool]) -> Heard:
        """Wait until this was heard."""
        deadline = time.monotonic() + HEARD_SECONDS_MAX
        while True:
            for each in list(self.heard):
                if is_meant(each):
                    return each
            assert time.monotonic() < deadline, [each.path for each in self.heard]
            time.sleep(0.02)


@contextmanager
def an_ear() -> Iterator[Ear]:
    """Lend a server on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.take(b"")

        def do_POST(self) -> None:
            self.take(self.rfile.read(int(self.headers.get("Content-Length", "0"))))

        def take(self, body: bytes) -> None:
            heard = Heard(self.command, self.path, dict(self.headers), body)
            answer = ear.answer(heard)
            ear.heard.append(heard)
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    ear = Ear(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield ear
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
