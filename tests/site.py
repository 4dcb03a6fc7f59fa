"""A real server on a socket: granian, a clone of the database, the sample market."""

import asyncio
import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import urlencode

from jishi.cli.sample import import_sample
from tests.conftest import Cluster, clone, on
from tests.free_ports import free_port

OPEN_SECONDS_MAX = 60
HOST = "127.0.0.1"


class Reply(NamedTuple):
    """An answer: its status, its headers (in small letters), all its cookies, its text."""

    status: int
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    text: str


class Site(NamedTuple):
    """Where the server is, and the owner's URL of its database."""

    port: int
    owner_url: str
    log: str

    @property
    def base(self) -> str:
        """Give the address."""
        return f"http://{HOST}:{self.port}"

    def ask(
        self, path: str, *, form: Mapping[str, str] | None = None, method: str = "",
        headers: Mapping[str, str] | None = None, cookies: Mapping[str, str] | None = None,
    ) -> Reply:  # fmt: skip
        """Send one request, as a browser that follows nothing."""
        sent = {"host": f"{HOST}:{self.port}", "accept-language": "zh-CN", **(headers or {})}
        if cookies:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        body = None
        if form is not None:
            body = urlencode(form)
            sent.setdefault("content-type", "application/x-www-form-urlencoded")
        line = http.client.HTTPConnection(HOST, self.port, timeout=20)
        line.request(method or ("POST" if form is not None else "GET"), path, body, sent)
        answer = line.getresponse()
        text = answer.read().decode("utf-8", "replace")
        line.close()
        given = [value for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        pairs = (value.partition(";")[0].partition("=") for value in given)
        return Reply(
            answer.status,
            {name.lower(): value for name, value in answer.getheaders()},
            {name: value for name, _, value in pairs},
            text,
        )


@contextmanager
def a_site() -> Iterator[Site]:
    """Run a server for the while."""
    with asyncio.Runner() as runner, tempfile.TemporaryDirectory() as home:
        lent = clone()
        name = runner.run(lent.__aenter__())
        runner.run(import_sample(on(Cluster.login_url, name)))
        log = os.path.join(home, "log")  # noqa: PTH118 - a path in a record of texts
        site = Site(free_port(), on(Cluster.owner_url, name), log)
        environment = {
            **os.environ, "JISHI_DATABASE_URL": on(Cluster.login_url, name), "JISHI_HOME": home,
        }  # fmt: skip
        with open(log, "wb") as out:  # noqa: PTH123 - as above
            server = subprocess.Popen(
                [sys.executable, "-m", "jishi.cli", "serve", "--port", str(site.port),
                 "--workers", "1"],
                env=environment, stdout=out, stderr=out,
            )  # fmt: skip
        try:
            wait_until_open(site, server)
            yield site
        finally:
            server.terminate()
            server.wait(40)
            runner.run(lent.__aexit__(None, None, None))


def wait_until_open(site: Site, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers."""
    until = time.monotonic() + OPEN_SECONDS_MAX
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended"
        try:
            if site.ask("/healthz").status == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server did not open")
