"""A market that is paid through a WeChat that runs here: both served, each on its own port."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import httpx

from tests.conftest import Cluster, clone, on
from tests.free_ports import free_port
from tests.sandbox.scene import a_running_sandbox
from tests.site import HOST, Site, wait_until_open
from tests.web.reader import ORDERS, fields


class Till(NamedTuple):
    """Where both are, the database's owner, and who is paid."""

    site: Site
    wechat: str
    owner_url: str
    known: Any

    def bills(self) -> Any:
        """Give what WeChat knows of orders."""
        return httpx.get(f"{self.wechat}/sandbox/orders").json()

    def control(self, method: str, path: str, **body: Any) -> Any:
        """Use the sandbox's control door."""
        answer = httpx.request(method, f"{self.wechat}{path}", json=body, timeout=30)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None


def browser(till: Till, agent: str = "") -> httpx.Client:
    """Lend a browser with cookies of its own, who follows nothing by himself."""
    headers = {"accept-language": "zh-CN", "user-agent": agent or "Mozilla/5.0 (X11; Linux)"}
    return httpx.Client(base_url=till.site.base, headers=headers, timeout=30)


def send(client: httpx.Client, path: str, **form: str) -> str:
    """Send a form and give where it leads."""
    origin = str(client.base_url).rstrip("/")
    answer = client.post(path, data=form, headers={"origin": origin})
    assert answer.status_code == 303, answer.text[-900:]
    return answer.headers["location"]


def ordered(client: httpx.Client, book: int) -> str:
    """Order one piece, and give the path of the order."""
    query = f"product=product-{book}-1&o0=100克&quantity=1"
    page = client.get(f"/shops/shop-{book}/checkout?{query}")
    return send(client, ORDERS, **fields(page.text))


def begun(client: httpx.Client, order: str) -> str:
    """Go to pay, and give the cashier's page."""
    form = fields(client.get(order).text)["form"]
    return client.get(send(client, f"{order}/payment", form=form)).text


@contextmanager
def a_till(runner: Any) -> Iterator[Till]:
    """Run a market and a WeChat that know each other."""
    lent, other = clone(), clone()
    name, wechats = runner.run(lent.__aenter__()), runner.run(other.__aenter__())
    owner = on(Cluster.owner_url, name)
    with (
        a_running_sandbox(on(Cluster.login_url, wechats)) as wechat,
        tempfile.TemporaryDirectory() as home,
    ):
        site = Site(free_port(), owner, os.path.join(home, "log"))  # noqa: PTH118 - a text
        environment = {
            **os.environ, "JISHI_DATABASE_URL": on(Cluster.login_url, name), "JISHI_HOME": home,
            "JISHI_WECHAT": wechat, "JISHI_ORIGIN": site.base,
        }  # fmt: skip
        command = [sys.executable, "-m", "jishi.cli", "serve", "--host", HOST, "--port"]
        with open(site.log, "wb") as out:  # noqa: PTH123 - as above
            server = subprocess.Popen(
                [*command, str(site.port), "--workers", "2"], env=environment, stdout=out,
                stderr=out,
            )  # fmt: skip
        try:
            wait_until_open(site, server)
            known = httpx.get(f"{wechat}/sandbox/credentials").json()
            yield Till(site, wechat, owner, known)
        finally:
            server.terminate()
            server.wait(40)
    runner.run(other.__aexit__(None, None, None))
    runner.run(lent.__aexit__(None, None, None))


def until_shown(client: httpx.Client, path: str, words: str) -> str:
    """Reload until a page says so, as its reader would."""
    deadline = time.monotonic() + 20
    while words not in (page := client.get(path).text):
        assert time.monotonic() < deadline, page[-1500:]
        time.sleep(0.2)
    return page
